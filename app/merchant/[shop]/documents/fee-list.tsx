import { ButtonLink } from '@/components/ui/button';
import { Empty } from '@/components/ui/banner';
import type { FeeDocumentView } from '@/lib/billing/views';
import type { Locale } from '@/lib/kernel';
import { formatCalendarDay, formatDate, formatMoney, moneyOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';

type FeeListProps = {
  readonly rows: readonly FeeDocumentView[];
  readonly slug: string;
  readonly locale: Locale;
  readonly timeZone: string;
};

/** What the city invoiced for its commission, and what it gave back of it. */
export function FeeList({ rows, slug, locale, timeZone }: FeeListProps) {
  const t = texts(locale, 'documents');
  return (
    <section className="grid gap-3" aria-labelledby="fees">
      <h2 id="fees" className="text-xl font-bold">
        {t('fee.title')}
      </h2>
      <p className="text-base text-ink-soft">{t('fee.intro')}</p>
      {rows.length === 0 ? (
        <Empty title={t('fee.empty')} />
      ) : (
        <ul className="grid gap-3">
          {rows.map((row) => (
            <li key={row.documentId} className="panel flex flex-wrap items-center gap-x-6 gap-y-3 p-4">
              <div className="min-w-[12rem] flex-1">
                <p className="text-lg font-bold">{t('number', { title: t(`title.${row.kind}`), number: row.number })}</p>
                <p className="text-base text-ink-soft">
                  {formatDate(row.issuedAt, locale, timeZone)},{' '}
                  {t('fee.period', { from: formatCalendarDay(row.from, locale), to: formatCalendarDay(row.to, locale) })}
                </p>
              </div>
              <p className="text-right">
                <span className="num block text-lg font-bold">{formatMoney(moneyOf(row.grossMinor, row.currency), locale)}</span>
                <span className="text-md text-ink-soft">
                  {t('list.vat')} {formatMoney(moneyOf(row.vatMinor, row.currency), locale)}
                </span>
              </p>
              <div className="flex gap-2">
                {(['pdf', 'ubl'] as const).map((format) => {
                  const name = t(format === 'pdf' ? 'list.pdf' : 'list.xml');
                  return (
                    <ButtonLink
                      key={format}
                      kind="secondary"
                      className="min-h-[64px]"
                      href={`/api/documents/${row.documentId}?shop=${slug}&format=${format}`}
                      aria-label={t('list.download', { number: row.number, format: name })}
                    >
                      {name}
                    </ButtonLink>
                  );
                })}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
