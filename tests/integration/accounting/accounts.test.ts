import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { getAccountFile, writeDac7Report } from '@/lib/accounting';
import { acceptSubOrder, handOver, markReady, tickLine } from '@/lib/fulfilment';
import { DAY, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { payOut } from '@/lib/payouts';
import { lastCutOff } from '@/lib/settlement';
import type { GivenShop } from '../../support/builders';
import { given, portsAt } from '../../support/builders';
import { carryOutEverything, linesOf, paidOrder, partOf } from '../../support/paid-order';

const ports = portsAt();
const system = { kind: 'system', process: 'a test' } as const;
const year = new Date(ports.clock.now()).getUTCFullYear();

async function sell(shop: GivenShop, priceMinor: number): Promise<void> {
  const order = await paidOrder([{ offer: await given.offer({ shop, priceMinor }) }]);
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  await markReady(shop.scope, { subOrderId: part.id }, ports);
  await handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
}

const cents = (text = '') => Number(text.replace(',', ''));

test('the entries of a year balance one by one, follow each other without a gap, and end at what the bank has', async () => {
  const shop = await given.shop({ commissionBps: 800 });
  for (const priceMinor of [450, 1_299, 3_333]) await sell(shop, priceMinor);
  await carryOutEverything();
  await payOut(portsAt(plusMs(lastCutOff(ports.clock.now(), 'Europe/Paris'), 7 * DAY)));

  const file = await getAccountFile(shop.scope, 'fec', year);
  const [header, ...rows] = (file?.text ?? '')
    .replace(/\r\n$/, '')
    .split('\r\n')
    .map((row) => row.split('\t'));
  expect(header).toHaveLength(18);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([18]));
  const entries = Map.groupBy(rows, (row) => Number(row[2]));
  expect([...entries.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: entries.size }, (_, index) => index + 1));
  for (const lines of entries.values()) {
    expect(lines.reduce((sum, row) => sum + cents(row[11]) - cents(row[12]), 0)).toBe(0);
    expect(lines.every((row) => cents(row[11]) > 0 !== cents(row[12]) > 0)).toBe(true);
  }
  const balance = (account: string) =>
    rows.filter((row) => row[4] === account).reduce((sum, row) => sum + cents(row[11]) - cents(row[12]), 0);
  const [payout] = await databaseHandle().sql<
    { amount: number }[]
  >`select amount_minor::int as amount from payouts p join shops s on s.merchant_id = p.merchant_id where s.id = ${shop.shopId}`;
  expect([balance('411000'), balance('467000'), balance('512000')]).toEqual([0, 0, payout?.amount]);
  expect(balance('512000')).toBe(-(balance('707000') + balance('445710') + balance('622200') + balance('445660')));
});

test('each day’s totals are those of its documents; another merchant’s are not in them', async () => {
  const [shop, other] = [await given.shop(), await given.shop()];
  await sell(shop, 1_200);
  await sell(shop, 2_400);
  await sell(other, 9_900);
  await carryOutEverything();
  const file = await getAccountFile(shop.scope, 'daily', year);
  const rows = (file?.text ?? '')
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((row) => row.split(','));
  const [issued] = await databaseHandle().sql<{ net: number; vat: number }[]>`
    select sum(d.net_minor)::int as net, sum(d.vat_minor)::int as vat from documents d join sub_orders s on s.id = d.sub_order_id where s.shop_id = ${shop.shopId}`;
  const sum = (column: number) => rows.reduce((total, row) => total + Math.round(Number(row[column]) * 100), 0);
  expect([sum(5), sum(6)]).toEqual([issued?.net, issued?.vat]);
  expect(rows.map((row) => row[3])).toEqual(rows.map(() => '2'));
  expect((await getAccountFile(shop.scope, 'daily', year - 1))?.text.split('\r\n')).toHaveLength(2);
});

test('the report of merchants names who sold enough, by quarter, and is well-formed whatever a merchant is called', async () => {
  const [large, small] = [await given.shop({ commissionBps: 1_000 }), await given.shop()];
  const name = '<Fils> & "Cie"';
  await databaseHandle()
    .sql`update merchants set legal_name = ${name} where id = (select merchant_id from shops where id = ${large.shopId})`;
  await sell(large, 250_000);
  await sell(small, 1_000);
  await carryOutEverything();
  const report = await writeDac7Report(system, year, ports);
  expect(report.leftOut).toBeGreaterThan(0);
  const names: string[] = [];
  const open: string[] = [];
  let considered = 0;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', (tag) => void open.push(tag.name));
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => {
    if (open.at(-1) === 'dpi:Name') names.push(text);
    if (open.at(-1)?.startsWith('dpi:ConsQ')) considered += Number(text);
  });
  parser.write(report.xml).close();
  expect(names).toContain(name);
  expect(considered).toBe(2_500 - 250 - 50);
});
