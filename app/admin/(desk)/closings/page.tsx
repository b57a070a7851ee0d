import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { listArchives, listMerchantClosings } from '@/lib/closings';
import type { MerchantClosingsView } from '@/lib/closings/views';
import type { Minor } from '@/lib/kernel';
import { formatCalendarDay, formatMoney, moneyOf, parseId } from '@/lib/kernel';
import { financeRoles } from '@/lib/payouts';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { GridTable } from '../../_parts/grid-table';
import type { OpsShowing } from '../../_parts/order-table';
import { ArchiveTable } from './archive-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'money')('closings.title') };
}

type ClosingsPageProps = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

const periods = ['day', 'month', 'year'] as const;
const LINK = 'inline-flex min-h-11 items-center';

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
    merchantId && listMerchantClosings(scope, merchantId, { period, year: Number(asked['year']) }),
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
      {shown && <Closings closings={shown} period={period} {...words} />}
      <section className={shown ? 'box mt-6' : 'box'}>
        <h2 className="box-title">{t('closings.merchants')}</h2>
        {archives.length === 0 ? <p className="box-note">{t('closings.none')}</p> : <ArchiveTable archives={archives} {...words} />}
      </section>
    </main>
  );
}

type Words = { readonly showing: OpsShowing; readonly money: (amount: Minor) => string };

type ClosingsProps = Words & { readonly closings: MerchantClosingsView; readonly period: (typeof periods)[number] | undefined };

/** One merchant's closings of a year: what each period came to, and the total since the beginning at its end. */
function Closings({ closings: { merchantId, name, rows, years, year }, period, showing: { locale }, money }: ClosingsProps) {
  const t = texts(locale, 'money');
  const day = (on: string) => formatCalendarDay(on, locale);
  const to = (other: { readonly period?: ClosingsProps['period']; readonly year?: number | undefined }) => {
    const wanted = { period, year, ...other };
    const said = Object.entries(wanted).flatMap(([key, value]) => (value === undefined ? [] : [`&${key}=${value}`]));
    return `/admin/closings?merchant=${merchantId}${said.join('')}`;
  };
  const here = (is: boolean) => (is ? { 'aria-current': 'page' as const, className: `${LINK} font-bold` } : { className: LINK });
  return (
    <section className="box" aria-labelledby="closings">
      <h2 id="closings" className="box-title">
        {t('closings.of', { name })}
      </h2>
      <p className="flex flex-wrap gap-x-4 px-4">
        {[undefined, ...periods].map((one) => (
          <a key={one ?? 'all'} {...here(one === period)} href={to({ period: one })}>
            {t(`closings.kind.${one ?? 'all'}`)}
          </a>
        ))}
      </p>
      {years.length > 1 && (
        <p className="flex flex-wrap gap-x-4 px-4">
          {years.map((one) => (
            <a key={one} {...here(one === year)} href={to({ year: one })}>
              {one}
            </a>
          ))}
        </p>
      )}
      {rows.length === 0 ? (
        <p className="box-note">{t('closings.none')}</p>
      ) : (
        <GridTable
          asCards
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
