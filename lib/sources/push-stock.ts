import { and, eq, inArray, sql } from 'drizzle-orm';
import { offers, orderLines, sourceConnections, sourceItems, subOrders } from '@/db/schema';
import type { DomainEvent, EventId } from '@/lib/kernel';
import { ok, parseId } from '@/lib/kernel';
import { enqueue, SOURCE_QUEUE } from '@/lib/platform/jobs';
import { log } from '@/lib/platform/log';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { StockPush } from './connector';
import { connectorOf } from './connectors';
import { openConnection } from './open-connection';
import type { SourcePorts } from './ports';
import { needsPerson } from './fault';

/** What was sold here and must leave the source's figure too; ready to be sent, with one key each. */
export type StockPushJob = { readonly connectionId: string; readonly push: readonly StockPush[] };

type Left = Extract<DomainEvent, { readonly name: 'SubOrderChanged' }>;

/**
 * A sub-order left the shop: writes one job for each connection that knows its things and can be told. The event's id is part of every
 * key, so that hearing of it twice takes nothing away twice.
 */
export async function tellSources({ subject }: Left, eventId: string): Promise<void> {
  const event = parseId('event', eventId);
  if (event === undefined) return;
  const lines = await soldLines(subject);
  const byConnection = Map.groupBy(lines, ({ connectionId }) => connectionId);
  const jobs = [...byConnection].flatMap(([connectionId, sold]) =>
    connectorOf(sold[0]?.kind ?? '')?.push === undefined
      ? []
      : [{ data: { connectionId, push: sold.map((line) => pushOf(line, event)) } satisfies StockPushJob }],
  );
  await withTransaction(async (tx) => {
    await enqueue(tx, SOURCE_QUEUE, jobs);
    return ok(undefined);
  });
}

type SoldLine = Awaited<ReturnType<typeof soldLines>>[number];

const pushOf = ({ externalId, stockRef, productRef, quantity }: SoldLine, event: EventId): StockPush => ({
  externalId,
  stockRef,
  productRef,
  delta: -quantity,
  key: `${event}:${externalId}`,
});

/** What really left: ordered and not refused. */
const served = sql`(${orderLines.quantity} - ${orderLines.refusedQuantity})`;

/** Units of a sub-order by the variants of live connections that stand for their offers. */
async function soldLines(subject: Left['subject']) {
  return reader()
    .select({
      connectionId: sourceConnections.id,
      kind: sourceConnections.kind,
      externalId: sourceItems.externalId,
      stockRef: sourceItems.stockRef,
      productRef: sourceItems.productRef,
      quantity: sql<number>`sum(${served})::int`,
    })
    .from(orderLines)
    .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
    .innerJoin(offers, eq(offers.id, orderLines.offerId))
    .innerJoin(sourceItems, and(eq(sourceItems.offerId, offers.id), eq(sourceItems.isGone, false)))
    .innerJoin(
      sourceConnections,
      and(
        eq(sourceConnections.id, sourceItems.connectionId),
        eq(sourceConnections.shopId, offers.shopId),
        inArray(sourceConnections.state, ['active', 'paused']),
      ),
    )
    .where(and(eq(subOrders.id, subject), sql`${served} > 0`))
    .groupBy(sourceConnections.id, sourceItems.externalId, sourceItems.stockRef, sourceItems.productRef);
}

/**
 * Tells a source what left the shop.
 * Errors: throws when it was not taken and may be later; what only a person can mend is logged, and the next whole pull shows the truth.
 */
export async function pushStock(job: StockPushJob, ports: SourcePorts): Promise<void> {
  const connectionId = parseId('connection', job.connectionId);
  const [row] = connectionId ? await reader().select().from(sourceConnections).where(eq(sourceConnections.id, connectionId)) : [];
  if (row === undefined || row.state === 'removed') return;
  const opened = openConnection(row, ports);
  const pushed = opened.ok ? await opened.value.connector.push?.(opened.value.call, job.push) : opened;
  if (pushed === undefined || pushed.ok) return;
  if (!needsPerson(pushed.error)) throw new Error(`a source did not take what was sold: ${pushed.error.kind}`);
  log.warn({ useCase: 'push-stock', outcome: pushed.error.kind, ids: { connectionId: row.id } }, 'push-stock');
}
