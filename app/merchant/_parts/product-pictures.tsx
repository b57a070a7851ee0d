import { SubmitButton } from '@/components/commerce/submit-button';
import type { Locale, OfferId } from '@/lib/kernel';
import type { PictureView } from '@/lib/pictures/views';
import { MOST_PICTURES } from '@/lib/pictures';
import { texts } from '@/lib/texts';
import { addPicturesAction, changePictureAction } from '../[shop]/products/picture-actions';

type PicturesProps = {
  readonly pictures: readonly PictureView[];
  readonly offerId: OfferId;
  readonly title: string;
  readonly slug: string;
  readonly locale: Locale;
};

/** Photographs of a product: the first stands for it in every list, without any a drawn tile does. */
export function ProductPictures({ pictures, offerId, title, slug, locale }: PicturesProps) {
  const t = texts(locale, 'product');
  return (
    <section className="panel grid grid-cols-[minmax(0,1fr)] gap-4 p-5 md:p-6" id="pictures" aria-labelledby="pictures-title">
      <h2 id="pictures-title" className="text-lg">
        {t('pictures.title')}
      </h2>
      {pictures.length === 0 && <p className="max-w-[66ch] text-base text-ink-soft">{t('pictures.none')}</p>}
      {pictures.length > 0 && (
        <ul className="product-pictures">
          {pictures.map(({ key, isOwn }, index) => (
            <li key={key} className="grid content-start gap-2">
              <img
                src={`/api/pictures/${key}`}
                alt={t('pictures.alt', { number: index + 1, title })}
                loading="lazy"
                width={160}
                height={200}
              />
              {isOwn && (
                <form action={changePictureAction} className="grid gap-2">
                  <input type="hidden" name="shop" value={slug} />
                  <input type="hidden" name="picture" value={key} />
                  {index > 0 && (
                    <SubmitButton
                      className="btn btn-quiet"
                      name="wish"
                      value="first"
                      label={t('pictures.firstLabel', { number: index + 1 })}
                    >
                      {t('pictures.first')}
                    </SubmitButton>
                  )}
                  <SubmitButton
                    className="btn btn-quiet"
                    name="wish"
                    value="remove"
                    label={t('pictures.removeLabel', { number: index + 1 })}
                  >
                    {t('pictures.remove')}
                  </SubmitButton>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {pictures.length < MOST_PICTURES && (
        <form action={addPicturesAction} className="grid justify-items-start gap-3">
          <input type="hidden" name="shop" value={slug} />
          <input type="hidden" name="offerId" value={offerId} />
          <div className="field w-full">
            <label htmlFor="picture-files">{t('pictures.files')}</label>
            <p className="hint" id="picture-files-hint">
              {t('pictures.hint', { most: MOST_PICTURES })}
            </p>
            <input
              id="picture-files"
              className="input"
              type="file"
              name="pictures"
              multiple
              accept="image/*"
              aria-describedby="picture-files-hint"
            />
          </div>
          <SubmitButton className="btn btn-secondary min-h-[48px]">{t('pictures.add')}</SubmitButton>
        </form>
      )}
    </section>
  );
}
