import { and, eq, sql } from 'drizzle-orm';
import { listings, offers, orderLines, orders, pushes, requestAnswers, requests, returnCases, shelfChecks, subOrders } from '@/db/schema';
import type { DomainEvent, EventNamed, Instant, Locale, OrderId, ShopId, ShopScope } from '@/lib/kernel';
import { DAY, formatDay, formatTime, isLocale, MINUTE, plusMs, unprefixedLocale } from '@/lib/kernel';
import { isOpenAt } from '@/lib/oms';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { listAskedToCarry } from '@/lib/shelves';
import { loadShopBook, type ShopBook } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { deliverPushes } from './deliver-pushes';
import type { PushSender } from './push-sender';
import { ringsFrom, wants } from './quiet';
import type { MessageKind } from './views';
import { readWishes } from './wishes-repository';

const shopEvents = [
  'OrderPaid',
  'SetAsideConfirmed',
  'RescueOffered',
  'CarryAsked',
  'ShelfCheckAsked',
  'RequestAsked',
  'ReturnChanged',
] as const;
export type ShopEvent = EventNamed<(typeof shopEvents)[number]>;

/** Whether an event may be news for a shop. */
export function isShopEvent(event: DomainEvent): event is ShopEvent {
  return shopEvents.some((name) => name === event.name);
}

/** What a shop is told, before anybody asked whether it wants to hear it. */
type News = {
  readonly shopId: ShopId;
  readonly kind: MessageKind;
  readonly subject: string;
  readonly title: string;
  readonly body: string;
  /** Below `/merchant/<shop>`. */
  readonly path: string;
  readonly expiresAt: Instant;
};

/**
 * Tells a shop's devices what it is asked: kept once per cause, sent at once or when its quiet hours are over. Nothing is kept where the city
 * has no key, and for what the shop does not want to hear there. No name of a customer: whoever passes by reads a locked screen.
 */
export async function pushShop(event: ShopEvent, eventId: string, ports: Ports = systemPorts, sender?: PushSender): Promise<void> {
  if (env().push === undefined && sender === undefined) return;
  const now = ports.clock.now();
  const book = await loadShopBook(now);
  const words = wordsOf(book);
  let kept = 0;
  for (const news of await newsOf(event, words)) kept += Number(await keep(news, { book, causeKey: `${eventId}:${news.subject}`, ports }));
  if (kept > 0) await deliverPushes(ports, ...(sender ? [sender] : []));
}

/** Rings all devices of the shop, so that somebody hears that they do. */
export async function pushTest({ shopId }: ShopScope, ports: Ports = systemPorts, sender?: PushSender): Promise<void> {
  const now = ports.clock.now();
  const book = await loadShopBook(now);
  const { t } = wordsOf(book);
  const id = ports.ids.make('push');
  const path = pathOf(book, shopId, '/counter');
  const row = { id, shopId, kind: 'test', subject: id, causeKey: id, title: t('test.title'), body: t('test.body'), path } as const;
  await reader()
    .insert(pushes)
    .values({ ...row, sendFrom: now, expiresAt: plusMs(now, 5 * MINUTE), createdAt: now });
  await deliverPushes(ports, ...(sender ? [sender] : []));
}

type Words = {
  readonly t: ReturnType<typeof texts<'push'>>;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly now: Instant;
  readonly time: (at: Instant) => string;
  readonly day: (at: Instant) => string;
};

function wordsOf({ city, now }: ShopBook): Words {
  const locale = isLocale(city.defaultLocale) ? city.defaultLocale : unprefixedLocale;
  const { timeZone } = city;
  const time = (at: Instant) => formatTime(at, locale, timeZone);
  return { t: texts(locale, 'push'), locale, timeZone, now, time, day: (at) => formatDay(at, now, locale, timeZone) };
}

function pathOf(book: ShopBook, shopId: ShopId, path: string): string {
  return `/merchant/${book.get(shopId)?.slug ?? ''}${path}`;
}

type Keeping = { readonly book: ShopBook; readonly causeKey: string; readonly ports: Ports };

async function keep(news: News, { book, causeKey, ports }: Keeping): Promise<boolean> {
  const { shopId, kind } = news;
  const shop = book.get(shopId);
  const wishes = await readWishes(shopId);
  if (!shop || !wants(wishes, kind, 'push')) return false;
  const { now } = book;
  const sendFrom = ringsFrom(wishes, { kind, isOpen: isOpenAt(shop.openings, now), now, timeZone: shop.timeZone });
  const row = { ...news, id: ports.ids.make('push'), causeKey, path: pathOf(book, shopId, news.path), sendFrom, createdAt: now };
  await reader().insert(pushes).values(row).onConflictDoNothing();
  return sendFrom <= now;
}

async function newsOf(event: ShopEvent, words: Words): Promise<readonly News[]> {
  switch (event.name) {
    case 'OrderPaid':
    case 'SetAsideConfirmed':
      return ofOrder({ orderId: event.subject }, words);
    case 'RescueOffered':
      return ofOrder({ orderId: event.facts.orderId, subOrderId: event.subject }, words);
    case 'CarryAsked':
      return ofCarry(event, words);
    case 'ShelfCheckAsked':
      return ofShelfCheck(event, words);
    case 'RequestAsked':
      return ofRequest(event, words);
    case 'ReturnChanged':
      return event.facts.event === 'question' ? ofReturn(event, words) : [];
  }
}

async function ofOrder(
  { orderId, subOrderId }: { readonly orderId: OrderId; readonly subOrderId?: string },
  { t, time, day }: Words,
): Promise<readonly News[]> {
  const pieces = sql<number>`(select sum(case ${orderLines.salesUnit} when 'each' then ${orderLines.quantity} else 1 end)::int
    from ${orderLines} where ${orderLines.subOrderId} = ${subOrders.id})`;
  const rows = await reader()
    .select({ part: subOrders, pieces })
    .from(subOrders)
    .innerJoin(orders, and(eq(orders.id, subOrders.orderId), eq(orders.isReplayed, false)))
    .where(
      and(
        eq(subOrders.orderId, orderId),
        eq(subOrders.state, 'offered'),
        subOrderId === undefined ? undefined : sql`${subOrders.id} = ${subOrderId}`,
      ),
    );
  return rows.flatMap(({ part, pieces: count }): readonly News[] => {
    if (part.acceptBy === null) return [];
    const { id, shopId, number, method, acceptBy, promisedFrom } = part;
    return [
      {
        shopId,
        kind: 'order',
        subject: id,
        title: t(`order.title.${method}`, { count, time: time(acceptBy) }),
        body: t(`order.body.${method}`, { number, day: day(promisedFrom), time: time(promisedFrom) }),
        path: `/counter/${id}`,
        expiresAt: acceptBy,
      },
    ];
  });
}

async function ofCarry({ subject, facts: { shopId } }: EventNamed<'CarryAsked'>, { t, time }: Words): Promise<readonly News[]> {
  const [asked] = (await listAskedToCarry({ shopId })).filter((one) => one.subOrderId === subject);
  if (!asked) return [];
  const { toShop: shop, number, sendBy, title } = asked;
  const body = t('carry.body', { title, number });
  return [
    {
      shopId,
      kind: 'order',
      subject,
      title: t('carry.title', { shop, time: time(sendBy) }),
      body,
      path: '/stock/transfers',
      expiresAt: sendBy,
    },
  ];
}

async function ofShelfCheck({ subject }: EventNamed<'ShelfCheckAsked'>, { t, time }: Words): Promise<readonly News[]> {
  const rows = await reader()
    .select({ check: shelfChecks, title: listings.title })
    .from(shelfChecks)
    .innerJoin(offers, eq(offers.id, shelfChecks.offerId))
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .where(and(eq(shelfChecks.id, subject), eq(shelfChecks.state, 'asked')));
  return rows.map(({ check: { shopId, expiresAt }, title }) => ({
    shopId,
    kind: 'shelf-check',
    subject,
    title: t('shelfCheck.title', { title }),
    body: t('shelfCheck.body', { time: time(expiresAt) }),
    path: '/stock/checks',
    expiresAt,
  }));
}

async function ofRequest({ subject, facts: { shopId } }: EventNamed<'RequestAsked'>, { t, time, day }: Words): Promise<readonly News[]> {
  const rows = await reader()
    .select({ words: requests.words, expiresAt: requests.expiresAt })
    .from(requests)
    .innerJoin(
      requestAnswers,
      and(eq(requestAnswers.requestId, requests.id), eq(requestAnswers.shopId, shopId), eq(requestAnswers.state, 'asked')),
    )
    .where(and(eq(requests.id, subject), eq(requests.state, 'open')));
  return rows.map(({ words, expiresAt }) => ({
    shopId,
    kind: 'request',
    subject,
    title: t('request.title', { words }),
    body: t('request.body', { day: day(expiresAt), time: time(expiresAt) }),
    path: '/requests',
    expiresAt,
  }));
}

async function ofReturn({ subject }: EventNamed<'ReturnChanged'>, { t, now }: Words): Promise<readonly News[]> {
  const rows = await reader()
    .select({ shopId: returnCases.shopId, number: returnCases.number })
    .from(returnCases)
    .innerJoin(orders, and(eq(orders.id, returnCases.orderId), eq(orders.isReplayed, false)))
    .where(eq(returnCases.id, subject));
  return rows.map(({ shopId, number }) => ({
    shopId,
    kind: 'return',
    subject,
    title: t('return.title', { number }),
    body: t('return.body'),
    path: '/counter/returns',
    expiresAt: plusMs(now, 7 * DAY),
  }));
}
