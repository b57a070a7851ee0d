import { explainRemark, explainRow } from '@/app/_text/explain-import';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Tag } from '@/components/ui/tag';
import type { ImportCountsView, ImportView } from '@/lib/connectors/views';
import type { Locale } from '@/lib/kernel';
import { formatMoney, formatNumber, minor, moneyOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';

const kinds = ['new', 'changed', 'unchanged', 'rejected'] as const;

/** Four figures: what is going to happen, or has happened. */
export function ImportCounts({ counts, locale }: { readonly counts: ImportCountsView; readonly locale: Locale }) {
  const t = texts(locale, 'imports');
  return (
    <dl className="import-counts" aria-label={t('counts.label')}>
      {kinds.map((kind) => (
        <div key={kind} data-kind={kind} data-none={counts[kind] === 0 || undefined}>
          <dt>{t(`counts.${kind}`)}</dt>
          <dd>{formatNumber(counts[kind], locale)}</dd>
        </div>
      ))}
    </dl>
  );
}

const colours = { new: 'green', changed: 'blue', unchanged: 'neutral' } as const;

/** The first products as they are understood: the quickest way to see that a column was taken for another. */
export function ImportDrafts({ drafts, locale }: { readonly drafts: ImportView['drafts']; readonly locale: Locale }) {
  const t = texts(locale, 'imports');
  return (
    <section aria-labelledby="drafts" className="grid gap-3">
      <h2 id="drafts" className="text-xl">
        {t('result.title')}
      </h2>
      <ul className="grid gap-2">
        {drafts.map((draft) => (
          <li key={draft.row} className="import-draft">
            <span>
              <strong className="block">{draft.label === undefined ? draft.title : `${draft.title}, ${draft.label}`}</strong>
              <span className="text-base text-ink-soft">
                {[t('result.row', { row: draft.row }), draft.gtin?.replace(/^0/, '')].filter(Boolean).join(' · ')}
              </span>
            </span>
            <span className="text-right">
              <strong className="block">{formatMoney(moneyOf(minor(draft.priceMinor)), locale)}</strong>
              <span className="text-base text-ink-soft">
                {draft.quantity === undefined ? t('result.noQuantity') : t('result.quantity', { count: draft.quantity })}
              </span>
            </span>
            <Tag colour={colours[draft.verdict]}>{t(`result.verdict.${draft.verdict}`)}</Tag>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Refused rows with their reasons, and the file to repair them in. */
export function ImportRejected({ found, locale, slug }: { readonly found: ImportView; readonly locale: Locale; readonly slug: string }) {
  const t = texts(locale, 'imports');
  const more = (found.counts?.rejected ?? 0) - found.rejected.length;
  return (
    <div className="grid gap-3">
      <h2 id="rejected" className="text-xl">
        {t('rejected.title')}
      </h2>
      <p className="max-w-[66ch] text-base text-ink-soft">{t('rejected.lead')}</p>
      <div className="table-scroll" role="region" aria-labelledby="rejected" tabIndex={0}>
        <table className="import-table">
          <thead>
            <tr>
              <th scope="col">{t('rejected.row')}</th>
              <th scope="col">{t('rejected.reason')}</th>
              <th scope="col">{t('rejected.value')}</th>
            </tr>
          </thead>
          <tbody>
            {found.rejected.map(({ row, reason, value }) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                <td>{explainRow(locale, reason)}</td>
                <td className="text-ink-soft">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && <p className="text-base text-ink-soft">{t('rejected.more', { count: more })}</p>}
      <ButtonLink
        kind="secondary"
        className="justify-self-start"
        href={`/merchant/${slug}/stock/import/${found.importId}/rejected`}
        download
      >
        {t('rejected.download')}
      </ButtonLink>
    </div>
  );
}

/** What was understood but deserves a look. */
export function ImportWarnings({ warnings, locale }: { readonly warnings: ImportView['warnings']; readonly locale: Locale }) {
  const t = texts(locale, 'imports');
  return (
    <section aria-labelledby="warnings" className="grid gap-3">
      <h2 id="warnings" className="text-xl">
        {t('warnings.title')}
      </h2>
      <ul className="grid gap-2 text-base">
        {warnings.map(({ code, count, rows }) => (
          <li key={code} className="flex gap-2">
            <Icon name="info" className="mt-0.5 shrink-0 text-ink-soft" />
            <span>
              {explainRemark(locale, code)}
              {rows.length > 0 && (
                <span className="text-ink-soft">
                  {' '}
                  ({t('warnings.count', { count })}, {t('warnings.rows', { count: rows.length, rows: rows.join(', ') })})
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
