import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { localeFrom, showingFor } from '@/app/_data/showing';
import type { Showing } from '@/components/commerce/showing';
import { TrackingLive } from '@/components/commerce/tracking-live';
import { Awning, distinctAwnings } from '@/components/commerce/awning';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { listShipments } from '@/lib/carriers';
import { listOrderDocuments } from '@/lib/documents';
import { findAddress } from '@/lib/checkout';
import { getTracking } from '@/lib/fulfilment';
import type { TrackingView } from '@/lib/fulfilment/views';
import { openOrderLink } from '@/lib/identity';
import { MINUTE, formatDay, formatMoney, formatTime, minor, moneyOf, pathTo, sumMinor, type Locale, type OrderScope } from '@/lib/kernel';
import { listSwitches } from '@/lib/switching';
import { listReturnsOf } from '@/lib/returns';
import type { ReturnCardView } from '@/lib/returns/views';
import { getTenderStory } from '@/lib/settlement';
import { texts } from '@/lib/texts';
import type { TenderView } from '@/lib/wallet/views';
import { MoneyBack } from '../../return/[token]/money-back';
import { ReturnCard } from '../../return/[token]/return-card';
import { headLine } from './head-line';
import { Parcel } from './parcel';
import { RescueNews } from './rescue-news';
import { SubOrder } from './sub-order';
import { SwitchPanel } from './switch-panel';
import { TrackingSlate } from './tracking-slate';

type TrackingPageProps = {
  readonly params: Promise<{ locale: string; token: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
};

const JUST_PAID_MS = 10 * MINUTE;

export async function generateMetadata({ params }: Pick<TrackingPageProps, 'params'>): Promise<Metadata> {
  const { locale, token } = await params;
  const order = await getTracking(token);
  const t = texts(localeFrom(locale), 'tracking');
  return { ...(order && { title: t('pageTitle', { number: order.number }) }), robots: { index: false }, referrer: 'same-origin' };
}

/** Confirmation and tracking are one page: what was bought, where each part stands, what to do next. */
export default async function TrackingPage({ params, searchParams }: TrackingPageProps) {
  const showing = await showingFor(params);
  const { token } = await params;
  const link = await openOrderLink(token);
  if (!link.ok) return link.error.kind === 'link-expired' ? <ExpiredLink locale={showing.locale} /> : notFound();
  const [order, documents, returns, parcels, story] = await Promise.all([
    getTracking(token),
    listOrderDocuments(link.value),
    listReturnsOf(link.value),
    listShipments(link.value),
    getTenderStory(link.value),
  ]);
  if (!order) notFound();
  const t = texts(showing.locale, 'tracking');
  const switches = await switchesAsked(link.value, order, await searchParams);
  const awnings = distinctAwnings(order.subOrders.map((subOrder) => subOrder.shop.awning));
  return (
    <main id="main" className="wrap page">
      <p className="text-ink-soft">{placedText(order, showing)}</p>
      <h1 className="mt-1 text-4xl max-md:text-3xl">{headLine(order, showing)}</h1>
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-md text-ink-soft" data-testid="as-of">
        <span>{t('asOf', { time: formatTime(order.asOf, showing.locale, showing.timeZone) })}</span>
        <a href={pathTo(showing.locale, 'track', { token })} className="inline-flex min-h-11 items-center gap-1.5">
          <Icon name="refresh-cw" />
          {t('refresh')}
        </a>
        <TrackingLive url={`/api/live?order=${encodeURIComponent(token)}`} words={liveWords(order, showing)} />
      </div>
      <LiveRegion order={order} locale={showing.locale} />
      <News order={order} tenders={story.tenders} showing={showing} />
      <RescueNews order={order} showing={showing} />
      <ReturnNews returns={returns} showing={showing}>
        <MoneyBack back={story.back} currency={order.currency} locale={showing.locale} />
      </ReturnNews>
      <div className="with-slate">
        <div className="min-w-0 [&>.group:first-child]:mt-0">
          {order.subOrders.map((subOrder, index) => (
            <SubOrder key={subOrder.subOrderId} subOrder={subOrder} awning={awnings[index] ?? 0} order={order} showing={showing}>
              {switches?.subOrderId === subOrder.subOrderId && <SwitchPanel switches={switches} orderToken={token} showing={showing} />}
              <Parcel parcel={parcels.find((parcel) => parcel.number === subOrder.number)} showing={showing} />
            </SubOrder>
          ))}
        </div>
        <TrackingSlate order={order} tenders={story.tenders} documents={documents} showing={showing} />
      </div>
    </main>
  );
}

/** The part somebody asked to receive otherwise, with every way; the address they typed, if it is one. */
async function switchesAsked(scope: OrderScope, order: TrackingView, asked: Awaited<TrackingPageProps['searchParams']>) {
  const part = order.subOrders.find((one) => one.canSwitch && one.number === asked['changer']);
  if (!part) return undefined;
  const typed = typeof asked['adresse'] === 'string' ? await findAddress(asked['adresse']) : undefined;
  return listSwitches(scope, { subOrderId: part.subOrderId, address: typed?.ok ? typed.value : undefined });
}

function placedText(order: TrackingView, { locale, now, timeZone }: Showing): string {
  const t = texts(locale, 'tracking');
  if (order.paidAt === undefined) return t('placedUnpaid', { number: order.number });
  const when = `${formatDay(order.paidAt, now, locale, timeZone)} ${formatTime(order.paidAt, locale, timeZone)}`;
  return t('placed', { number: order.number, when });
}

function liveWords(order: TrackingView, { locale, timeZone }: Showing) {
  const t = texts(locale, 'tracking');
  return { live: t('live'), polling: t('polling'), offline: t('offline', { time: formatTime(order.asOf, locale, timeZone) }) };
}

/** Where each part stands, in words: said again only when it changed. */
function LiveRegion({ order, locale }: { order: TrackingView; locale: Locale }) {
  const t = texts(locale, 'tracking');
  return (
    <p className="sr-only" role="status">
      {[
        ...order.rescues.filter(({ state }) => state === 'asked').map((rescue) => t('rescued.announce', { title: rescue.title })),
        ...order.subOrders.map((subOrder) => t('announce', { shop: subOrder.shop.name, step: t(`sub.step.${stepWord(subOrder)}`) })),
      ].join('. ')}
    </p>
  );
}

function stepWord({ step, method }: TrackingView['subOrders'][number]) {
  const words = [
    'received',
    'accepted',
    'preparing',
    method === 'pickup' ? 'ready' : 'underWay',
    method === 'pickup' ? 'handedOver' : 'delivered',
  ] as const;
  return words[step - 1] ?? 'received';
}

/** Where goods on their way back stand; each leads to its pass. */
type ReturnNewsProps = { readonly returns: readonly ReturnCardView[]; readonly showing: Showing; readonly children: ReactNode };

function ReturnNews({ returns, showing: { locale, timeZone }, children }: ReturnNewsProps) {
  if (returns.length === 0) return null;
  return (
    <section className="mt-6 grid gap-3" aria-labelledby="returns">
      <h2 id="returns" className="text-xl">
        {texts(locale, 'returns')('card.heading')}
      </h2>
      {returns.map((card) => (
        <ReturnCard key={card.returnId} card={card} locale={locale} timeZone={timeZone} />
      ))}
      {children}
    </section>
  );
}

/** Just paid, or not paid yet: the one thing to know before the parts. */
type NewsProps = { readonly order: TrackingView; readonly tenders: readonly TenderView[]; readonly showing: Showing };

function News({ order, tenders, showing }: NewsProps) {
  const t = texts(showing.locale, 'tracking');
  if (order.head.state === 'unpaid') {
    return (
      <div className="banner banner-honey mt-6 flex-wrap items-center">
        <Icon name="credit-card" />
        <p className="min-w-0 flex-1">{t('unpaid.text', { time: formatTime(order.payBy, showing.locale, showing.timeZone) })}</p>
        <ButtonLink href={pathTo(showing.locale, 'payment', { token: order.orderToken })}>{t('unpaid.action')}</ButtonLink>
      </div>
    );
  }
  if (order.paidAt === undefined || order.asOf - order.paidAt > JUST_PAID_MS) return null;
  const byCardMinor = minor(order.totalMinor - sumMinor(tenders.map((tender) => tender.amountMinor)));
  const amount = formatMoney(moneyOf(byCardMinor, order.currency), showing.locale);
  return (
    <section className="mt-6 overflow-hidden rounded-b-panel bg-baltard-tint" aria-labelledby="paid" data-testid="just-paid">
      <Awning awning={1} unrolls />
      <div className="flex gap-3.5 px-[22px] pt-3 pb-5">
        <Icon name="circle-check" className="mt-1 text-2xl text-baltard" />
        <div>
          <h2 id="paid" className="text-xl">
            {t('paid.title')}
          </h2>
          <p className="mt-1">{t('paid.text', { email: order.emailHint })}</p>
          <p className="mt-1 text-ink-soft">
            {byCardMinor > 0
              ? t('paid.amount', { amount, by: order.paidBy === 'bank-transfer' ? 'transfer' : 'card' })
              : texts(showing.locale, 'wallet')('nothingLeft')}
          </p>
        </div>
      </div>
    </section>
  );
}

function ExpiredLink({ locale }: { locale: Locale }) {
  const t = texts(locale, 'tracking');
  return (
    <main id="main" className="wrap page">
      <h1 className="text-4xl max-md:text-3xl">{t('link.title')}</h1>
      <div className="empty mt-6">
        <p>{t('link.text')}</p>
        <ButtonLink href={pathTo(locale, 'signIn')}>{t('link.action')}</ButtonLink>
      </div>
    </main>
  );
}
