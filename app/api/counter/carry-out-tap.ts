import { z } from 'zod';
import { counterForms, handoverOf } from '@/app/_actions/counter-forms';
import { explainCounter, type CounterRefusal } from '@/app/_text/explain-counter';
import { acceptSubOrder, handOver, markReady, refuseSubOrder, reportMissing, tickLine } from '@/lib/fulfilment';
import { recordChange, recordCount } from '@/lib/inventory';
import type { Instant, Locale, Result, ShopScope } from '@/lib/kernel';
import { instant } from '@/lib/kernel';
import { cityMoment, getCity, setTakesOrders } from '@/lib/shops';

/** What a browser keeps while it has no network: the fields of the form that was sent, under the name of what it does. */
export const tapInput = z.discriminatedUnion('act', [
  counterForms.accept.extend({ act: z.literal('accept') }),
  counterForms.refuse.extend({ act: z.literal('refuse') }),
  counterForms.tick.extend({ act: z.literal('tick') }),
  counterForms.missing.extend({ act: z.literal('missing') }),
  counterForms.ready.extend({ act: z.literal('ready') }),
  counterForms.handover.extend({ act: z.literal('handover') }),
  counterForms.count.extend({ act: z.literal('count') }),
  counterForms.change.extend({ act: z.literal('change') }),
  counterForms.switch.extend({ act: z.literal('switch') }),
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
      return handOver(scope, handoverOf(tap));
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
