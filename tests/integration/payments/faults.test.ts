import { beforeEach, expect, test } from 'vitest';
import { acceptSubOrder } from '@/lib/fulfilment';
import type { Instant } from '@/lib/kernel';
import { HOUR, MINUTE, plusMs } from '@/lib/kernel';
import { capturePayment, type DemoWebhook, hearWebhook, payWithDemoCard, returnMoney, signedDemoWebhook } from '@/lib/payments';
import { payOut, sendPayouts, sendTransfers } from '@/lib/payouts';
import { databaseHandle } from '@/lib/platform/database';
import { DEMO_WEBHOOK_QUEUE } from '@/lib/platform/jobs';
import type { Ports } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { openAccount } from '@/lib/provider';
import { checkLedger } from '@/lib/settlement';
import type { GivenShop } from '../../support/builders';
import { given, portsAt } from '../../support/builders';
import { merchantOf, tomorrow } from '../../support/merchant-money';
import type { GivenOrder } from '../../support/paid-order';
import { carryOutEverything, goodCard, linesOf, partOf, placedOrder } from '../../support/paid-order';
import { handedOver, inspect, openReturn } from '../../support/returned';

/** Every call to the provider in the life of an order's money, and what tells that its answer is being written down. */
const answers = {
  authorise: ['payments', "new.state = 'authorised'"],
  capture: ['payments', "new.state = 'captured'"],
  transfer: ['transfers', 'new.sent_at is not null'],
  refund: ['refunds', 'new.sent_at is not null'],
  reversal: ['transfers', 'new.sent_at is not null'],
  payout: ['payouts', "new.state = 'sent'"],
} as const;
type Step = keyof typeof answers;
const steps = Object.keys(answers).filter((name): name is Step => name in answers);

/** What goes wrong at a step. A message is `late` when it comes after everything else, `reordered` when the newest comes first. */
const faults = ['nothing', 'double-click', 'outage', 'crash', 'crash-and-message', 'duplicate', 'late', 'reordered'] as const;
type Fault = (typeof faults)[number];

/** Faults of calls are injected at all steps of one life; `HALLES_FAULTS=each` tries each at each step alone as well. */
const alone = process.env['HALLES_FAULTS'] === 'each' ? steps.map((step) => [step]) : [];
const cases = faults
  .slice(1)
  .flatMap((fault) => [steps, ...alone].map((at) => ({ fault, at, name: at.length > 1 ? 'every step' : at[0] })));

beforeEach(async () => {
  await databaseHandle().sql`delete from pgboss.job where name = ${DEMO_WEBHOOK_QUEUE}`;
  await databaseHandle().sql`delete from payout_runs`;
});

class Life {
  private readonly kept: DemoWebhook[] = [];
  private now: Instant = portsAt().clock.now();
  constructor(
    private readonly fault: Fault,
    private readonly at: readonly Step[],
  ) {}

  get ports(): Ports {
    return portsAt(this.now);
  }

  /** One step, with what goes wrong at it; whoever asked asks again, and the provider's messages come as they may. */
  async step(step: Step, call: (ports: Ports) => Promise<unknown>, ports: () => Ports = () => this.ports): Promise<void> {
    const fault = this.at.includes(step) ? this.fault : 'nothing';
    if (fault === 'double-click') await Promise.all([call(ports()), call(ports()), call(ports())]);
    if (fault === 'outage') {
      await whileAway(() => call(ports()));
      this.now = plusMs(this.now, step === 'authorise' ? 5 * MINUTE : HOUR); // nobody waits an hour at a till: the basket is held for less
    }
    if (fault === 'crash' || fault === 'crash-and-message') await crashingAt(step, () => call(ports()));
    if (fault === 'crash-and-message') await this.hear(await owed());
    await call(ports());
    const messages = await owed();
    if (fault === 'late') this.kept.push(...messages);
    else if (fault === 'reordered') this.kept.unshift(...messages);
    else await this.hear(fault === 'duplicate' ? messages.flatMap((one) => [one, one, { ...one, id: `${one.id}_again` }]) : messages);
    await carryOutEverything(this.ports);
  }

  /** What was kept back comes now. */
  async end(): Promise<void> {
    await this.hear(this.kept);
    await this.hear(await owed());
    await carryOutEverything(tomorrow);
  }

  private async hear(messages: readonly DemoWebhook[]): Promise<void> {
    for (const message of messages) {
      const signed = signedDemoWebhook(message);
      expect((await hearWebhook(signed.body, signed.signature, this.ports)).ok).toBe(true);
    }
  }
}

async function owed(): Promise<readonly DemoWebhook[]> {
  const rows = await databaseHandle().sql<{ data: DemoWebhook }[]>`
    with taken as (delete from pgboss.job where name = ${DEMO_WEBHOOK_QUEUE} returning data, created_on, id) select data from taken order by created_on, id`;
  return rows.map((row) => row.data);
}

/** What the provider's own books say, as one word. */
async function theirBooks(): Promise<string> {
  const [row] = await databaseHandle().sql<{ books: string }[]>`
    select md5(coalesce((select string_agg(i::text, '' order by i.reference) from demo_intents i), '') || (select count(*) from demo_entries)) as books`;
  return row?.books ?? '';
}

/** The provider answers nobody. */
async function whileAway(work: () => Promise<unknown>): Promise<void> {
  const { sql } = databaseHandle();
  const before = await theirBooks();
  for (const table of ['demo_intents', 'demo_entries']) await sql.unsafe(`alter table ${table} rename to ${table}_away`);
  await work().catch(() => undefined);
  for (const table of ['demo_intents', 'demo_entries']) await sql.unsafe(`alter table ${table}_away rename to ${table}`);
  expect(await theirBooks(), 'nothing reached the provider').toBe(before);
}

/** The provider has answered, and the process dies before it is written down. */
async function crashingAt(step: Step, work: () => Promise<unknown>): Promise<void> {
  const { sql } = databaseHandle();
  const [table, when] = answers[step];
  const before = await theirBooks();
  await sql.unsafe(`create function die() returns trigger language plpgsql as $$ begin raise exception 'the power went out'; end $$`);
  await sql.unsafe(`create trigger dies before update on ${table} for each row when (${when}) execute function die()`);
  await work().catch(() => undefined);
  await sql.unsafe(`drop trigger dies on ${table}; drop function die()`);
  expect(await theirBooks(), 'the provider had done it').not.toBe(before);
}

/** Two shops, three things: paid, served, transferred; one thing comes back; the rest is paid out. */
async function live(fault: Fault, at: readonly Step[]): Promise<unknown> {
  const life = new Life(fault, at);
  const shops = [await given.shop({ commissionBps: 1_000 }), await given.shop({ commissionBps: 800 })] as const;
  const order = await placedOrder(
    [
      { offer: await given.offer({ shop: shops[0], priceMinor: 1_000 }), quantity: 2 },
      { offer: await given.offer({ shop: shops[1], priceMinor: 650, listing: await given.listing({ title: 'Sel' }) }) },
    ],
    life.ports,
  );
  await life.step('authorise', (ports) => payWithDemoCard(order.orderToken, goodCard, ports));
  for (const shop of shops) await acceptSubOrder(shop.scope, (await partOf(order, shop)).id, life.ports);
  await life.step('capture', (ports) => capturePayment(order.orderId, ports));
  for (const shop of shops) await handedOver(order, shop, life.ports);
  await life.step('transfer', (ports) => sendTransfers(ports));
  const sold = await partOf(order, shops[0]);
  const back = await openReturn(order, sold, shops[0], await halfOf(sold), life.ports);
  await inspect(shops[0], back.returnToken, {}, life.ports);
  await life.step('refund', (ports) => returnMoney(order.orderId, ports));
  await life.step('reversal', (ports) => sendTransfers(ports));
  await payOut(tomorrow);
  await life.step(
    'payout',
    (ports) => sendPayouts(ports),
    () => tomorrow,
  );
  await life.end();
  expect(await checkLedger(reader())).toEqual([]);
  return pictureOf(order, shops);
}

async function halfOf(part: Awaited<ReturnType<typeof partOf>>) {
  const lines = await linesOf(part);
  return { lines: lines.map((line) => ({ lineId: line.id, quantity: 1 })) };
}

/** Everything both books say of the order's money in the end, without the names of the rows. */
async function pictureOf(order: GivenOrder, shops: readonly GivenShop[]): Promise<unknown> {
  const { sql } = databaseHandle();
  const ids = shops.map((shop) => shop.shopId);
  const merchants = sql`(select merchant_id from shops where id in ${sql(ids)})`;
  return {
    ledger: await sql`
      select e.account, e.phase, sum(e.amount_minor)::int as sum from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
      where t.order_id = ${order.orderId} or t.merchant_id in ${merchants} group by 1, 2 having sum(e.amount_minor) <> 0 order by 1, 2`,
    payment: await sql`select state, captured_minor::int as captured from payments where order_id = ${order.orderId}`,
    shares: await sql`
      select s.captured_minor::int as captured, s.refunded_minor::int as refunded from payment_shares s join sub_orders p on p.id = s.sub_order_id
      where p.order_id = ${order.orderId} order by p.number`,
    refunds: await sql`
      select r.amount_minor::int as amount, r.sent_at is not null as sent from refunds r join payments p on p.id = r.payment_id where p.order_id = ${order.orderId}`,
    transfers: await sql`
      select reverses_id is not null as back, amount_minor::int as amount, sent_at is not null as sent from transfers where merchant_id in ${merchants} order by 1, 2`,
    payouts: await sql`select amount_minor::int as amount, state from payouts where merchant_id in ${merchants} order by 1`,
    theirs: await sql`
      select d.state, d.captured_minor::int as captured, d.refunded_minor::int as refunded from payments p join demo_intents d on d.reference = p.provider_reference
      where p.order_id = ${order.orderId}`,
    theirEntries: await sql`
      select kind, count(*)::int as entries, sum(amount_minor)::int as sum from demo_entries where account in (select 'acct_demo_' || merchant_id from shops where id in ${sql(ids)})
        or about in (select provider_reference from payments where order_id = ${order.orderId}) or reference in (select provider_reference from transfers where merchant_id in ${merchants})
      group by 1 order by 1`,
    documents: await sql`
      select d.kind, d.gross_minor::int as gross from documents d join sub_orders p on p.id = d.sub_order_id where p.order_id = ${order.orderId} order by 1, 2`,
  };
}

let unharmed: unknown;

test('a life without faults ends where it should', async () => {
  unharmed = await live('nothing', []);
  // 26,50 taken; 10 go back. The first shop keeps 10 less 1 and 0,20; the second 6,50 less 0,52 and 0,10.
  expect(unharmed).toMatchObject({
    payment: [{ state: 'captured', captured: 2_650 }],
    refunds: [{ amount: 1_000, sent: true }],
    transfers: [
      { back: false, amount: 588, sent: true },
      { back: false, amount: 1_760, sent: true },
      { back: true, amount: 880, sent: true },
    ],
    payouts: [
      { amount: 588, state: 'paid' },
      { amount: 880, state: 'paid' },
    ],
    theirs: [{ state: 'captured', captured: 2_650, refunded: 1_000 }],
  });
});

test.each(cases)('$fault at $name leaves both books where they would be without it', async ({ fault, at }) => {
  expect(await live(fault, at)).toEqual(unharmed);
});

test('of twenty who open a merchant’s account at once each gets the same one', async () => {
  const merchantId = await merchantOf(await given.shop());
  const opened = await Promise.all(Array.from({ length: 20 }, () => openAccount(merchantId, portsAt())));
  expect(new Set(opened.map((account) => account.reference))).toEqual(new Set([`acct_demo_${merchantId}`]));
});
