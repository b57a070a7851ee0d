import { SubmitButton } from '@/components/commerce/submit-button';
import { fields } from '@/lib/connectors';
import type { ImportView } from '@/lib/connectors/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { correctColumnsAction } from '../[shop]/stock/import/actions';

type ImportColumnsProps = { readonly found: ImportView; readonly locale: Locale; readonly slug: string };

/** Each column with what it is taken for, beside what it holds on the first rows; every guess can be corrected. */
export function ImportColumns({ found, locale, slug }: ImportColumnsProps) {
  const t = texts(locale, 'imports');
  const used = found.columns.filter(({ field }) => field !== undefined && field !== 'ignored').length;
  return (
    <section aria-labelledby="columns" className="grid gap-3">
      <h2 id="columns" className="text-xl">
        {t('columns.title')}
      </h2>
      <p className="max-w-[66ch] text-base text-ink-soft">
        {t('columns.lead')} {t('columns.seen', { count: used, all: found.columns.length })}
      </p>
      <form action={correctColumnsAction} className="grid gap-4">
        <input type="hidden" name="shop" value={slug} />
        <input type="hidden" name="importId" value={found.importId} />
        <input type="hidden" name="columns" value={found.columns.length} />
        <ul className="import-columns">
          {found.columns.map(({ heading, field, samples }, place) => (
            <li key={heading} data-known={field !== undefined && field !== 'ignored' ? true : undefined}>
              <label htmlFor={`column-${place}`} className="min-w-0">
                <strong className="block truncate">{heading}</strong>
                <span className="import-samples">{samples.filter((cell) => cell !== '').join(' · ')}</span>
              </label>
              <select
                id={`column-${place}`}
                name={`column-${place}`}
                defaultValue={field ?? ''}
                aria-label={t('columns.meaningOf', { heading })}
              >
                <option value="">{t('columns.unknown')}</option>
                {fields.map((one) => (
                  <option key={one} value={one}>
                    {t(`fields.${one}`)}
                  </option>
                ))}
              </select>
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap items-center gap-4">
          <SubmitButton className="btn btn-secondary">{t('columns.apply')}</SubmitButton>
          <p className="text-base text-ink-soft">{t('columns.remembered')}</p>
        </div>
      </form>
    </section>
  );
}
