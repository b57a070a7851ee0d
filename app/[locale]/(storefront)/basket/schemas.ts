import { z } from 'zod';
import { parseId, type IdKind, type IdOf } from '@/lib/kernel';
import { planKinds } from '@/lib/basket/views';
import { methods } from '@/lib/promise/views';

/** More than anyone means: a number above is a slip or a game. */
export const MAXIMUM_QUANTITY = 100_000;

function idOf<Kind extends IdKind>(kind: Kind) {
  return z
    .string()
    .max(40)
    .transform((text, context): IdOf[Kind] => {
      const id = parseId(kind, text);
      if (id === undefined) {
        context.addIssue({ code: 'custom', message: 'invalid' });
        return z.NEVER;
      }
      return id;
    });
}

const count = z.coerce.number().int().min(0).max(MAXIMUM_QUANTITY);
const money = z.coerce.number().int().min(0).max(100_000_000);

const wish = z.object({
  listingId: idOf('listing'),
  offerId: idOf('offer'),
  quantity: count.min(1).default(1),
  shopChosen: z
    .enum(['0', '1'])
    .default('0')
    .transform((text) => text === '1'),
  priceSeenMinor: money,
  promiseSeenAt: z.coerce.number().int().positive().optional(),
});

/** A card's button says its whole wish in one value, in this order. */
function wishOf(value: string): Readonly<Record<string, unknown>> {
  const [listingId, offerId, quantity, shopChosen, priceSeenMinor, promiseSeenAt = ''] = value.slice(0, 200).split(' ');
  return { listingId, offerId, quantity, shopChosen, priceSeenMinor, ...(promiseSeenAt !== '' && { promiseSeenAt }) };
}

/**
 * What a card or an offer table posts; the seen price and hour only serve to say a change. A table of offers is one form: it sends what
 * was seen of each offer, and the chosen one's counts.
 */
export const addInput = z.preprocess((posted: Readonly<Record<string, unknown>>) => {
  if (typeof posted['wish'] === 'string') return wishOf(posted['wish']);
  const chosen = String(posted['offerId'] ?? '');
  return {
    ...posted,
    priceSeenMinor: posted['priceSeenMinor'] ?? posted[`priceSeenMinor-${chosen}`],
    promiseSeenAt: posted['promiseSeenAt'] ?? posted[`promiseSeenAt-${chosen}`],
  };
}, wish);

export const quantityInput = z.object({ lineId: idOf('basketLine'), quantity: count });
export const replaceInput = z.object({ lineId: idOf('basketLine'), offerId: idOf('offer') });
export const planInput = z.object({ plan: z.enum(planKinds) });
export const methodInput = z.object({ shopId: idOf('shop'), method: z.enum(methods) });
export const nothingInput = z.object({});
