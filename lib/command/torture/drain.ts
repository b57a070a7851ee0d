import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { expireUnpaid } from '@/lib/checkout';
import {
  acceptSubOrder,
  despatch,
  endOverdueCarries,
  endOverdueRescues,
  handOver,
  markDelivered,
  markReady,
  tickLine,
  timeOutUnanswered,
} from '@/lib/fulfilment';
import { expireHolds } from '@/lib/inventory';
import type { OrderLineId, ShopScope } from '@/lib/kernel';
import { DAY, HOUR, plusMs } from '@/lib/kernel';
import { systemClock, fixedClock } from '@/lib/platform/clock';
import { DEMO_WEBHOOK_QUEUE, OUTBOX_QUEUE } from '@/lib/platform/jobs';
import { systemPorts } from '@/lib/platform/ports';
import { FailedStep } from '../shopping/client';
import type { OpenPart } from './truth';

const PATIENCE_MS = 300_000;

const later = (ms: number) => ({ ...systemPorts, clock: fixedClock(plusMs(systemClock.now(), ms)) });

/**
 * Lets everything come to its end, as days would: payments are heard, shops hand over what they took on, what was never answered or never
 * paid runs out. Fails when something does not.
 */
export async function drain(sql: Sql): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let quiet = 0; quiet < 2;) {
    await emptyQueues(sql, deadline);
    await timeOutUnanswered(later(9 * DAY)); // whoever was silent stays silent
    await endOverdueCarries(later(9 * DAY)); // what a shop of the network was asked to carry was not sent
    const undecided = await endOverdueRescues(later(9 * DAY)); // shoppers who were asked did not answer
    const open = await openParts(sql);
    for (const part of open) await serve(sql, part);
    const expired = (await expireUnpaid(plusMs(systemClock.now(), HOUR))) + (await expireHolds(plusMs(systemClock.now(), HOUR)));
    quiet = open.length + undecided + expired + (await waitingJobs(sql)) === 0 ? quiet + 1 : 0;
    if (Date.now() > deadline)
      throw new FailedStep('drain', `${open.length} sub-orders do not come to an end: ${open[0]?.id} is ${open[0]?.state}`);
  }
}

/** Jobs that a killed worker had in hand are free at once: nobody else can be working on them. Call it while no worker runs. */
export async function releaseJobs(sql: Sql): Promise<void> {
  await sql`update pgboss.job set state = 'retry', start_after = now() where state = 'active' and name in (${OUTBOX_QUEUE}, ${DEMO_WEBHOOK_QUEUE})`;
}

async function waitingJobs(sql: Sql): Promise<number> {
  const [row] = await sql<{ jobs: number }[]>`
    select count(*)::int as jobs from pgboss.job where name in (${OUTBOX_QUEUE}, ${DEMO_WEBHOOK_QUEUE}) and state in ('created', 'retry', 'active')`;
  return row?.jobs ?? 0;
}

/** Waits until every message was carried out; a pause between two tries is not waited for. */
async function emptyQueues(sql: Sql, deadline: number): Promise<void> {
  for (; (await waitingJobs(sql)) > 0; await pause(400)) {
    await sql`update pgboss.job set start_after = now() where state in ('created', 'retry') and start_after > now() and name in (${OUTBOX_QUEUE}, ${DEMO_WEBHOOK_QUEUE})`;
    if (Date.now() > deadline) throw new FailedStep('drain', `${await waitingJobs(sql)} messages are not carried out`);
  }
}

async function openParts(sql: Sql): Promise<readonly OpenPart[]> {
  return sql<OpenPart[]>`
    select distinct on (s.id) s.id, s.order_id as "orderId", s.shop_id as "shopId", s.state, s.method, s.pickup_code as code, g.person_id as "personId"
    from sub_orders s join orders o on o.id = s.order_id and not o.is_replayed and o.email like 'torture-%'
    join role_grants g on g.shop_id = s.shop_id and g.role = 'owner'
    where s.state in ('offered', 'accepted', 'preparing', 'ready', 'despatched') order by s.id`;
}

async function serve(sql: Sql, part: OpenPart): Promise<void> {
  const scope: ShopScope = { kind: 'shop', shopId: part.shopId, personId: part.personId, role: 'owner' };
  switch (part.state) {
    case 'offered':
      await acceptSubOrder(scope, part.id);
      return;
    case 'accepted':
    case 'preparing': {
      const lines = await sql<
        { id: OrderLineId; quantity: number }[]
      >`select id, quantity from order_lines where sub_order_id = ${part.id}`;
      for (const line of lines) await tickLine(scope, { lineId: line.id, pickedQuantity: line.quantity });
      await markReady(scope, { subOrderId: part.id, withMissing: true });
      return;
    }
    case 'ready':
      if (part.method === 'pickup') await handOver(scope, { subOrderId: part.id, proof: { pass: part.code }, ageChecked: true });
      else await despatch(scope, part.id);
      return;
    default:
      await markDelivered(scope, part.id);
  }
}
