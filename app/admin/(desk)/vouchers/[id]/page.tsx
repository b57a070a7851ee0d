import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import { Tag } from '@/components/ui/tag';
import type { Minor, SeriesId } from '@/lib/kernel';
import { formatBps, formatDate, formatMoney, moneyOf, parseId } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { getSeries, listVouchersOf } from '@/lib/wallet';
import type { SeriesRulesView, SeriesView, VoucherRowView } from '@/lib/wallet/views';
import { financeRoles } from '@/lib/payouts';
import { GridTable } from '../../../_parts/grid-table';
import type { MoneyShowing } from '../../../_parts/voucher-tables';
import { lastDay } from '../../../_parts/voucher-tables';
import { blockVoucherAction, loadVoucherAction } from '../actions';

type SeriesPageProps = { readonly params: Promise<{ id: string }> };

const seriesOf = async (params: SeriesPageProps['params']): Promise<SeriesId | undefined> => parseId('series', (await params).id);

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'wallet')('desk.title') };
}

/** One series: its rules, its books, its codes. */
export default async function SeriesPage({ params }: SeriesPageProps) {
  const entered = await enterCity(financeRoles);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const seriesId = await seriesOf(params);
  const series = seriesId && (await getSeries(scope, seriesId, locale));
  if (!series) return notFound();
  const [city, codes] = await Promise.all([getCity(), listVouchersOf(scope, series.seriesId)]);
  const showing = { locale, now: requestMoment(), timeZone: city.timeZone, currency: city.currency };
  const t = texts(locale, 'wallet');
  return (
    <main id="main" className="ops-main">
      <a href="/admin/vouchers" className="inline-flex min-h-11 items-center gap-1.5">
        <Icon name="chevron-left" />
        {t('desk.back')}
      </a>
      <div className="ops-head">
        <div>
          <h1>{series.name}</h1>
          <p>{t('balance.issuedBy', { kind: t(`kinds.${series.kind}`), issuer: series.issuerName })}</p>
        </div>
      </div>
      <div className="grid gap-5">
        <div className="parts">
          <Rules series={series} showing={showing} />
          <Books series={series} showing={showing} />
        </div>
        <section className="box">
          <h2 className="box-title">{t('desk.codes')}</h2>
          {codes.length === 0 ? <p className="box-note">{t('desk.one.noCodes')}</p> : <Codes codes={codes} showing={showing} />}
        </section>
      </div>
    </main>
  );
}

function Rules({ series, showing }: { readonly series: SeriesView & SeriesRulesView; readonly showing: MoneyShowing }) {
  const { locale, timeZone } = showing;
  const t = texts(locale, 'wallet');
  const list = new Intl.ListFormat(locale);
  const facts: readonly (readonly [string, string])[] = [
    [t('desk.one.where'), series.shops.length === 0 ? t('desk.one.everywhere') : list.format(series.shops)],
    [t('desk.one.forWhat'), series.departments.length === 0 ? t('desk.one.everything') : list.format(series.departments)],
    [t('desk.one.delivery'), t(series.paysDelivery ? 'desk.one.deliveryYes' : 'desk.one.deliveryNo')],
    [
      t('desk.one.valid'),
      t('desk.one.validText', { from: formatDate(series.validFrom, locale, timeZone), until: lastDay(series.validUntil, showing) }),
    ],
    [
      t('desk.topUp'),
      series.topUpBps > 10_000 ? t('desk.topUpText', { rate: formatBps(series.topUpBps - 10_000, locale) }) : t('desk.noTopUp'),
    ],
    [
      t(`desk.purposes.${series.purpose}`),
      series.vatRateBps === undefined ? t('desk.multiHint') : t('desk.singleHint', { rate: formatBps(series.vatRateBps, locale) }),
    ],
  ];
  return <Facts title={t('desk.one.rules')} facts={facts} />;
}

function Books({ series, showing }: { readonly series: SeriesView; readonly showing: MoneyShowing }) {
  const t = texts(showing.locale, 'wallet');
  const money = (amount: Minor) => formatMoney(moneyOf(amount, showing.currency), showing.locale);
  const facts: readonly (readonly [string, string])[] = [
    [t('desk.loaded'), money(series.loadedMinor)],
    [t('desk.one.granted'), money(series.grantedMinor)],
    [t('desk.spent'), money(series.spentMinor)],
    [t('desk.one.returned'), money(series.returnedMinor)],
    [t('desk.left'), money(series.outstandingMinor)],
    [t('desk.one.reserved'), money(series.reservedMinor)],
  ];
  return <Facts title={t('desk.one.books')} facts={facts} />;
}

function Facts({ title, facts }: { readonly title: string; readonly facts: readonly (readonly [string, string])[] }) {
  return (
    <section className="box">
      <h2 className="box-title">{title}</h2>
      <dl className="facts box-body">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Codes({ codes, showing }: { readonly codes: readonly VoucherRowView[]; readonly showing: MoneyShowing }) {
  const { locale } = showing;
  const t = texts(locale, 'wallet');
  const money = (amount: Minor) => formatMoney(moneyOf(amount, showing.currency), locale);
  return (
    <GridTable
      caption={t('desk.codes')}
      rows={codes}
      rowKey={(code) => code.voucherId}
      columns={[
        { head: t('desk.one.code'), kind: 'nowrap', cell: (code) => `… ${code.codeEnd}` },
        { head: t('desk.one.holder'), cell: (code) => code.holderEmail ?? <span className="soft">{t('desk.one.anybody')}</span> },
        { head: t('desk.until'), kind: 'nowrap', cell: (code) => lastDay(code.validUntil, showing) },
        { head: t('desk.one.balance'), kind: 'num', cell: (code) => money(code.balanceMinor) },
        { head: t('desk.one.state'), kind: 'nowrap', cell: (code) => <Block code={code} showing={showing} /> },
        { head: t('desk.one.load'), cell: (code) => <Load code={code} showing={showing} /> },
      ]}
    />
  );
}

/** Nothing is left on it, but it can be loaded again. */
const codeState = (code: VoucherRowView) =>
  code.isBlocked ? 'desk.one.blocked' : code.balanceMinor > 0 ? 'desk.one.usable' : 'desk.one.spent';

type CodeProps = { readonly code: VoucherRowView; readonly showing: MoneyShowing };

function Block({ code, showing }: CodeProps) {
  const t = texts(showing.locale, 'wallet');
  const which = t('desk.one.ending', { end: code.codeEnd });
  return (
    <form action={blockVoucherAction} className="flex items-center gap-2">
      <input type="hidden" name="voucherId" value={code.voucherId} />
      <input type="hidden" name="codeEnd" value={code.codeEnd} />
      <Tag colour={code.isBlocked ? 'tomato' : 'neutral'}>{t(codeState(code))}</Tag>
      <SubmitButton className="btn btn-quiet btn-ops" name="blocked" value={code.isBlocked ? 'no' : 'yes'}>
        {t(code.isBlocked ? 'desk.one.unblock' : 'desk.one.block')}
        <span className="sr-only">, {which}</span>
      </SubmitButton>
    </form>
  );
}

/** Its own key in the form: a second click of the same page loads once. */
function Load({ code, showing }: CodeProps) {
  const t = texts(showing.locale, 'wallet');
  const which = t('desk.one.ending', { end: code.codeEnd });
  return (
    <form action={loadVoucherAction} className="flex items-center gap-2">
      <input type="hidden" name="voucherId" value={code.voucherId} />
      <input type="hidden" name="codeEnd" value={code.codeEnd} />
      <input type="hidden" name="key" value={crypto.randomUUID()} />
      <input
        className="input min-h-9 w-24 py-1"
        name="paid"
        inputMode="decimal"
        maxLength={8}
        autoComplete="off"
        aria-label={`${t('desk.one.loadLabel')}, ${which}`}
        required
      />
      <SubmitButton className="btn btn-quiet btn-ops">
        {t('desk.one.load')}
        <span className="sr-only">, {which}</span>
      </SubmitButton>
    </form>
  );
}
