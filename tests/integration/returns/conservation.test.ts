import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptSubOrder, handOver, markReady, refuseSubOrder, reportMissing, tickLine } from '@/lib/fulfilment';
import { DAY, minor, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { reader } from '@/lib/platform/transaction';
import { decideReturn, listShopReturns, settleDueReturns, startReturn } from '@/lib/returns';
import { checkLedger } from '@/lib/settlement';
import type { GivenShop } from '../../support/builders';
import { given, newKey, portsAt, wednesdayMorning } from '../../support/builders';
import type { GivenOrder } from '../../support/paid-order';
import { carryOutEverything, linesOf, moneyOf, paidOrder, partsOf } from '../../support/paid-order';
import { documented, inspect, scopeOf } from '../../support/returned';

/** What happens to one order, from the shelf to the last credit note. */
const history = fc.record({
  quantities: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 2 }),
  prices: fc.array(fc.integer({ min: 1, max: 9_999 }), { minLength: 2, maxLength: 2 }),
  refuses: fc.boolean(),
  misses: fc.boolean(),
  carriesOutEarly: fc.boolean(),
  returns: fc.array(
    fc.record({
      part: fc.nat(1),
      units: fc.integer({ min: 1, max: 3 }),
      cause: fc.constantFrom('withdrawal' as const, 'withdrawal' as const, 'defect' as const),
      elsewhere: fc.boolean(),
      isGood: fc.boolean(),
      deductMinor: fc.integer({ min: 0, max: 300 }),
      isForgotten: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

type History = typeof history extends fc.Arbitrary<infer T> ? T : never;
const ports = portsAt();

async function serve(shops: readonly GivenShop[], order: GivenOrder, { misses }: History): Promise<void> {
  for (const part of await partsOf(order)) {
    const shop = shops.find((one) => one.shopId === part.shopId);
    if (!shop || !['offered', 'accepted'].includes(part.state)) continue;
    await acceptSubOrder(shop.scope, part.id, ports);
    const [line] = await linesOf(part);
    if (!line) continue;
    if (misses && line.quantity > 1) {
      await reportMissing(shop.scope, { subOrderId: part.id, lineId: line.id, found: line.quantity - 1, reason: 'missing' }, ports);
    }
    for (const left of await linesOf(part)) await tickLine(shop.scope, { lineId: left.id, pickedQuantity: left.quantity }, ports);
    await markReady(shop.scope, { subOrderId: part.id, withMissing: true }, ports);
    await handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
  }
}

async function giveBack(shops: readonly GivenShop[], order: GivenOrder, { returns, carriesOutEarly }: History): Promise<void> {
  for (const wish of returns) {
    const parts = (await partsOf(order)).filter((part) => part.state === 'handed-over');
    const part = parts[wish.part % Math.max(1, parts.length)];
    const origin = shops.find((shop) => shop.shopId === part?.shopId);
    const [line] = part ? await linesOf(part) : [];
    if (!part || !origin || !line) continue;
    const receiver = wish.elsewhere ? (shops.find((shop) => shop !== origin) ?? origin) : origin;
    const command = { subOrderId: part.id, cause: wish.cause, lines: [{ lineId: line.id, quantity: wish.units }], key: newKey() };
    const started = await startReturn(scopeOf(order), { ...command, toShopId: receiver.shopId }, ports);
    if (!started.ok) continue; // more than is left: refused, as it should be
    if (wish.isForgotten) continue;
    await inspect(receiver, started.value.returnToken, {
      verdict: wish.isGood ? 'accept' : 'question',
      found: () => ({ good: wish.isGood ? 9 : 0 }),
    });
    for (const asked of (await listShopReturns(origin.scope, ports)).toDecide) {
      const deductions = [{ lineId: line.id, amountMinor: minor(wish.cause === 'withdrawal' ? wish.deductMinor : 0) }];
      await decideReturn(origin.scope, { returnId: asked.returnId, decision: { kind: 'accept', deductions } }, ports);
    }
    if (carriesOutEarly) await carryOutEverything(ports);
  }
}

/** What the ledger says merchants and city keep of a part: what its documents must say too. */
async function keptBy(subOrderId: string): Promise<number> {
  const [row] = await databaseHandle().sql<{ kept: number }[]>`
    select coalesce(sum(e.amount_minor), 0)::int as kept from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
    where t.sub_order_id = ${subOrderId} and t.kind in ('earned', 'refunded') and e.account in ('merchant', 'commission', 'commission-vat')`;
  return row?.kept ?? 0;
}

const RUNS = Number(process.env['HISTORY_RUNS'] ?? 4);
const LONGEST_MS = RUNS * 60_000;

test(
  `${RUNS} histories of orders, misses, refusals, rescues and returns: no more goes back than was paid, and books and papers agree`,
  async () => {
    await fc.assert(
      fc.asyncProperty(history, async (story) => {
        const shops = [await given.shop(), await given.shop(), await given.shop({ services: { takesReturns: true, buysReturns: true } })];
        const listings = [await given.listing({ title: 'Bol' }), await given.listing({ title: 'Tasse' })];
        const wanted = [];
        for (const [index, listing] of listings.entries()) {
          const priceMinor = story.prices[index] ?? 100;
          wanted.push({ offer: await given.offer({ shop: shops[index]!, listing, priceMinor }), quantity: story.quantities[index] ?? 1 });
          await given.offer({ shop: shops[2]!, listing, priceMinor: priceMinor + 50 });
        }
        const order = await paidOrder(wanted, ports);
        if (story.refuses) {
          const part = (await partsOf(order)).find((one) => one.shopId === shops[0]?.shopId);
          if (part) await refuseSubOrder(shops[0]!.scope, { subOrderId: part.id, reason: 'overloaded' }, ports);
          await carryOutEverything(ports);
        }
        await serve(shops, order, story);
        await carryOutEverything(ports);
        await serve(shops, order, story); // what another shop was asked to serve meanwhile
        await carryOutEverything(ports);
        await giveBack(shops, order, story);
        await carryOutEverything(ports);
        await settleDueReturns(portsAt(plusMs(wednesdayMorning, 14 * DAY)));
        await carryOutEverything(portsAt(plusMs(wednesdayMorning, 14 * DAY)));

        const money = await moneyOf(order);
        expect(money.providerRefunded).toBeLessThanOrEqual(money.providerCaptured);
        const shares = await databaseHandle().sql<{ captured: number; refunded: number }[]>`
        select sum(s.captured_minor)::int as captured, sum(s.refunded_minor)::int as refunded from payment_shares s
        join payments p on p.id = s.payment_id where p.order_id = ${order.orderId}`;
        expect(shares[0]).toEqual({ captured: money.providerCaptured, refunded: money.providerRefunded });
        expect(await checkLedger(reader())).toEqual([]);
        for (const part of await partsOf(order)) {
          if (part.state === 'handed-over') expect((await documented(part)).gross, part.number).toBe(await keptBy(part.id));
        }
        const over = await databaseHandle().sql`
        select l.id from order_lines l join return_credits c on c.line_id = l.id
        group by l.id having sum(c.quantity) > l.quantity - l.refused_quantity`;
        expect(over).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  },
  LONGEST_MS,
);
