import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { carryOut } from '@/lib/dispatch';
import { acceptSubOrder, handOver, markReady, refuseSubOrder, tickLine } from '@/lib/fulfilment';
import { listParkedJobs, retryParkedJob } from '@/lib/insights';
import { type OperatorScope, minor } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { OUTBOX_QUEUE, PARKED_QUEUE, enqueue } from '@/lib/platform/jobs';
import type { OutboxJob } from '@/lib/platform/outbox';
import { withTransaction } from '@/lib/platform/transaction';
import { ok } from '@/lib/kernel';
import { given, portsAt } from '../../support/builders';
import { linesOf, moneyOf, paidOrder, partOf, partsOf, picture } from '../../support/paid-order';

const ports = portsAt();
const operator: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'admin' };

/** Takes every job the outbox holds and carries each out so many times. */
async function carryOutAll(times: number): Promise<number> {
  let done = 0;
  for (;;) {
    const jobs = await databaseHandle().sql<{ data: OutboxJob }[]>`
      delete from pgboss.job where name = ${OUTBOX_QUEUE} and state in ('created', 'retry') returning data`;
    if (jobs.length === 0) return done;
    for (const { data } of jobs) {
      for (let time = 0; time < times; time += 1) await carryOut(data, ports);
      done += 1;
    }
  }
}

test('every consumer carried out twice leaves what it leaves carried out once', async () => {
  const listing = await given.listing({ title: 'Moulin' });
  const [refusing, serving] = [await given.shop(), await given.shop()];
  const offer = await given.offer({ shop: refusing, listing });
  await given.offer({ shop: serving, listing, priceMinor: 500 });
  const other = await given.shop();
  const salt = await given.offer({ shop: other, priceMinor: 310 });
  const order = await paidOrder([{ offer, quantity: 2 }, { offer: salt }], ports);
  await refuseSubOrder(refusing.scope, { subOrderId: (await partOf(order, refusing)).id, reason: 'missing' }, ports);
  expect(await carryOutAll(2)).toBeGreaterThan(5);
  expect(await partsOf(order)).toHaveLength(3);
  for (const shop of [serving, other]) {
    const part = await partOf(order, shop);
    await acceptSubOrder(shop.scope, part.id, ports);
    for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
    await markReady(shop.scope, { subOrderId: part.id }, ports);
    await handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
  }
  await carryOutAll(2);
  expect(await moneyOf(order)).toMatchObject({
    state: 'captured',
    captured: 2 * 450 + 310,
    providerCaptured: minor(1_210),
    providerRefunded: 0,
  });
  const mails = await databaseHandle().sql<{ kind: string; count: number }[]>`
    select kind, count(*)::int as count from messages group by kind, cause_key, recipient having count(*) > 1`;
  expect(mails).toEqual([]);
  const before = await picture();
  await carryOutAll(2);
  expect(await picture()).toEqual(before);
});

test('what failed too often is seen by the city and runs again, once however often it is asked', async () => {
  const order = await paidOrder([{ offer: await given.offer({ shop: await given.shop() }) }], ports);
  const job: OutboxJob = {
    eventId: systemIds.make('event'),
    consumer: 'capture-payment',
    event: { name: 'CaptureDue', subject: systemIds.make('payment'), facts: { orderId: order.orderId } },
    occurredAt: ports.clock.now(),
  };
  await withTransaction(async (tx) => {
    await enqueue(tx, PARKED_QUEUE, [{ data: job }]);
    await tx.execute(
      sql`update pgboss.job set source_output = '{"type":"Error","message":"the bank is away"}'::jsonb where name = ${PARKED_QUEUE}`,
    );
    return ok(undefined);
  });
  const [parked] = await listParkedJobs(operator);
  expect(parked).toMatchObject({ consumer: 'capture-payment', event: 'CaptureDue', reason: 'the bank is away' });
  if (!parked) throw new Error('the job is parked');
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => retryParkedJob(operator, parked.id)));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(await listParkedJobs(operator)).toEqual([]);
  const [queued] = await databaseHandle().sql<{ count: number }[]>`
    select count(*)::int as count from pgboss.job where name = ${OUTBOX_QUEUE} and data ->> 'eventId' = ${job.eventId}`;
  expect(queued).toEqual({ count: 1 });
});
