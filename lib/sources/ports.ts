import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { AskLimits } from './ask/exchange';

/** What asking sources takes from the machine. Tests count the waiting instead of doing it. */
export type SourcePorts = Ports & {
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly limits: AskLimits;
  /** Most rows of one page. */
  readonly pageSize: number;
};

const ANSWER_WITHIN_MS = 20_000;
const MOST_BYTES = 20_000_000;

/** The real ones. */
export const sourcePorts = (ports: Ports = systemPorts): SourcePorts => ({
  ...ports,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  limits: { allowPrivate: env().sourcesAtPrivateAddresses, waitMs: ANSWER_WITHIN_MS, mostBytes: MOST_BYTES },
  pageSize: 100,
});
