import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import type { RunPartView } from '@/lib/courier/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { bringBackAction } from './actions';
import { PartLine } from './stop-frame';

type ToBringBackProps = { readonly parts: readonly RunPartView[]; readonly token: string; readonly locale: Locale };

/** What nobody took, at the end of the way. */
export function ToBringBack({ parts, token, locale }: ToBringBackProps) {
  if (parts.length === 0) return null;
  const t = texts(locale, 'courier');
  return (
    <section aria-labelledby="bring-back" className="mt-9">
      <h2 id="bring-back" className="text-2xl">
        {t('toBringBack')}
      </h2>
      <p className="mt-1 mb-3 text-ink-soft">{t('bringBackWhy')}</p>
      <ul className="run-parts">
        {parts.map((part) => (
          <PartLine key={part.subOrderId} part={part} locale={locale}>
            <form action={bringBackAction}>
              <input type="hidden" name="locale" value={locale} />
              <input type="hidden" name="token" value={token} />
              <input type="hidden" name="subOrderId" value={part.subOrderId} />
              <SubmitButton className="btn btn-secondary">
                <Icon name="undo-2" />
                {t('back', { shop: part.shopName })}
              </SubmitButton>
            </form>
          </PartLine>
        ))}
      </ul>
    </section>
  );
}
