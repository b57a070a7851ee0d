import { z } from 'zod';
import { instant } from '@/lib/kernel';
import type { SourceFault } from './fault';

const status = z.number().int();

/** A fault as the database keeps it. */
const fault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unreachable') }),
  z.object({ kind: z.literal('timed-out') }),
  z.object({ kind: z.literal('address-not-allowed') }),
  z.object({ kind: z.literal('moved'), to: z.string() }),
  z.object({ kind: z.literal('server-error'), status }),
  z.object({ kind: z.literal('asked-to-wait'), until: z.number().int().transform(instant) }),
  z.object({ kind: z.literal('not-allowed'), status }),
  z.object({ kind: z.literal('not-found') }),
  z.object({ kind: z.literal('other-host') }),
  z.object({ kind: z.literal('refused'), status }),
  z.object({ kind: z.literal('schema-changed'), where: z.string() }),
  z.object({ kind: z.literal('too-large') }),
  z.object({ kind: z.literal('credentials-unreadable') }),
  z.object({ kind: z.literal('file-unreadable'), why: z.string() }),
]);

/** Reads a kept fault; undefined when there is none, or one of another version. */
export function readFault(kept: unknown): SourceFault | undefined {
  return fault.safeParse(kept).data;
}
