import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { SubmitButton } from '@/components/commerce/submit-button';
import { listArchives, listMerchantClosings } from '@/lib/closings';
import type { MerchantArchiveView, MerchantClosingsView } from '@/lib/closings/views';
import type { Minor } from '@/lib/kernel';
import { dayKey, formatCalendarDay, formatMoney, moneyOf, parseId } from '@/lib/kernel';
import { financeRoles } from '@/lib/payouts';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { GridTable } from '../../_parts/grid-table';
import { stamp, type OpsShowing } from '../../_parts/order-table';
import { verifyArchiveAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'money')('closings.title') };
}

type ClosingsPageProps = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

const periods = ['day', 'month', 'year'] as const;

/** How far each merchant's sales are closed, what they came to, what was found when they were last looked through, and the archives to take away. */
export default async function ClosingsPage({ searchParams }: ClosingsPageProps) {
  const entered = await enterCity(financeRoles);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const asked = await searchParams;
  const merchantId = typeof asked['merchant'] === 'string' ? parseId('merchant', asked['merchant']) : undefined;
  const period = periods.find((one) => one === asked['period']);
  const [archives, shown, city] = await Promise.all([
    listArchives(scope),
    merchantId && listMerchantClosings(scope, merchantId, period),
    getCity(),
  ]);
  if (asked['merchant'] !== undefined && !shown) notFound();
  const t = texts(locale, 'money');
  const words = {
    showing: { locale, now: requestMoment(), timeZone: city.timeZone },
    money: (amount: Minor) => formatMoney(moneyOf(amount, city.currency), locale),
  };
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('closings.title')}</h1>
          <p>{t('closings.text')}</p>
        </div>
      </div>
      {shown && <Closings closings={shown} {...words} />}
      <section className={shown ? 'box mt-6' : 'box'}>
        <h2 className="box-title">{t('closings.merchants')}</h2>
        {archives.length === 0 ? <p className="box-note">{t('closings.none')}</p> : <Archives archives={archives} {...words} />}
      </section>
    </main>
  );
}

type Words = { readonly showing: OpsShowing; readonly money: (amount: Minor) => string };

function Archives({ archives, showing, money }: Words & { readonly archives: readonly MerchantArchiveView[] }) {
  const { locale } = showing;
  const t = texts(locale, 'money');
  const year = Number(dayKey(showing.now, showing.timeZone).slice(0, 4));
  return (
    <GridTable
      caption={t('closings.merchants')}
      rows={archives}
      rowKey={(row) => row.merchantId}
      columns={[
        {
          head: t('closings.merchant'),
          cell: (row) => (
            <>
              <a href={`/admin/closings?merchant=${row.merchantId}`}>{row.name}</a>
              <small className="block text-ink-soft">{row.shops}</small>
            </>
          ),
        },
        {
          head: t('closings.closedUpTo'),
          kind: 'nowrap',
          cell: (row) => (row.closedUpTo === undefined ? t('closings.never') : formatCalendarDay(row.closedUpTo, locale)),
        },
        { head: t('closings.count'), kind: 'num', cell: (row) => row.closings },
        { head: t('closings.perpetual'), kind: 'num', cell: (row) => money(row.perpetualMinor) },
        { head: t('closings.found'), cell: (row) => <Found archive={row} showing={showing} /> },
        {
          head: t('closings.archive'),
          cell: (row) =>
            [year, year - 1].map((one) => (
              <a
                key={one}
                className="mr-3 inline-flex min-h-11 items-center"
                href={`/admin/closings/archive?merchant=${row.merchantId}&year=${one}`}
                aria-label={t('closings.download', { year: String(one), name: row.name })}
              >
                {one}
              </a>
            )),
        },
      ]}
    />
  );
}

/** What was found last and when, and the button that looks again. */
function Found({ archive: { merchantId, name, check }, showing }: Pick<Words, 'showing'> & { readonly archive: MerchantArchiveView }) {
  const t = texts(showing.locale, 'money');
  const broken = check?.broken;
  const isWhole = broken === undefined && check?.seriesBroken === undefined;
  return (
    <form action={verifyArchiveAction} className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <input type="hidden" name="merchant" value={merchantId} />
      <span>
        {check ? (
          <>
            {isWhole ? t('closings.whole', { count: check.count + check.documents }) : <b>{t('closings.notWhole')}</b>}
            {broken && (
              <span className="block">
                {t(`closings.broken.${broken.why}`, { day: formatCalendarDay(broken.startsOn, showing.locale) })}
              </span>
            )}
            {check.seriesBroken !== undefined && (
              <span className="block">{t('closings.seriesBroken', { number: check.seriesBroken })}</span>
            )}
            <small className="block text-ink-soft">{stamp(check.at, showing)}</small>
          </>
        ) : (
          t('closings.unchecked')
        )}
      </span>
      <SubmitButton className="btn btn-secondary btn-ops">
        {t('closings.verify')}
        <span className="sr-only"> {name}</span>
      </SubmitButton>
    </form>
  );
}

/** One merchant's closings: what each period came to, and the total since the beginning at its end. */
function Closings({
  closings: { merchantId, name, rows },
  showing: { locale },
  money,
}: Words & { readonly closings: MerchantClosingsView }) {
  const t = texts(locale, 'money');
  const day = (on: string) => formatCalendarDay(on, locale);
  return (
    <section className="box" aria-labelledby="closings">
      <h2 id="closings" className="box-title">
        {t('closings.of', { name })}
      </h2>
      <p className="flex flex-wrap gap-x-4 px-4">
        {[undefined, ...periods].map((one) => (
          <a
            key={one ?? 'all'}
            className="inline-flex min-h-11 items-center"
            href={`/admin/closings?merchant=${merchantId}${one ? `&period=${one}` : ''}`}
          >
            {t(`closings.kind.${one ?? 'all'}`)}
          </a>
        ))}
      </p>
      {rows.length === 0 ? (
        <p className="box-note">{t('closings.none')}</p>
      ) : (
        <GridTable
          caption={t('closings.of', { name })}
          rows={rows}
          rowKey={(row) => `${row.period} ${row.startsOn}`}
          columns={[
            {
              head: t('closings.period'),
              kind: 'nowrap',
              cell: (row) => (row.startsOn === row.endsOn ? day(row.startsOn) : `${day(row.startsOn)} – ${day(row.endsOn)}`),
            },
            { head: t('closings.documents'), kind: 'num', cell: (row) => row.documents },
            { head: t('closings.gross'), kind: 'num', cell: (row) => money(row.grossMinor) },
            { head: t('closings.vat'), kind: 'num', cell: (row) => money(row.vatMinor) },
            { head: t('closings.perpetual'), kind: 'num', cell: (row) => money(row.perpetualMinor) },
            { head: t('closings.seal'), kind: 'clip', title: (row) => row.hash, cell: (row) => <code>{row.hash.slice(0, 8)}</code> },
          ]}
        />
      )}
    </section>
  );
}
