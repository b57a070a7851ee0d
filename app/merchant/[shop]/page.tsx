import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { counterQueue } from '@/app/_data/counter';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { legalFieldText } from '@/app/_text/explain-reading';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { listMissing } from '@/lib/catalogue';
import { getShopToday, listTakings } from '@/lib/fulfilment';
import type { TakingView } from '@/lib/fulfilment/views';
import { listStockToConfirm } from '@/lib/inventory';
import type { Locale } from '@/lib/kernel';
import { formatDate, formatMoney, moneyOf, sentenceCase, sumMinor } from '@/lib/kernel';
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

type TodayPageProps = {
  readonly params: Promise<{ shop: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

/** The day at a glance; takings are for whoever runs the shop. */
export default async function TodayPage({ params, searchParams }: TodayPageProps) {
  const entered = await enterShop((await params).shop, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const [queue, today, takings, doubtful, city, checks, requests, waiting] = await Promise.all([
    counterQueue(scope),
    getShopToday(scope),
    (await searchParams)['of'] === 'takings' ? listTakings(scope) : undefined,
    listStockToConfirm(scope),
    getCity(),
    listOpenChecks(scope, requestMoment()),
    listShopRequests(scope, requestMoment()),
    listMissing(scope, locale),
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
        <Figure
          href={`/merchant/${shop.slug}?of=takings#takings`}
          value={formatMoney(moneyOf(today.takingsTodayMinor), locale)}
          label={t('today.takings', { count: today.ordersToday })}
        />
      </ul>
      {takings && <Takings takings={takings} slug={shop.slug} locale={locale} />}
      <Waiting waiting={waiting} slug={shop.slug} locale={locale} />
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

type WaitingProps = { readonly waiting: Awaited<ReturnType<typeof listMissing>>; readonly slug: string; readonly locale: Locale };

/** Products nobody sees yet, what they lack by name, and the way to where it is written. */
function Waiting({ waiting, slug, locale }: WaitingProps) {
  const t = texts(locale, 'shelf');
  const fields = [...new Set(waiting.rows.flatMap(({ missing }) => missing))];
  if (fields.length === 0) return null;
  const what = new Intl.ListFormat(locale).format(fields.map((field) => legalFieldText(locale, field)));
  return (
    <p className="panel flex flex-wrap items-center justify-between gap-3 p-4 text-base">
      <span className="min-w-0 flex-1 basis-64 font-semibold">{t('missing.todo', { count: waiting.total, what })}</span>
      <ButtonLink className="min-h-[64px]" kind="secondary" href={`/merchant/${slug}/products/missing`}>
        {t('missing.complete')}
      </ButtonLink>
    </p>
  );
}

function Figure({ value, label, href }: { value: ReactNode; label: string; href: string }) {
  return (
    <li className="grid">
      <Link className="figure-card" href={href}>
        <b>{value}</b>
        <span>{label}</span>
      </Link>
    </li>
  );
}

/** The orders the takings are the sum of; each one's page opens to its entries. */
function Takings({ takings, slug, locale }: { readonly takings: readonly TakingView[]; readonly slug: string; readonly locale: Locale }) {
  const t = texts(locale, 'payouts');
  const total = sumMinor(takings.map((one) => one.amountMinor));
  return (
    <section className="panel grid gap-2 p-5" aria-labelledby="takings">
      <h2 id="takings" className="text-xl">
        {t('figure.takings')}
      </h2>
      <p className="text-base text-ink-soft">{t('figure.takingsText')}</p>
      <ul className="num grid max-w-[46rem] divide-y divide-line text-base [&>li]:flex [&>li]:items-center [&>li]:justify-between [&>li]:gap-4">
        {takings.map((one) => (
          <li key={one.subOrderId}>
            <Link className="inline-flex min-h-[64px] items-center" href={`/merchant/${slug}/counter/${one.subOrderId}#money`}>
              {one.number}
            </Link>
            <b>{formatMoney(moneyOf(one.amountMinor), locale)}</b>
          </li>
        ))}
        <li className="min-h-[64px] font-bold">
          <span>{t('total')}</span>
          <b>{formatMoney(moneyOf(total), locale)}</b>
        </li>
      </ul>
      <Link className="inline-flex min-h-11 items-center justify-self-start" href={`/merchant/${slug}`}>
        {t('figure.close')}
      </Link>
    </section>
  );
}
