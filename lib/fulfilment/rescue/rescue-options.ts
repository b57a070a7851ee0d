import { z } from 'zod';
import type { IdKind, IdOf, Instant } from '@/lib/kernel';
import { instant, minor, parseId, quantity } from '@/lib/kernel';
import { methods } from '@/lib/promise/views';

function idOf<Kind extends IdKind>(kind: Kind) {
  return z.string().transform((text, context): IdOf[Kind] => {
    const id = parseId(kind, text);
    if (id !== undefined) return id;
    context.addIssue({ code: 'custom', message: 'no id' });
    return z.NEVER;
  });
}

const moment = z.number().transform((value) => instant(value));

const served = z.object({
  shopId: idOf('shop'),
  offerId: idOf('offer'),
  listingId: idOf('listing'),
  title: z.string(),
  method: z.enum(methods),
  from: moment,
  to: moment.optional().transform((value): Instant | undefined => value),
  quantity: z.number().transform((value) => quantity(value)),
  /** What the shopper pays for it; never more than before. */
  payMinor: z.number().transform((value) => minor(value)),
});

/** What a shopper may choose when a shop cannot serve; the refund is always there and is what silence means. */
const rescueOption = z.discriminatedUnion('kind', [
  /** The shop itself after all, at another hour: another of its network carries it there. */
  served.extend({ kind: z.literal('carried'), fromShopId: idOf('shop') }),
  /** The same article in another shop, at another hour or place. */
  served.extend({ kind: z.literal('elsewhere') }),
  /** Another article. */
  served.extend({ kind: z.literal('substitute') }),
  /** Some shop may have it again; looked for until then. */
  z.object({ kind: z.literal('wait'), until: moment }),
]);

export type RescueOption = z.infer<typeof rescueOption>;
export type ServedOption = Exclude<RescueOption, { readonly kind: 'wait' }>;

/** Reads the column; what cannot be read was never offered. */
export function readOptions(column: unknown): readonly RescueOption[] {
  const read = z.array(rescueOption).safeParse(column ?? []);
  return read.success ? read.data : [];
}
