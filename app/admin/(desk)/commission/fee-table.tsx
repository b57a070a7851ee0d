import { SubmitButton } from '@/components/commerce/submit-button';
import { Banner } from '@/components/ui/banner';
import type { CityFeesView } from '@/lib/billing/views';
import type { Minor } from '@/lib/kernel';
import { formatCalendarDay } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { GridTable } from '../../_parts/grid-table';
import { stamp, type OpsShowing } from '../../_parts/order-table';
import { verifyFeesAction } from './actions';

type FeeTableProps = { readonly fees: CityFeesView; readonly showing: OpsShowing; readonly money: (amount: Minor) => string };

/** The city's own invoices and credit notes a page at a time, what was found when its series were last looked through, and the button that looks again. */
export function FeeTable({ fees: { rows, count, older, check }, showing, money }: FeeTableProps) {
  const { locale } = showing;
  const t = texts(locale, 'money');
  const words = texts(locale, 'documents');
  if (rows.length === 0) return <p className="box-note">{t('fees.none')}</p>;
  return (
    <>
      {check?.brokenFrom !== undefined && <Banner kind="bad">{words('list.broken', { number: check.brokenFrom })}</Banner>}
      <form action={verifyFeesAction} className="box-note flex flex-wrap items-center gap-x-4 gap-y-2">
        <span>
          {check && check.brokenFrom === undefined && <>{t('fees.sealed', { count: check.documents })} </>}
          {check ? words('list.checked', { when: stamp(check.at, showing) }) : words('list.unchecked', { count })}
        </span>
        <SubmitButton className="btn btn-secondary btn-ops">{words('list.verify')}</SubmitButton>
      </form>
      <GridTable
        asCards
        caption={t('fees.title')}
        rows={rows}
        rowKey={(row) => row.documentId}
        columns={[
          {
            head: t('fees.document'),
            kind: 'nowrap',
            cell: (row) => words('number', { title: words(`title.${row.kind}`), number: row.number }),
          },
          { head: t('payouts.merchant'), cell: (row) => row.merchantName },
          {
            head: t('fees.period'),
            kind: 'nowrap',
            cell: (row) => words('fee.period', { from: formatCalendarDay(row.from, locale), to: formatCalendarDay(row.to, locale) }),
          },
          { head: t('fees.net'), kind: 'num', cell: (row) => money(row.netMinor) },
          { head: t('fees.vat'), kind: 'num', cell: (row) => money(row.vatMinor) },
          { head: t('fees.gross'), kind: 'num', cell: (row) => money(row.grossMinor) },
          {
            head: t('fees.files'),
            kind: 'nowrap',
            cell: (row) => (
              <span className="flex gap-3">
                {(['pdf', 'ubl'] as const).map((format) => {
                  const name = words(format === 'pdf' ? 'list.pdf' : 'list.xml');
                  return (
                    <a
                      key={format}
                      href={`/api/documents/${row.documentId}?format=${format}`}
                      aria-label={words('list.download', { number: row.number, format: name })}
                    >
                      {name}
                    </a>
                  );
                })}
              </span>
            ),
          },
        ]}
      />
      {older !== undefined && (
        <p className="box-note">
          <a href={`/admin/commission?older=${older}#fees`}>{words('list.older')}</a>
        </p>
      )}
    </>
  );
}
