import { AccountForm, ToAccount } from '@/app/merchant/_parts/payment-account';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon, type IconName } from '@/components/ui/icon';
import { Tag } from '@/components/ui/tag';
import type { Locale } from '@/lib/kernel';
import type { BeginningView } from '@/lib/onboarding';
import { LEAST_PRODUCTS } from '@/lib/onboarding';
import { onboardingFormKey } from '@/lib/provider';
import { texts } from '@/lib/texts';
import { chooseSourceAction } from './actions';

type StepProps = { readonly beginning: BeginningView; readonly locale: Locale };

const sources = [
  ['scan', 'scan-barcode'],
  ['file', 'upload'],
  ['till', 'refresh-cw'],
  ['hand', 'pencil'],
] as const satisfies readonly (readonly [string, IconName])[];

/** Four roads to a shelf, and how far it is. */
export function ProductsStep({ beginning, locale }: StepProps) {
  const t = texts(locale, 'onboarding');
  const { slug, productsReady, productsWaiting, source } = beginning;
  return (
    <>
      <p className="flex flex-wrap items-center gap-3">
        <Tag colour={productsReady >= LEAST_PRODUCTS ? 'green' : 'honey'}>
          {t('products.count', { ready: productsReady, least: LEAST_PRODUCTS })}
        </Tag>
        {productsWaiting > 0 && (
          <span className="text-base">
            {t('products.waiting', { count: productsWaiting })} <a href={`/merchant/${slug}/products/missing`}>{t('products.fix')}</a>
          </span>
        )}
      </p>
      <form action={chooseSourceAction} className="grid gap-3" aria-label={t('products.how')}>
        <input type="hidden" name="shop" value={slug} />
        <p className="text-lg font-semibold">{t('products.how')}</p>
        <ul className="grid gap-3 md:grid-cols-2">
          {sources.map(([key, icon]) => (
            <li key={key} className="radio-card !grid content-between gap-3">
              <div className="grid gap-1">
                <p className="flex items-center gap-2 font-semibold">
                  <Icon name={icon} />
                  {t(`products.${key}.title`)}
                </p>
                <p className="text-base text-ink-soft">{t(`products.${key}.text`)}</p>
              </div>
              <SubmitButton
                className={key === (source ?? 'scan') ? 'btn btn-primary min-h-[56px]' : 'btn btn-secondary min-h-[56px]'}
                name="source"
                value={key}
              >
                {t(`products.${key}.go`)}
              </SubmitButton>
            </li>
          ))}
        </ul>
      </form>
    </>
  );
}

/** The account at the payment provider: the way there, the provider's form once it is asked for, or how it stands. */
export function AccountBox({ beginning, locale, isFilling }: StepProps & { readonly isFilling: boolean }) {
  const t = texts(locale, 'onboarding');
  const { account } = beginning.money;
  const place = { at: 'start', slug: beginning.slug } as const;
  const how = onboardingFormKey() === undefined ? 'account.text' : 'account.form.text';
  return (
    <div className="fields-title grid max-w-[620px] gap-3">
      <h3 className="text-lg">{t('account.title')}</h3>
      <p className="text-base text-ink-soft">{account === 'none' ? t(how) : t(`account.${account}`)}</p>
      {account !== 'enabled' && isFilling && <AccountForm {...place} locale={locale} />}
      {account !== 'enabled' && !isFilling && (
        <ToAccount {...place} className="btn btn-secondary min-h-[64px]">
          <Icon name="hand-coins" />
          {t('account.open')}
        </ToAccount>
      )}
    </div>
  );
}
