import { explainPicture } from '@/app/_text/explain-import';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import type { ImportId, Locale } from '@/lib/kernel';
import type { PictureProgress } from '@/lib/pictures/views';
import { texts } from '@/lib/texts';
import { retryPicturesAction } from '../[shop]/stock/import/actions';

type ImportPicturesProps = {
  readonly importId: ImportId;
  /** Addresses the file names, while it waits for a decision. */
  readonly announced: number;
  readonly progress: PictureProgress;
  readonly locale: Locale;
  readonly slug: string;
};

/** How the file's pictures stand: announced, on the way, online, or failed and why. Nothing where it names none. */
export function ImportPictures({ importId, announced, progress, locale, slug }: ImportPicturesProps) {
  const t = texts(locale, 'imports');
  const { waiting, kept, spared, failed } = progress;
  const lines = [
    announced > 0 && t('pictures.announced', { count: announced }),
    kept > 0 && t('pictures.kept', { count: kept }),
    waiting > 0 && t('pictures.waiting', { count: waiting }),
    spared > 0 && t('pictures.spared', { count: spared }),
  ].filter((line) => line !== false);
  if (lines.length === 0 && failed.length === 0) return null;
  return (
    <section aria-labelledby="pictures" className="grid gap-3">
      <h2 id="pictures" className="text-xl">
        {t('pictures.title')}
      </h2>
      {lines.length > 0 && (
        <ul className="grid gap-1 text-base">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {failed.length > 0 && (
        <>
          <p className="text-base">{t('pictures.failed', { count: failed.reduce((sum, { count }) => sum + count, 0) })}</p>
          <ul className="grid gap-2 text-base">
            {failed.map(({ reason, count, address }) => (
              <li key={reason} className="flex gap-2">
                <Icon name="info" className="mt-0.5 shrink-0 text-ink-soft" />
                <span className="min-w-0">
                  {explainPicture(locale, reason)} ({t('warnings.count', { count })}){' '}
                  <span className="break-all text-ink-soft">
                    {t('pictures.example')} {address}
                  </span>
                </span>
              </li>
            ))}
          </ul>
          <form action={retryPicturesAction}>
            <input type="hidden" name="shop" value={slug} />
            <input type="hidden" name="importId" value={importId} />
            <SubmitButton className="btn btn-secondary">{t('pictures.retry')}</SubmitButton>
          </form>
        </>
      )}
    </section>
  );
}
