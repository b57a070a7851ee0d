import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { counterQueue } from '@/app/_data/counter';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { getShopToday } from '@/lib/fulfilment';
import { listStockToConfirm } from '@/lib/inventory';
import { formatDate, formatMoney, moneyOf, sentenceCase } from '@/lib/kernel';
import { listShopRequests } from '@/lib/requests';
import { listOpenChecks } from '@/lib/shelves';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { OpenChecks } from '../_parts/open-checks';
import { StockRow } from '../_parts/stock-row';
import { Ticket } from '../_parts/ticket';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'merchant')('today.title') };
}

const NEXT_SHOWN = 4;

/** The day at a glance; takings are for whoever runs the shop. */
export default async function TodayPage({ params }: { readonly params: Promise<{ shop: string }> }) {
  const entered = await enterShop((await params).shop, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const [queue, today, doubtful, city, checks, requests] = await Promise.all([
    counterQueue(scope),
    getShopToday(scope),
    listStockToConfirm(scope),
    getCity(),
    listOpenChecks(scope, requestMoment()),
    listShopRequests(scope, requestMoment()),
  ]);
  const t = texts(locale, 'merchant');
  const showing = { locale, now: queue.asOf, timeZone: city.timeZone, slug: shop.slug };
  const next = [...queue.toAccept, ...queue.toPrepare].slice(0, NEXT_SHOWN);
  const counter = `/merchant/${shop.slug}/counter`;
  return (
    <main id="main" className="desk-page grid gap-7">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-3xl">{t('today.title')}</h1>
          <p className="text-base text-ink-soft">{sentenceCase(formatDate(queue.asOf, locale, city.timeZone), locale)}</p>
        </div>
        <ButtonLink className="min-h-[64px]" href={counter}>
          <Icon name="shopping-basket" />
          {t('today.openCounter')}
        </ButtonLink>
      </div>
      <ul className="grid gap-3 md:grid-cols-4">
        <Figure href={counter} value={queue.toAccept.length} label={t('queue.toAccept')} />
        <Figure href={counter} value={queue.toPrepare.length} label={t('queue.toPrepare')} />
        <Figure href={counter} value={today.handedOverToday} label={t('today.handedOver')} />
        <Figure value={formatMoney(moneyOf(today.takingsTodayMinor), locale)} label={t('today.takings', { count: today.ordersToday })} />
      </ul>
      {requests.length > 0 && (
        <p className="panel flex flex-wrap items-center justify-between gap-3 p-4 text-base">
          <span className="font-semibold">{texts(locale, 'requests')('shop.count', { count: requests.length })}</span>
          <ButtonLink className="min-h-[64px]" kind="secondary" href={`/merchant/${shop.slug}/requests`}>
            {texts(locale, 'requests')('shop.title')}
          </ButtonLink>
        </p>
      )}
      {checks.length > 0 && (
        <section className="grid gap-3" aria-labelledby="asked">
          <h2 id="asked" className="text-2xl">
            {t('shelves.checks.title')}
          </h2>
          <OpenChecks checks={checks} locale={locale} slug={shop.slug} timeZone={city.timeZone} />
        </section>
      )}
      <section className="grid gap-3" aria-labelledby="next">
        <h2 id="next" className="text-2xl">
          {t('today.next')}
        </h2>
        {next.length === 0 ? (
          <p className="text-base text-ink-soft">{t('today.quiet')}</p>
        ) : (
          <ul className="grid items-start gap-3 md:grid-cols-2">
            {next.map((card) => (
              <Ticket key={card.subOrderId} card={card} showing={showing} isCurrent={false} />
            ))}
          </ul>
        )}
      </section>
      {doubtful.length > 0 && (
        <section className="grid gap-3" aria-labelledby="confirm">
          <h2 id="confirm" className="text-2xl">
            {t('today.confirm')}
          </h2>
          <p className="text-base text-ink-soft">{t('today.confirmText')}</p>
          <ul className="grid gap-3">
            {doubtful.map((row) => (
              <StockRow key={row.offerId} row={row} locale={locale} slug={shop.slug} now={queue.asOf} />
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}

function Figure({ value, label, href }: { value: ReactNode; label: string; href?: string }) {
  const body = (
    <>
      <b>{value}</b>
      <span>{label}</span>
    </>
  );
  return (
    <li className="grid">
      {href === undefined ? (
        <p className="figure-card">{body}</p>
      ) : (
        <Link className="figure-card" href={href}>
          {body}
        </Link>
      )}
    </li>
  );
}
