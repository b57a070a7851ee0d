import { deepStrictEqual, ok as isTrue } from 'node:assert';
import { instant, MINUTE } from '@/lib/kernel';
import { movedClock } from '@/lib/platform/clock';
import { closeDatabase, databaseHandle, useDatabase } from '@/lib/platform/database';
import { addConnection, runConnection, sourcePorts } from '@/lib/sources';
import { given } from '../support/builders';
import type { KeptGood, RealServer } from './real-server';

/** Two pages and more of three: single things, one in sizes, one of which nothing is left. */
const goods: readonly KeptGood[] = [
  { sku: 'BOL-1', title: 'Bol bleu', size: undefined, priceMinor: 1_290, quantity: 5 },
  { sku: 'TASSE-1', title: 'Tasse verte', size: undefined, priceMinor: 950, quantity: 12 },
  { sku: 'VASE-1', title: 'Vase rond', size: undefined, priceMinor: 4_500, quantity: 0 },
  { sku: 'TAB-S', title: 'Tablier de lin', size: 'S', priceMinor: 3_900, quantity: 2 },
  { sku: 'TAB-M', title: 'Tablier de lin', size: 'M', priceMinor: 3_900, quantity: 3 },
  { sku: 'TAB-L', title: 'Tablier de lin', size: 'L', priceMinor: 4_100, quantity: 1 },
  { sku: 'PLAT-1', title: 'Plat ovale', size: undefined, priceMinor: 2_700, quantity: 4 },
];

const titleOf = ({ title, size }: KeptGood): string => (size === undefined ? title : `${title}, ${size}`);
const shown = (good: KeptGood) => ({ sku: good.sku, title: titleOf(good), price: good.priceMinor, active: true, onHand: good.quantity });
const inOrder = (rows: readonly { readonly sku: string }[]) => rows.toSorted((a, b) => a.sku.localeCompare(b.sku));

const shelf = async (shopId: string) => [
  ...(await databaseHandle().sql<{ sku: string; title: string; price: number; active: boolean; onHand: number | null }[]>`
    select o.merchant_sku as sku, l.title, o.price_minor::int as price, o.is_active as active, s.on_hand as "onHand"
    from offers o join listings l on l.id = o.listing_id left join stock_levels s on s.offer_id = o.id where o.shop_id = ${shopId}`),
];

async function countOf(shopId: string, what: 'movements' | 'products'): Promise<number> {
  const { sql } = databaseHandle();
  const [row] =
    what === 'movements'
      ? await sql<{ n: number }[]>`select count(*)::int as n from stock_movements m join offers o on o.id = m.offer_id where o.shop_id = ${shopId}`
      : await sql<{ n: number }[]>`select count(distinct v.product_id)::int as n from offers o join listings l on l.id = o.listing_id join variants v on v.id = l.variant_id where o.shop_id = ${shopId}`; // prettier-ignore
  return row?.n ?? 0;
}

/** Connects a shop to a real server by what a person would type, pulls, and compares. Gives what was found true; throws what was not. */
export async function checkServer(server: RealServer, address: string, databaseUrl: string): Promise<readonly string[]> {
  await useDatabase(databaseUrl);
  try {
    const typed = await server.fill(address, goods);
    const shop = await given.shop();
    await given.category();
    const clock = movedClock(instant(Date.now()));
    const real = sourcePorts();
    const ports = { ...real, clock, pageSize: 3, limits: { ...real.limits, allowPrivate: true } };
    const passed: string[] = [];

    const secret = server.kind === 'vendure' ? 'password' : 'key';
    const refused = await addConnection(shop.scope, { kind: server.kind, typed: { ...typed, [secret]: 'sk_not_the_right_one' } }, ports);
    isTrue(!refused.ok && refused.error.kind === 'source-said-no' && refused.error.fault.kind === 'not-allowed', JSON.stringify(refused));
    passed.push('a wrong key is refused and said to be');

    const added = await addConnection(shop.scope, { kind: server.kind, typed }, ports);
    if (!added.ok) throw new Error(JSON.stringify(added.error));
    passed.push(`the right one connects: ${added.value.shopName}`);

    const { connectionId } = added.value;
    const first = await runConnection(connectionId, ports);
    isTrue(first.ok, JSON.stringify(first));
    deepStrictEqual(inOrder(await shelf(shop.shopId)), inOrder(goods.map(shown)));
    passed.push(`${goods.length} variants on more than one page: code, words, price with VAT, units, on sale`);
    deepStrictEqual(await countOf(shop.shopId, 'products'), 5);
    passed.push('sizes are one product');

    const movements = await countOf(shop.shopId, 'movements');
    clock.advance(20 * MINUTE);
    isTrue((await runConnection(connectionId, ports)).ok);
    deepStrictEqual(await countOf(shop.shopId, 'movements'), movements);
    passed.push('what is told twice is known once');

    const [counted, gone] = [goods[0], goods[6]];
    if (counted === undefined || gone === undefined) throw new Error('there are goods');
    await server.change(address, { counted, quantity: 9, gone });
    clock.advance(20 * MINUTE);
    isTrue((await runConnection(connectionId, ports)).ok);
    const after = await shelf(shop.shopId);
    deepStrictEqual(after.find(({ sku }) => sku === counted.sku)?.onHand, 9);
    passed.push('a new count arrives');
    deepStrictEqual(after.filter(({ active }) => !active).map(({ sku }) => sku), [gone.sku]); // prettier-ignore
    passed.push('what was deleted there is off sale here, and nothing else');
    return passed;
  } finally {
    await closeDatabase();
  }
}
