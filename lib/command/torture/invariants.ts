import type { Sql } from 'postgres';
import { listOwed } from '@/lib/fulfilment';
import { listLevelsOffTheirClaims, listLevelsOffTheirFold } from '@/lib/inventory';
import type { OrderId } from '@/lib/kernel';
import { OUTBOX_QUEUE, PARKED_QUEUE } from '@/lib/platform/jobs';
import type { ConsumerName } from '@/lib/platform/subscriptions';
import { onlyForListeners, statesHeard, subscriptions } from '@/lib/platform/subscriptions';
import { reader } from '@/lib/platform/transaction';
import { checkLedger } from '@/lib/settlement';
import type { Cast, Truth } from './truth';

/** A guarantee, and what breaks it: nothing when it holds. */
export type Invariant = { readonly name: string; find(): Promise<readonly string[]> };

const said = (rows: readonly { readonly said: string }[]) => rows.map((row) => row.said);

/** What must be true however often and whenever something was killed. */
export function invariants(sql: Sql, cast: Cast, truth: Truth): readonly Invariant[] {
  return [
    { name: 'no unit is oversold', find: () => oversold(sql, cast) },
    { name: 'a shortage is told', find: () => untoldShortages(sql) },
    { name: 'on hand is the fold of the movements', find: listLevelsOffTheirFold },
    { name: 'levels count exactly what is claimed', find: listLevelsOffTheirClaims },
    { name: 'no order is half-written', find: () => halfOrders(sql) },
    { name: 'every message is carried out exactly once in effect', find: () => messages(sql) },
    { name: 'money is conserved in our books and the bank’s', find: () => money(sql) },
    { name: 'every ledger transaction sums to zero', find: unbalanced },
    { name: 'every paid order is handed over, rescued or refunded', find: () => unfinished(sql) },
    { name: 'every answer given is true', find: () => untrue(sql, truth) },
  ];
}

async function unbalanced(): Promise<readonly string[]> {
  return (await checkLedger(reader())).map((fault) => `${fault.kind === 'unbalanced' ? fault.phase : fault.holder}: ${fault.sumMinor}`);
}

/** Things no till and no shelf spoke of: what orders took of them is at most what there was. */
async function oversold(sql: Sql, { prizes }: Cast): Promise<readonly string[]> {
  const counted = prizes.filter((prize) => !prize.isTilled);
  const rows = await sql<{ offerId: string; taken: number; onHand: number; isTold: boolean }[]>`
    select l.offer_id as "offerId", l.on_hand as "onHand",
      coalesce((select sum(r.quantity) from reservations r where r.offer_id = l.offer_id and r.state in ('held', 'allocated', 'fulfilled')), 0)::int as taken,
      exists (select from stock_movements m where m.offer_id = l.offer_id and m.reason in ('missing', 'counter-sale', 'shelf-check')) as "isTold"
    from stock_levels l where l.offer_id in ${sql(counted.map((prize) => prize.offerId))}`;
  return rows
    .filter((row) => !row.isTold)
    .flatMap(({ offerId, taken, onHand }) => {
      const opening = counted.find((prize) => prize.offerId === offerId)?.opening ?? 0;
      return taken > opening || onHand < 0 ? [`${offerId}: ${taken} taken of ${opening}, ${onHand} on hand`] : [];
    });
}

async function untoldShortages(sql: Sql): Promise<readonly string[]> {
  return said(
    await sql<{ said: string }[]>`
    select offer_id || ': ' || on_hand || ' on hand, ' || reserved + allocated || ' promised' as said from stock_levels l
    where on_hand < reserved + allocated
      and not exists (select from domain_events e where e.name = 'ShortageDetected' and e.subject = l.offer_id)`,
  );
}

async function halfOrders(sql: Sql): Promise<readonly string[]> {
  return said(
    await sql<{ said: string }[]>`
    select o.number || ': no sub-order' as said from orders o where not exists (select from sub_orders s where s.order_id = o.id)
    union all
    select s.number || ': no line' from sub_orders s where not exists (select from order_lines l where l.sub_order_id = s.id)
    union all
    select s.number || ': its lines and delivery do not come to its total' from sub_orders s
      join lateral (select sum(l.total_minor) as goods from order_lines l where l.sub_order_id = s.id) l on true
      where l.goods + s.delivery_minor <> s.total_minor
    union all
    select o.number || ': no event' from orders o where not o.is_replayed
      and not exists (select from domain_events e where e.name = 'OrderPlaced' and e.subject = o.id)
    union all
    select l.id || ': no claim' from order_lines l join sub_orders s on s.id = l.sub_order_id join orders o on o.id = s.order_id
      where not o.is_replayed and not exists (select from reservations r where r.order_line_id = l.id)`,
  );
}

/** One job per event and consumer that hears of it, all of them done; and of what must happen once, one. */
async function messages(sql: Sql): Promise<readonly string[]> {
  const heard = Object.entries(subscriptions).flatMap(([name, consumers]) =>
    consumers
      .filter((consumer: ConsumerName) => !onlyForListeners.has(consumer))
      .map((consumer) => ({ name, consumer, states: name === 'SubOrderChanged' ? (statesHeard(consumer) ?? null) : null })),
  );
  return said(
    await sql<{ said: string }[]>`
    select data ->> 'consumer' || ' of ' || (data ->> 'eventId') || ' is ' || state as said from pgboss.job
      where name = ${OUTBOX_QUEUE} and state <> 'completed'
    union all
    select 'parked: ' || (data ->> 'consumer') from pgboss.job where name = ${PARKED_QUEUE}
    union all
    select e.name || ' ' || e.id || ' has ' || count(j.id) || ' jobs of ' || h.consumer from domain_events e
      join orders o on o.id = coalesce(e.facts ->> 'orderId', e.subject) and not o.is_replayed and o.email like 'torture-%'
      join unnest(${heard.map((one) => one.name)}::text[], ${heard.map((one) => one.consumer)}::text[], ${heard.map((one) => JSON.stringify(one.states))}::text[]) as h(name, consumer, states)
        on h.name = e.name and (h.states = 'null' or h.states::jsonb ? (e.facts ->> 'to'))
      left join pgboss.job j on j.name = ${OUTBOX_QUEUE} and j.data ->> 'eventId' = e.id and j.data ->> 'consumer' = h.consumer
      group by e.id, e.name, h.consumer having count(j.id) <> 1
    union all
    select o.number || ' has ' || count(m.id) || ' confirmations' from orders o
      left join messages m on m.kind = 'order-confirmation' and m.recipient = o.email
      where o.email like 'torture-%' and o.paid_at is not null group by o.id, o.number having count(m.id) <> 1`,
  );
}

/** Shares add up to their payment, the bank's books say what ours say, and what was kept is what is owed for what was served. */
async function money(sql: Sql): Promise<readonly string[]> {
  const wrong = said(
    await sql<{ said: string }[]>`
    select p.id || ': shares come to ' || sum(s.amount_minor) || ' of ' || p.amount_minor as said from payments p
      join payment_shares s on s.payment_id = p.id join sub_orders o on o.id = s.sub_order_id
      where not exists (select from order_lines l where l.sub_order_id = o.id and l.rescue_id is not null)
      group by p.id, p.amount_minor having sum(s.amount_minor) <> p.amount_minor
    union all
    select p.id || ': captured ' || p.captured_minor || ', its shares ' || sum(s.captured_minor) from payments p
      join payment_shares s on s.payment_id = p.id group by p.id, p.captured_minor having sum(s.captured_minor) <> p.captured_minor
    union all
    select p.id || ': we say ' || p.captured_minor || ' taken, the bank ' || d.captured_minor from payments p
      join demo_intents d on d.reference = p.provider_reference where d.captured_minor <> p.captured_minor
    union all
    select p.id || ': we say ' || sum(s.refunded_minor) || ' given back, the bank ' || d.refunded_minor from payments p
      join demo_intents d on d.reference = p.provider_reference join payment_shares s on s.payment_id = p.id
      group by p.id, d.refunded_minor having sum(s.refunded_minor) <> d.refunded_minor`,
  );
  const paid = await sql<{ id: OrderId; number: string; kept: number }[]>`
    select o.id, o.number, coalesce(sum(s.captured_minor - s.refunded_minor), 0)::int as kept from orders o
    join payments p on p.order_id = o.id left join payment_shares s on s.payment_id = p.id
    where o.email like 'torture-%' and o.paid_at is not null group by o.id, o.number`;
  for (const { id, number, kept } of paid) {
    const owed = (await listOwed(reader(), id)).reduce((sum, part) => sum + part.owedMinor, 0);
    if (owed !== kept) wrong.push(`${number}: ${kept} cents kept, ${owed} owed`);
  }
  return wrong;
}

async function unfinished(sql: Sql): Promise<readonly string[]> {
  return said(
    await sql<{ said: string }[]>`
    select s.number || ' is ' || s.state as said from sub_orders s join orders o on o.id = s.order_id
    where o.email like 'torture-%' and o.paid_at is not null
      and s.state not in ('handed-over', 'delivered', 'refused', 'unanswered', 'cancelled', 'uncollected')
    union all
    select o.number || ': a rescue is ' || r.state from rescues r join orders o on o.id = r.order_id
    where o.email like 'torture-%' and o.paid_at is not null and r.state not in ('rescued', 'refunded')
    union all
    select o.number || ' was never paid and is still ' || s.state from sub_orders s join orders o on o.id = s.order_id
    where o.email like 'torture-%' and o.paid_at is null and s.state not in ('expired', 'cancelled')`,
  );
}

/** What shoppers, tills and shops were told: orders that exist and were paid, facts on record with their units, answers that stand. */
async function untrue(sql: Sql, truth: Truth): Promise<readonly string[]> {
  const tokens = [...truth.placed];
  const orders = await sql<{ token: string; number: string; isPaid: boolean }[]>`
    select token, number, paid_at is not null as "isPaid" from orders where token = any(${tokens})`;
  const byToken = new Map(orders.map((order) => [order.token, order]));
  const facts = await sql<{ key: string; quantity: number; times: number }[]>`
    select source || ':' || source_key as key, min(quantity)::int as quantity, count(*)::int as times from stock_movements
    where source || ':' || source_key = any(${[...truth.facts.keys()]}) group by 1`;
  const byKey = new Map(facts.map((fact) => [fact.key, fact]));
  const answers = await sql<{ id: string }[]>`
    select s.id from sub_orders s where s.id = any(${[...truth.answered.keys()]})
      and not exists (select from sub_order_events e where e.sub_order_id = s.id and e.event in ('accept', 'refuse', 'time-out', 'cancel'))`;
  return [
    ...tokens.filter((token) => !byToken.has(token)).map((token) => `an order that was shown does not exist: ${token.slice(0, 8)}…`),
    ...[...truth.confirmed]
      .filter(([token]) => byToken.get(token)?.isPaid === false)
      .map(([, number]) => `${number} was confirmed and is not paid`),
    ...[...truth.facts].flatMap(([key, { quantity }]) => {
      const fact = byKey.get(key);
      return fact?.quantity === quantity && fact.times === 1
        ? []
        : [`${key}: ${quantity} was told, ${fact?.quantity ?? 'nothing'} is on record`];
    }),
    ...answers.map(({ id }) => `${id} was answered and does not know it`),
  ];
}
