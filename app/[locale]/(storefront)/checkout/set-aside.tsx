import { FieldGroup } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { VisuallyHidden } from '@/components/ui/tag';
import type { CheckoutView } from '@/lib/checkout/views';
import { formatMoney, moneyOf, type Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Where a shop sets things aside: pay there when fetching, or now. Each a second button of the order's form, so that nothing typed is lost. */
export function SetAside({ page, locale }: { readonly page: CheckoutView; readonly locale: Locale }) {
  if (page.setAside.length === 0) return null;
  const t = texts(locale, 'checkout');
  return (
    <FieldGroup legend={t('setAside.legend')}>
      <ul className="grid gap-3">
        {page.setAside.map(({ shopId, shopName, totalMinor, isChosen, isOnlyThere }) => {
          const values = { shop: shopName, amount: formatMoney(moneyOf(totalMinor, page.basket.currency), locale) };
          return (
            <li key={shopId} className="panel flex flex-wrap items-center gap-x-5 gap-y-3 px-[18px] py-3.5">
              <Icon name={isChosen ? 'store' : 'credit-card'} className="text-xl text-baltard" />
              <p className="min-w-[14rem] flex-1">{t(isChosen ? 'setAside.chosen' : 'setAside.text', values)}</p>
              {!isOnlyThere && (
                <button
                  type="submit"
                  className="btn btn-secondary"
                  name="intent"
                  value={`${isChosen ? 'pay-before' : 'set-aside'}:${shopId}`}
                >
                  {t(isChosen ? 'setAside.back' : 'setAside.choose')}
                  <VisuallyHidden>{t('setAside.hidden', { shop: shopName })}</VisuallyHidden>
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </FieldGroup>
  );
}
