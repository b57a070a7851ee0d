import { expect, test } from 'vitest';
import {
  checkSeries,
  getOrderDocument,
  getShopDocument,
  issueCreditNote,
  issueInvoice,
  listOrderDocuments,
  renderDocument,
} from '@/lib/documents';
import { acceptSubOrder, handOver, markReady, tickLine } from '@/lib/fulfilment';
import type { OrderLineId } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { reader } from '@/lib/platform/transaction';
import { given, portsAt } from '../../support/builders';
import { carryOutEverything, linesOf, paidOrder, partOf } from '../../support/paid-order';

const ports = portsAt();

/** An order of one shop, in the customer's hands. */
async function suppliedOrder(quantity = 2, found = quantity) {
  const shop = await given.shop();
  const order = await paidOrder([
    { offer: await given.offer({ shop }), quantity },
    { offer: await given.offer({ shop, listing: await given.listing({ title: 'Sel' }) }) },
  ]);
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  for (const [index, line] of (await linesOf(part)).entries()) {
    await tickLine(shop.scope, { lineId: line.id, pickedQuantity: index === 0 ? found : line.quantity }, ports);
  }
  await markReady(shop.scope, { subOrderId: part.id, withMissing: found < quantity }, ports);
  return { shop, order, part, handOver: () => handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports) };
}

const documentsOf = (orderId: Awaited<ReturnType<typeof suppliedOrder>>['order']['orderId']) =>
  listOrderDocuments({ kind: 'order', orderId });

test('an invoice is written when the goods change hands, once, for what was really supplied', async () => {
  const { order, part, handOver: give } = await suppliedOrder(3, 2);
  await carryOutEverything();
  expect(await issueInvoice(part.id, ports)).toEqual({ ok: false, error: { kind: 'not-supplied-yet' } });
  expect((await give()).ok).toBe(true);
  await carryOutEverything();
  const again = await Promise.all(Array.from({ length: 8 }, () => issueInvoice(part.id, ports)));
  const rows = await documentsOf(order.orderId);
  expect(rows.map((row) => [row.kind, row.number])).toEqual([['invoice', 'HF-000001']]);
  expect(new Set(again.map((one) => one.ok && one.value.number))).toEqual(new Set(['HF-000001']));
  const [share] = await databaseHandle().sql<
    { captured: number }[]
  >`select (captured_minor - refunded_minor)::int as captured from payment_shares where sub_order_id = ${part.id}`;
  expect(rows[0]?.grossMinor).toBe(share?.captured);
});

test('a hundred tries at once at one merchant make one series without a gap, and every seal follows from the one before', async () => {
  const shop = await given.shop();
  const offer = await given.offer({ shop, stock: 500 });
  const parts = [];
  for (let index = 0; index < 12; index += 1) {
    const order = await paidOrder([{ offer }]);
    const part = await partOf(order, shop);
    await acceptSubOrder(shop.scope, part.id, ports);
    for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
    await markReady(shop.scope, { subOrderId: part.id }, ports);
    await handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
    parts.push(part);
  }
  await Promise.all(parts.flatMap((part) => Array.from({ length: 8 }, () => issueInvoice(part.id, ports))));
  const rows = await databaseHandle().sql<
    { merchantId: string; sequence: number }[]
  >`select d.merchant_id as "merchantId", d.sequence from documents d join sub_orders s on s.id = d.sub_order_id where s.shop_id = ${shop.shopId} order by d.sequence`;
  expect(rows.map((row) => row.sequence)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  const [merchant] = await databaseHandle().sql<
    { id: Parameters<typeof checkSeries>[1] }[]
  >`select merchant_id as id from shops where id = ${shop.shopId}`;
  if (!merchant) throw new Error('the shop has a merchant');
  expect(await checkSeries(reader(), merchant.id)).toEqual({ count: 12, brokenFrom: undefined });
});

test('a document cannot be changed or removed', async () => {
  const { order, handOver: give } = await suppliedOrder();
  await give();
  await carryOutEverything();
  const [row] = await documentsOf(order.orderId);
  const { sql } = databaseHandle();
  await expect(sql`update documents set gross_minor = 1, net_minor = 1, vat_minor = 0 where id = ${row?.documentId ?? ''}`).rejects.toThrow(
    /is a fact/,
  );
  await expect(sql`delete from documents where id = ${row?.documentId ?? ''}`).rejects.toThrow(/is a fact/);
});

test('credit notes go by difference, end with the delivery, and never credit more than was invoiced', async () => {
  const { order, part, handOver: give } = await suppliedOrder(2);
  await give();
  await carryOutEverything();
  const lines = await linesOf(part);
  const back = (index: number, quantity: number) => [{ lineId: lines[index]?.id ?? ('' as OrderLineId), quantity }];
  const credit = (what: ReturnType<typeof back>) => issueCreditNote({ subOrderId: part.id, lines: what }, ports);

  expect(await credit(back(0, 1))).toMatchObject({ ok: true, value: { number: 'HA-000001' } });
  expect(await credit(back(0, 2))).toMatchObject({ ok: false, error: { kind: 'more-than-invoiced', leftQuantity: 1 } });
  expect(await credit([...back(0, 1), ...back(1, 1)])).toMatchObject({ ok: true });
  const rows = await documentsOf(order.orderId);
  const sum = (kind: string, of: (row: (typeof rows)[number]) => number) =>
    rows.filter((row) => row.kind === kind).reduce((total, row) => total + of(row), 0);
  expect(sum('credit-note', (row) => row.grossMinor)).toBe(sum('invoice', (row) => row.grossMinor));
  expect(sum('credit-note', (row) => row.vatMinor)).toBe(sum('invoice', (row) => row.vatMinor));
});

test('without a mandate in force nothing is written, and it is written once there is one', async () => {
  const { shop, part, handOver: give } = await suppliedOrder();
  const { sql } = databaseHandle();
  const own = sql`merchant_id = (select merchant_id from shops where id = ${shop.shopId})`;
  const kept = await sql`delete from invoice_mandates where ${own} returning *`;
  await give();
  await carryOutEverything();
  expect(await issueInvoice(part.id, ports)).toMatchObject({ ok: false, error: { kind: 'no-mandate' } });
  await sql`insert into invoice_mandates ${sql(kept)}`;
  expect(await issueInvoice(part.id, ports)).toMatchObject({ ok: true, value: { number: 'HF-000001' } });
});

test("another's document is not there", async () => {
  const [one, other] = [await suppliedOrder(), await suppliedOrder()];
  await one.handOver();
  await carryOutEverything();
  const [row] = await documentsOf(one.order.orderId);
  const id = row?.documentId;
  if (!id) throw new Error('an invoice was written');
  expect(await getShopDocument(one.shop.scope, id)).toBeDefined();
  expect(await getShopDocument(other.shop.scope, id)).toBeUndefined();
  expect(await getOrderDocument({ kind: 'order', orderId: one.order.orderId }, id)).toBeDefined();
  expect(await getOrderDocument({ kind: 'order', orderId: other.order.orderId }, id)).toBeUndefined();
});

test('the PDF is PDF/A-3 with the CII inside, and twice the same', async () => {
  const { order, handOver: give } = await suppliedOrder();
  await give();
  await carryOutEverything();
  const [row] = await documentsOf(order.orderId);
  const content = row && (await getOrderDocument({ kind: 'order', orderId: order.orderId }, row.documentId));
  if (!content) throw new Error('an invoice was written');
  const [first, second] = [await renderDocument(content, 'pdf'), await renderDocument(content, 'pdf')];
  const text = Buffer.from(first.bytes).toString('latin1');
  for (const sign of ['%PDF-1.7', '/AFRelationship /Alternative', '/OutputIntents', '<pdfaid:part>3', 'urn:factur-x:pdfa'])
    expect(text).toContain(sign);
  expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
});
