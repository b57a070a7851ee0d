import { SubmitButton } from '@/components/commerce/submit-button';
import { Banner } from '@/components/ui/banner';
import type { ImportView } from '@/lib/connectors/views';
import type { Locale } from '@/lib/kernel';
import { formatTime } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { confirmImportAction, undoImportAction } from '../[shop]/stock/import/actions';

type ImportDecisionProps = { readonly found: ImportView; readonly locale: Locale; readonly slug: string; readonly timeZone: string };

function Hidden({ found, slug }: Pick<ImportDecisionProps, 'found' | 'slug'>) {
  return (
    <>
      <input type="hidden" name="shop" value={slug} />
      <input type="hidden" name="importId" value={found.importId} />
    </>
  );
}

/** The one thing to decide now: import, wait, or take it back. */
export function ImportDecision({ found, locale, slug, timeZone }: ImportDecisionProps) {
  const t = texts(locale, 'imports');
  const count = (found.counts?.new ?? 0) + (found.counts?.changed ?? 0);
  switch (found.state) {
    case 'staged':
    case 'checked':
      return count === 0 ? (
        <Banner kind="careful">{t('nothing')}</Banner>
      ) : (
        <form action={confirmImportAction} className="import-confirm">
          <Hidden found={found} slug={slug} />
          <SubmitButton className="btn btn-primary min-h-[64px]">{t('confirm', { count })}</SubmitButton>
          <p className="text-base text-ink-soft">{t('confirmLead')}</p>
        </form>
      );
    case 'applying':
    case 'undoing': {
      const percent = Math.round(found.progress * 100);
      return (
        <section className="panel grid gap-3 p-5" aria-live="polite">
          <h2 className="text-xl">{found.state === 'applying' ? t('applying', { percent }) : t('state.undoing')}</h2>
          <progress className="import-progress" value={found.progress} max={1} aria-label={t('state.applying')} />
          <p className="text-base text-ink-soft">{t('applyingLead')}</p>
          <a href={`/merchant/${slug}/stock/import/${found.importId}`}>{t('refresh')}</a>
        </section>
      );
    }
    case 'done':
      return (
        <section className="grid gap-3">
          <Banner kind="good">
            <strong>{t('done', { count })}</strong> {t('doneLead')}
          </Banner>
          {found.mayUndo && found.undoUntil !== undefined && (
            <form action={undoImportAction} className="import-confirm">
              <Hidden found={found} slug={slug} />
              <SubmitButton className="btn btn-secondary">{t('undo')}</SubmitButton>
              <p className="text-base text-ink-soft">{t('undoUntil', { time: formatTime(found.undoUntil, locale, timeZone) })}</p>
            </form>
          )}
        </section>
      );
    case 'undone':
      return (
        <Banner kind="news">
          <strong>{t('undone')}</strong> {t('undoneLead')}
        </Banner>
      );
  }
}
