import { ButtonLink } from '@/components/ui/button';
import type { Locale, ShopId } from '@/lib/kernel';
import { takeoutFiles } from '@/lib/takeout';
import { texts } from '@/lib/texts';

type TakeoutProps = { readonly slug: string; readonly shopId: ShopId; readonly locale: Locale };

/** Everything a shop owns, file by file: nobody's catalogue is locked in here. */
export function TakeoutLinks({ slug, shopId, locale }: TakeoutProps) {
  const t = texts(locale, 'product');
  return (
    <section className="panel grid justify-items-start gap-3 p-5" aria-labelledby="takeout">
      <h2 id="takeout" className="text-xl">
        {t('takeout.title')}
      </h2>
      <p className="max-w-[66ch] text-base text-ink-soft [overflow-wrap:anywhere]">
        {t('takeout.text', { address: `/api/exports/${shopId}/products.csv` })}
      </p>
      <ButtonLink className="min-h-[56px]" href={`/api/exports/${slug}/everything.zip`} download>
        {t('takeout.everything')}
      </ButtonLink>
      <ul className="flex flex-wrap gap-2">
        {takeoutFiles.map((file) => (
          <li key={file}>
            <ButtonLink kind="secondary" className="min-h-[56px]" href={`/api/exports/${slug}/${file}.csv`} download>
              {t(`takeout.file.${file}`)}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
