import { and, asc, eq, gt, isNotNull } from 'drizzle-orm';
import { orders, shops, subOrders } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import { formatTime } from '@/lib/kernel';
import type { TextGateway } from '@/lib/messaging';
import { deliverText } from '@/lib/messaging';
import { isOpenAt } from '@/lib/oms';
import { logError } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { listAbsences } from '@/lib/presence';
import { isWished } from '@/lib/push';
import { loadShopBook } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { stepDue } from './step-due';

const BATCH = 200;

/**
 * A shop that has not answered is written to on its telephone when half of its time is over, and called when three quarters are: once each,
 * while it is open (nobody is woken for an order that waits until morning). Where its counter is known to be before nobody's eyes it is
 * written to at once and called at half. Returns how many messages were made.
 */
export async function escalateSilent(ports: Ports = systemPorts, gateway?: TextGateway): Promise<number> {
  const now = ports.clock.now();
  const waiting = await reader()
    .select({
      id: subOrders.id,
      number: subOrders.number,
      shopId: subOrders.shopId,
      askedAt: subOrders.stateChangedAt,
      acceptBy: subOrders.acceptBy,
      phone: shops.phone,
    })
    .from(subOrders)
    .innerJoin(shops, eq(shops.id, subOrders.shopId))
    .innerJoin(orders, and(eq(orders.id, subOrders.orderId), eq(orders.isReplayed, false)))
    .where(and(eq(subOrders.state, 'offered'), isNotNull(subOrders.acceptBy), gt(subOrders.acceptBy, now)))
    .orderBy(asc(subOrders.acceptBy))
    .limit(BATCH);
  if (waiting.length === 0) return 0;
  const book = await loadShopBook(now);
  const locale = book.city.defaultLocale === 'en' ? 'en' : 'fr';
  const absences = await listAbsences(book.all(), now);
  let made = 0;
  for (const { id, number, shopId, askedAt, acceptBy, phone } of waiting) {
    const shop = book.get(shopId);
    if (!shop || acceptBy === null || !isOpenAt(shop.openings, now)) continue;
    const channel = stepDue({ askedAt, acceptBy, openings: shop.openings, isAbsent: absences.has(shopId) }, now);
    if (channel === undefined || !(await isWished(shopId, 'order', 'phone'))) continue;
    const text = texts(locale, 'mail')(`silent.${channel}`, { number, time: timeOf(acceptBy, locale, shop.timeZone) });
    try {
      const told = await deliverText(
        { channel, kind: `shop-silent-${channel}`, subject: id, causeKey: id, recipient: phone, locale, text },
        ports,
        ...(gateway ? [gateway] : []),
      );
      if (told.isNew) made += 1;
    } catch (error) {
      logError('escalate-silent', error, { subOrderId: id }); // the gateway is away: the next round tries again
    }
  }
  return made;
}

function timeOf(at: Instant, locale: 'fr' | 'en', timeZone: string): string {
  return formatTime(at, locale, timeZone);
}
