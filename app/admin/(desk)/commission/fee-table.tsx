import { Banner } from '@/components/ui/banner';
import type { CityFeesView } from '@/lib/billing/views';
import type { Locale, Minor } from '@/lib/kernel';
import { formatCalendarDay } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { GridTable } from '../../_parts/grid-table';

type FeeTableProps = { readonly fees: CityFeesView; readonly locale: Locale; readonly money: (amount: Minor) => string };

/** The city's own invoices and credit notes, and whether its series hold. */
export function FeeTable({ fees: { rows, count, brokenFrom }, locale, money }: FeeTableProps) {
  const t = texts(locale, 'money');
  const words = texts(locale, 'documents');
  if (rows.length === 0) return <p className="box-note">{t('fees.none')}</p>;
  return (
    <>
      {brokenFrom === undefined ? (
        <p className="box-note">{t('fees.sealed', { count })}</p>
      ) : (
        <Banner kind="bad">{words('list.broken', { number: brokenFrom })}</Banner>
      )}
      <GridTable
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
              <a
                href={`/api/documents/${row.documentId}?format=pdf`}
                aria-label={words('list.download', { number: row.number, format: words('list.pdf') })}
              >
                {words('list.pdf')}
              </a>
            ),
          },
        ]}
      />
    </>
  );
}
