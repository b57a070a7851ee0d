import { expect, test } from 'vitest';
import { acceptSubOrder, handOver, markReady, stateWithdrawal, tickLine, withdrawalInput } from '@/lib/fulfilment';
import { databaseHandle } from '@/lib/platform/database';
import { given, newKey, portsAt } from '../../support/builders';
import { carryOutEverything, linesOf, moneyOf, paidOrder, partOf, partsOf } from '../../support/paid-order';

const ports = portsAt();
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const twoShops = async () => {
  const [one, two] = [await given.shop(), await given.shop()];
  const order = await paidOrder([
    { offer: await given.offer({ shop: one }) },
    { offer: await given.offer({ shop: two, listing: await given.listing({ title: 'Sel' }) }) },
  ]);
  return { one, two, order };
};
const statement = (orderNumber: string) =>
  ({ name: 'Camille Rolland', orderNumber, email: 'camille@example.org', locale: 'fr', key: newKey() }) as const;

test('a statement is recorded once however often it is sent, and its receipt repeats it with date and time', async () => {
  const { order } = await twoShops();
  const command = { ...statement(order.number), articles: 'le sel' };
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => stateWithdrawal(command, ports)));
  for (const outcome of outcomes) expect(outcome).toEqual({ ok: true, value: { orderNumber: order.number, statedAt: ports.clock.now() } });
  await carryOutEverything();

  const receipts = await databaseHandle().sql<
    { title: string; text: string }[]
  >`select title, plain_text as text from messages where kind = 'withdrawal-receipt' and subject = ${order.orderId}`;
  expect(receipts).toHaveLength(1);
  expect(plain(receipts[0]?.title ?? '')).toBe(`Rétractation reçue pour ${order.number}, le 25 novembre 2026 à 10 h`);
  expect(plain(receipts[0]?.text ?? '')).toContain('Articles concernés : le sel');
  expect((await partsOf(order)).map((part) => part.state)).toEqual(['offered', 'offered']);
});

test('what was not handed over yet is cancelled and never taken; what was is left for the return', async () => {
  const { one, two, order } = await twoShops();
  const part = await partOf(order, one);
  await acceptSubOrder(one.scope, part.id, ports);
  await acceptSubOrder(two.scope, (await partOf(order, two)).id, ports);
  for (const line of await linesOf(part)) await tickLine(one.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  await markReady(one.scope, { subOrderId: part.id }, ports);
  await handOver(one.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
  await carryOutEverything();

  expect(await stateWithdrawal(statement(order.number), ports)).toMatchObject({ ok: true });
  await carryOutEverything();
  expect([(await partOf(order, one)).state, (await partOf(order, two)).state]).toEqual(['handed-over', 'cancelled']);
  expect(await moneyOf(order)).toMatchObject({ providerCaptured: 900, providerRefunded: 450 });
});

test("one shop's contract may be withdrawn from alone", async () => {
  const { one, two, order } = await twoShops();
  await stateWithdrawal(statement((await partOf(order, two)).number), ports);
  expect([(await partOf(order, one)).state, (await partOf(order, two)).state]).toEqual(['offered', 'cancelled']);
});

test('a number alone opens nothing, and a name alone records without cancelling', async () => {
  const { order } = await twoShops();
  const notFound = { ok: false, error: { kind: 'order-not-found' } };
  expect(await stateWithdrawal({ ...statement(order.number), name: 'Quelqu’un', email: 'autre@example.org' }, ports)).toEqual(notFound);
  expect(await stateWithdrawal(statement('H-999999999'), ports)).toEqual(notFound);
  expect(await stateWithdrawal({ ...statement(order.number), name: 'camille ROLLAND', email: 'autre@example.org' }, ports)).toMatchObject({
    ok: true,
  });
  expect((await partsOf(order)).map((part) => part.state)).toEqual(['offered', 'offered']);
});

test('the form asks for three things and no reason', () => {
  const required = Object.entries(withdrawalInput.shape).filter(([, field]) => !field.safeParse(undefined).success);
  expect(required.map(([name]) => name)).toEqual(['name', 'orderNumber', 'email']);
  expect(withdrawalInput.safeParse({ name: 'A', orderNumber: 'h1234', email: 'a@example.org' }).success).toBe(true);
  expect(withdrawalInput.safeParse({ name: 'A', orderNumber: 'drop table', email: 'a@example.org' }).success).toBe(false);
});
