import { headers } from 'next/headers';
import { requestAccessAction } from '@/app/_actions/request-access';
import type { TooSmall } from '@/app/_data/desk';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import { texts } from '@/lib/texts';

/** Inside one's own house the role is too small: says for whom the page is, and asks that person in one tap. */
export async function AskForAccess({ refused }: { readonly refused: TooSmall }) {
  const { locale, ask, shop, needs } = refused;
  const t = texts(locale, 'merchant');
  const head = await headers();
  return (
    <main id="main" className="desk-page grid justify-items-start gap-5">
      <h1 className="text-3xl">{t('ask.title')}</h1>
      <p className="max-w-[60ch] text-ink-soft">{shop ? t('ask.shopText') : t('ask.cityText')}</p>
      {ask && (
        <form action={requestAccessAction}>
          <input type="hidden" name="shop" value={shop?.slug ?? ''} />
          <input type="hidden" name="role" value={needs} />
          <input type="hidden" name="path" value={head.get('x-pathname') ?? ''} />
          <SubmitButton className="btn btn-primary min-h-[64px]">
            <Icon name="lock" />
            {t('ask.button', { name: ask.name })}
          </SubmitButton>
        </form>
      )}
    </main>
  );
}
