import { Banner, Empty } from '@/components/ui/banner';
import type { ClosingsView, ClosingView } from '@/lib/closings/views';
import type { Locale, Minor } from '@/lib/kernel';
import { formatCalendarDay, formatDate, formatMoney, formatTime, moneyOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';

type ClosingListProps = { readonly closings: ClosingsView; readonly locale: Locale; readonly timeZone: string };

/** Enough of a seal to compare it with another by eye. */
const SEAL_SIGNS = 8;

/** The last periods that were closed, what they came to, and whether everything was as it was closed when it was last looked through. */
export function ClosingList({ closings: { rows, check }, locale, timeZone }: ClosingListProps) {
  const t = texts(locale, 'documents');
  const broken = check?.broken;
  const when = check && `${formatDate(check.at, locale, timeZone)}, ${formatTime(check.at, locale, timeZone)}`;
  return (
    <section className="grid gap-3">
      <h2 id="closings" className="text-xl font-bold">
        {t('closings.title')}
      </h2>
      <p className="text-base text-ink-soft">{t('closings.intro')}</p>
      {broken && <Banner kind="bad">{t(`closings.broken.${broken.why}`, { period: periodText(broken, locale) })}</Banner>}
      {check && check.count > 0 && !broken && <p className="text-base">{t('closings.holds', { count: check.count })}</p>}
      {rows.length > 0 && <p className="text-base text-ink-soft">{when ? t('closings.checked', { when }) : t('closings.unchecked')}</p>}
      {rows.length === 0 ? <Empty title={t('closings.empty')} /> : <ClosingTable rows={rows} locale={locale} />}
    </section>
  );
}

function periodText({ period, startsOn, endsOn }: Pick<ClosingView, 'period' | 'startsOn'> & { readonly endsOn?: string }, locale: Locale) {
  const day = (on: string) => formatCalendarDay(on, locale);
  return texts(locale, 'documents')(`closings.${period}`, { from: day(startsOn), to: day(endsOn ?? startsOn) });
}

function ClosingTable({ rows, locale }: { readonly rows: readonly ClosingView[]; readonly locale: Locale }) {
  const t = texts(locale, 'documents');
  const money = (amount: Minor) => formatMoney(moneyOf(amount), locale);
  return (
    <div className="overflow-x-auto" role="region" aria-labelledby="closings" tabIndex={0}>
      <table className="num w-full min-w-[640px] border-collapse text-base [&_:is(td,th)]:px-3 [&_:is(td,th)]:py-2.5 [&_:is(td,th):not(:first-child)]:text-right [&_tr]:border-b [&_tr]:border-line">
        <thead className="text-md text-ink-soft">
          <tr>
            <th scope="col" className="text-left">
              {t('closings.period')}
            </th>
            <th scope="col">{t('closings.documents')}</th>
            <th scope="col">{t('closings.gross')}</th>
            <th scope="col">{t('closings.vat')}</th>
            <th scope="col">{t('closings.perpetual')}</th>
            <th scope="col">{t('closings.seal')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.period} ${row.startsOn}`}>
              <th scope="row" className={row.period === 'day' ? 'text-left font-normal' : 'text-left font-bold'}>
                {periodText(row, locale)}
              </th>
              <td>{row.documents}</td>
              <td>{money(row.grossMinor)}</td>
              <td>{money(row.vatMinor)}</td>
              <td>{money(row.perpetualMinor)}</td>
              <td>
                <code title={row.hash}>{row.hash.slice(0, SEAL_SIGNS)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
