import { and, eq, isNull, sql } from 'drizzle-orm';
import { webhookDeliveries, webhookEndpoints } from '@/db/schema';
import type { DomainEvent, Instant, ShopId } from '@/lib/kernel';
import { dateOf, ok, parseId } from '@/lib/kernel';
import { enqueue, WEBHOOK_QUEUE } from '@/lib/platform/jobs';
import type { OutboxJob } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import type { WebhookEvent } from './views';

type Told = { readonly event: WebhookEvent; readonly shopId: ShopId; readonly data: Readonly<Record<string, unknown>> };

/** What a shop's system is told of an event: ids and states; it reads the rest with its key. */
function toldOf(event: DomainEvent): Told | undefined {
  switch (event.name) {
    case 'SubOrderChanged':
      return {
        event: 'order.changed',
        shopId: event.facts.shopId,
        data: { subOrderId: event.subject, state: event.facts.to, by: event.facts.event },
      };
    case 'CarryAsked':
      return { event: 'carry.asked', shopId: event.facts.shopId, data: {} };
    case 'StockChanged':
      return { event: 'stock.changed', shopId: event.facts.shopId, data: { offerId: event.subject } };
    case 'ShelvesChanged':
      return { event: 'stock.changed', shopId: event.facts.shopId, data: { offers: event.facts.offers } };
    case 'ShortageDetected':
      return { event: 'stock.short', shopId: event.facts.shopId, data: { offerId: event.subject, missing: event.facts.missing } };
    case 'ShopSwitched':
      return { event: 'shop.switched', shopId: event.subject, data: { takesOrders: event.facts.takesOrders } };
    case 'ShopHoursChanged':
      return { event: 'shop.hours', shopId: event.subject, data: { openingHours: event.facts.openingHours } };
    default:
      return undefined;
  }
}

/**
 * Writes one message per webhook that wants to hear of this event, and a job that sends each. The event is the key: hearing of it twice
 * writes nothing twice.
 */
export async function tellWebhooks(
  job: Pick<OutboxJob, 'event' | 'eventId' | 'occurredAt'>,
  { clock, ids }: Ports = systemPorts,
): Promise<void> {
  const told = toldOf(job.event);
  const eventId = parseId('event', job.eventId);
  if (!told || !eventId) return;
  await withTransaction(async (tx) => {
    const endpoints = await tx
      .select({ id: webhookEndpoints.id })
      .from(webhookEndpoints)
      .where(
        and(
          eq(webhookEndpoints.shopId, told.shopId),
          isNull(webhookEndpoints.removedAt),
          sql`${webhookEndpoints.events} @> ${JSON.stringify([told.event])}::jsonb`,
        ),
      );
    if (endpoints.length === 0) return ok(undefined);
    const body = bodyOf(told, job.occurredAt);
    const written = await tx
      .insert(webhookDeliveries)
      .values(
        endpoints.map(({ id }) => ({
          id: ids.make('webhookDelivery'),
          endpointId: id,
          eventId,
          event: told.event,
          body,
          state: 'waiting' as const,
          createdAt: clock.now(),
        })),
      )
      .onConflictDoNothing()
      .returning({ id: webhookDeliveries.id });
    await enqueue(
      tx,
      WEBHOOK_QUEUE,
      written.map(({ id }) => ({ data: { deliveryId: id } })),
    );
    return ok(undefined);
  });
}

function bodyOf({ event, shopId, data }: Told, occurredAt: Instant): string {
  return JSON.stringify({ type: event, timestamp: dateOf(occurredAt).toISOString(), data: { shopId, ...data } });
}
