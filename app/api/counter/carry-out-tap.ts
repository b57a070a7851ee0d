import { z } from 'zod';
import { explainCounter, type CounterRefusal } from '@/app/_text/explain-counter';
import { acceptSubOrder, handOver, markReady, refusalReasons, refuseSubOrder, reportMissing, tickLine } from '@/lib/fulfilment';
import { recordChange, recordCount } from '@/lib/inventory';
import type { Instant, Locale, Result, ShopScope } from '@/lib/kernel';
import { instant, parseId } from '@/lib/kernel';
import { cityMoment, getCity, setTakesOrders } from '@/lib/shops';

function idOf<Kind extends Parameters<typeof parseId>[0]>(kind: Kind) {
  return z.string().transform((text, context) => {
    const id = parseId(kind, text);
    if (!id) context.addIssue({ code: 'custom', message: 'not-an-id' });
    return id ?? z.NEVER;
  });
}

const [subOrderId, lineId, offerId] = [idOf('subOrder'), idOf('orderLine'), idOf('offer')];
const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const signedNumber = z
  .string()
  .regex(/^-?\d{1,5}$/)
  .transform(Number);

/** What a browser keeps while it has no network: the fields of the form that was sent, under the name of what it does. */
export const tapInput = z.discriminatedUnion('act', [
  z.object({ act: z.literal('accept'), subOrderId }),
  z.object({ act: z.literal('refuse'), subOrderId, reason: z.enum(refusalReasons) }),
  z.object({ act: z.literal('tick'), lineId, pickedQuantity: wholeNumber.optional() }),
  z.object({ act: z.literal('missing'), subOrderId, lineId, found: wholeNumber, reason: z.enum(['missing', 'damaged']) }),
  z.object({ act: z.literal('ready'), subOrderId, bag: z.string().trim().max(40).optional(), withMissing: z.literal('yes').optional() }),
  z.object({
    act: z.literal('handover'),
    subOrderId,
    code: z.string().trim().max(60).optional(),
    name: z.string().trim().max(80).optional(),
    digits: z.string().trim().max(12).optional(),
    ageChecked: z.literal('yes').optional(),
  }),
  z.object({ act: z.literal('count'), offerId, counted: wholeNumber }),
  z.object({ act: z.literal('change'), offerId, delta: signedNumber }),
  z.object({ act: z.literal('switch'), takesOrders: z.enum(['on', 'off']) }),
]);

export type Tap = z.output<typeof tapInput>;

type Kept = { readonly tap: Tap; readonly key: string; readonly tappedAt: number };

/**
 * Does now what was tapped then, by the use-case of the button itself. What was counted is a fact of the moment of the tap; everything
 * else is judged by how things stand now. A refusal is a sentence.
 */
export async function carryOutTap(
  { scope, locale }: { readonly scope: ShopScope; readonly locale: Locale },
  kept: Kept,
): Promise<{ readonly status: 200 | 409; readonly body: { readonly text?: string } }> {
  const done: Result<unknown, CounterRefusal> = await useCaseOf(scope, kept);
  if (done.ok) return { status: 200, body: {} };
  return { status: 409, body: { text: explainCounter(locale, done.error, (await getCity()).timeZone) } };
}

async function useCaseOf(scope: ShopScope, { tap, key, tappedAt }: Kept): Promise<Result<unknown, CounterRefusal>> {
  switch (tap.act) {
    case 'accept':
      return acceptSubOrder(scope, tap.subOrderId);
    case 'refuse':
      return refuseSubOrder(scope, tap);
    case 'tick':
      return tickLine(scope, { lineId: tap.lineId, pickedQuantity: tap.pickedQuantity });
    case 'missing':
      return reportMissing(scope, tap);
    case 'ready':
      return markReady(scope, { subOrderId: tap.subOrderId, bag: tap.bag, withMissing: tap.withMissing === 'yes' });
    case 'handover':
      return handOver(scope, {
        subOrderId: tap.subOrderId,
        proof: tap.name && tap.digits ? { name: tap.name, lastDigits: tap.digits } : { pass: tap.code ?? '' },
        ageChecked: tap.ageChecked === 'yes',
      });
    case 'count':
      return recordCount(scope, { offerId: tap.offerId, counted: tap.counted, asOf: momentOf(tappedAt), key });
    case 'change':
      return recordChange(scope, { offerId: tap.offerId, delta: tap.delta, reason: 'correction', occurredAt: momentOf(tappedAt), key });
    case 'switch':
      return setTakesOrders(scope, tap.takesOrders === 'on');
  }
}

const OLDEST_MS = 48 * 3_600_000;

/** When it was tapped, by the browser's clock: never in the future, never older than a browser keeps anything. */
function momentOf(tappedAt: number): Instant {
  const now = cityMoment();
  return instant(Math.min(now, Math.max(now - OLDEST_MS, tappedAt)));
}
