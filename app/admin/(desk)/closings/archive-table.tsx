import { SubmitButton } from '@/components/commerce/submit-button';
import type { MerchantArchiveView } from '@/lib/closings/views';
import type { Minor } from '@/lib/kernel';
import { dayKey, formatCalendarDay } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { GridTable } from '../../_parts/grid-table';
import { stamp, type OpsShowing } from '../../_parts/order-table';
import { verifyArchiveAction } from './actions';

type ArchiveTableProps = {
  readonly archives: readonly MerchantArchiveView[];
  readonly showing: OpsShowing;
  readonly money: (amount: Minor) => string;
};

/** A row for each merchant: how far it is closed, what it came to, what was found last; and one line of buttons: look again, take a year away. */
export function ArchiveTable({ archives, showing, money }: ArchiveTableProps) {
  const { locale } = showing;
  const t = texts(locale, 'money');
  return (
    <GridTable
      asCards
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
        { head: t('closings.archive'), kind: 'nowrap', cell: (row) => <Buttons archive={row} showing={showing} /> },
      ]}
    />
  );
}

type OneProps = { readonly archive: MerchantArchiveView; readonly showing: OpsShowing };

/** What was found last, and when. */
function Found({ archive: { check }, showing }: OneProps) {
  const t = texts(showing.locale, 'money');
  if (!check) return t('closings.unchecked');
  const { broken, seriesBroken } = check;
  const isWhole = broken === undefined && seriesBroken === undefined;
  return (
    <span>
      {isWhole ? t('closings.whole', { count: check.count + check.documents }) : <b>{t('closings.notWhole')}</b>}
      {broken && (
        <span className="block">{t(`closings.broken.${broken.why}`, { day: formatCalendarDay(broken.startsOn, showing.locale) })}</span>
      )}
      {seriesBroken !== undefined && <span className="block">{t('closings.seriesBroken', { number: seriesBroken })}</span>}
      <small className="block text-ink-soft">{stamp(check.at, showing)}</small>
    </span>
  );
}

function Buttons({ archive: { merchantId, name }, showing }: OneProps) {
  const t = texts(showing.locale, 'money');
  const year = Number(dayKey(showing.now, showing.timeZone).slice(0, 4));
  return (
    <form action={verifyArchiveAction} className="flex items-center gap-2">
      <input type="hidden" name="merchant" value={merchantId} />
      <SubmitButton className="btn btn-secondary btn-ops">
        {t('closings.verify')}
        <span className="sr-only"> {name}</span>
      </SubmitButton>
      {[year, year - 1].map((one) => (
        <a
          key={one}
          className="btn btn-quiet btn-ops"
          href={`/admin/closings/archive?merchant=${merchantId}&year=${one}`}
          aria-label={t('closings.download', { year: String(one), name })}
        >
          {one}
        </a>
      ))}
    </form>
  );
}
