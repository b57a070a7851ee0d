import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Breadcrumb } from '@/components/ui/navigation';
import { getOrder360, listHandovers } from '@/lib/fulfilment';
import { explainRouting } from '@/lib/insights';
import { isLocale, parseId, pathTo } from '@/lib/kernel';
import { listOrderReturns } from '@/lib/returns';
import { getOrderBooks, getTenderStory } from '@/lib/settlement';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { OrderBooks } from '../../../_parts/order-books';
import { OrderFacts, PaymentFacts } from '../../../_parts/order-facts';
import { stamp } from '../../../_parts/order-table';
import { PartCard } from '../../../_parts/part-card';
import { ReturnFacts } from '../../../_parts/return-facts';
import { RoutingExplanation } from '../../../_parts/routing-explanation';
import { OrderTag } from '../../../_parts/state-tag';
import { Timeline } from '../../../_parts/timeline';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'admin')('order.title') };
}

/** One order in full: its parts side by side, its money, why these shops, and everything that happened. */
export default async function OrderPage({ params }: { readonly params: Promise<{ id: string }> }) {
  const entered = await enterCity();
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const orderId = parseId('order', (await params).id);
  const order = orderId && (await getOrder360(scope, orderId));
  if (!order) notFound();
  const [city, handovers, explanations, returns, { tenders }, books] = await Promise.all([
    getCity(),
    listHandovers(scope, order.orderId),
    explainRouting(scope, order.orderId),
    listOrderReturns(scope, order.orderId),
    getTenderStory({ kind: 'order', orderId: order.orderId }),
    getOrderBooks(scope, order.orderId),
  ]);
  const t = texts(locale, 'admin');
  const showing = { locale, now: requestMoment(), timeZone: city.timeZone };
  const trackingLocale = isLocale(order.locale) ? order.locale : locale;
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <Breadcrumb label={t('crumbs')} crumbs={[{ label: t('orders.title'), href: '/admin/orders' }]} current={order.number} />
          <h1 className="mt-2 flex flex-wrap items-center gap-3">
            {t('order.number', { number: order.number })}
            <OrderTag state={order.state} isLate={order.subOrders.some((part) => part.isLate)} locale={locale} />
          </h1>
          <p>{t('order.placed', { name: order.shopperName, time: stamp(order.placedAt, showing) })}</p>
        </div>
        <div className="ops-actions">
          <ButtonLink kind="secondary" size="ops" href={pathTo(trackingLocale, 'track', { token: order.orderToken })}>
            <Icon name="eye" />
            {t('order.seeAsShopper')}
          </ButtonLink>
        </div>
      </div>
      <div className="grid gap-[18px]">
        <div className="parts">
          {order.subOrders.map((part) => (
            <PartCard
              key={part.subOrderId}
              part={part}
              currency={order.currency}
              showing={showing}
              handovers={handovers.filter(({ subOrderId }) => subOrderId === part.subOrderId)}
            />
          ))}
        </div>
        <div className="ops-columns">
          <div className="grid gap-[18px]">
            <Timeline entries={order.timeline} showing={showing} mayReadMail={scope.role === 'admin' || scope.role === 'support'} />
            {explanations.map((explanation) => (
              <RoutingExplanation key={explanation.at} explanation={explanation} showing={showing} />
            ))}
          </div>
          <div className="grid gap-[18px]">
            <ReturnFacts returns={returns} showing={showing} />
            <PaymentFacts order={order} tenders={tenders} showing={showing} />
            <OrderBooks books={books} currency={order.currency} showing={showing} />
            <OrderFacts order={order} showing={showing} />
          </div>
        </div>
      </div>
    </main>
  );
}
