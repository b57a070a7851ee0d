import { PayButtonLive } from '@/components/commerce/pay-button-live';
import { costText } from '@/components/commerce/price';
import { methodIcon } from '@/components/commerce/promise';
import type { Showing } from '@/components/commerce/showing';
import { Icon } from '@/components/ui/icon';
import { quantityText } from '@/app/_text/quantity-text';
import type { BasketGroupView } from '@/lib/basket/views';
import { offeredRescueWishes, type CheckoutView, type MerchantView } from '@/lib/checkout/views';
import { formatDate, formatMoney, minor, moneyOf, type Locale, type Minor } from '@/lib/kernel';
import { methodText, promisePlace, texts } from '@/lib/texts';

/**
 * The recap per shop, the total, the button: in this order and with nothing between, as the law wants what is bought and what it costs
 * directly above the button (BO-01), and on the button only its words (BO-02).
 */
export function CheckoutSlate({ page, showing }: { page: CheckoutView; showing: Showing }) {
  const { locale } = showing;
  const t = texts(locale, 'checkout');
  const { basket } = page;
  const inShop = minor(basket.totalMinor - page.toPayMinor);
  const money = (amount: Minor) => formatMoney(moneyOf(amount, basket.currency), locale);
  return (
    <section className="slate slate-of-order" aria-labelledby="recap">
      <h2 id="recap">{t('recap.title')}</h2>
      <p className="slate-note mb-4">
        <Icon name={page.isOnlySetAside ? 'store' : 'credit-card'} />
        <span>
          {isPaidByVouchers(page) ? texts(locale, 'wallet')('nothingLeft') : t(page.isOnlySetAside ? 'secureSetAside' : 'secure')}
        </span>
      </p>
      <ul className="recap" data-testid="recap">
        {basket.groups.map((group) => (
          <ShopRecap
            key={group.shop.shopId}
            group={group}
            merchant={merchantOf(page, group)}
            isSetAside={page.setAside.some(({ shopId, isChosen }) => isChosen && shopId === group.shop.shopId)}
            showing={showing}
          />
        ))}
      </ul>
      <p className="recap-wish">
        {(page.isOnlySetAside ? [] : offeredRescueWishes).map((wish) => (
          <span key={wish} className={`wish-${wish}`}>
            {t('recap.rescue', { wish: t(`rescue.short.${wish}`) })}
          </span>
        ))}
      </p>
      <dl className="slate-total" data-testid="total">
        {inShop > 0 && (
          <>
            <dt className="recap-soft">{t('setAside.inShop')}</dt>
            <dd className="recap-soft">{money(inShop)}</dd>
          </>
        )}
        <dt>{t(page.isOnlySetAside ? 'total.free' : inShop > 0 ? 'total.now' : 'total.label')}</dt>
        <dd>{money(page.toPayMinor)}</dd>
      </dl>
      <PaidByVouchers page={page} locale={locale} />
      <PayButtonLive>{t(page.isOnlySetAside ? 'buttonSetAside' : 'button')}</PayButtonLive>
    </section>
  );
}

/** Vouchers pay for all that is paid before: no card is asked for. */
const isPaidByVouchers = ({ tenders, isOnlySetAside }: CheckoutView): boolean =>
  !isOnlySetAside && tenders.vouchers.length > 0 && tenders.cardMinor === 0;

/** What vouchers pay of the total, and what is left to the card; nothing where none was brought. */
function PaidByVouchers({ page, locale }: { page: CheckoutView; locale: Locale }) {
  const { tenders, basket } = page;
  if (tenders.vouchers.length === 0 || page.isOnlySetAside) return null;
  const t = texts(locale, 'wallet');
  const money = (amount: Minor) => formatMoney(moneyOf(amount, basket.currency), locale);
  return (
    <dl className="recap-vouchers" data-testid="by-card">
      <RecapRow label={t('byVouchers')} amount={money(tenders.paidMinor)} />
      <RecapRow label={t('byCard')} amount={money(tenders.cardMinor)} />
    </dl>
  );
}

const merchantOf = (page: CheckoutView, group: BasketGroupView) => page.merchants.find((merchant) => merchant.shopId === group.shop.shopId);

type ShopRecapProps = {
  readonly group: BasketGroupView;
  readonly merchant: MerchantView | undefined;
  readonly isSetAside: boolean;
  readonly showing: Showing;
};

function ShopRecap({ group, merchant, isSetAside, showing }: ShopRecapProps) {
  const { locale } = showing;
  const t = texts(locale, 'checkout');
  const { shop, promise, lines } = group;
  return (
    <li>
      <h3>{shop.name}</h3>
      <p className="recap-soft">{shop.street}</p>
      <MerchantLine group={group} merchant={merchant} locale={locale} />
      <dl>
        {lines.map((line) => (
          <RecapRow
            key={line.lineId}
            label={t('recap.lines', {
              quantity: quantityText(locale, line.quantity, line.salesUnit),
              title: [line.title, line.keyAttribute].filter((part) => part !== undefined).join(', '),
            })}
            amount={formatMoney(moneyOf(line.totalMinor), locale)}
          />
        ))}
        <RecapRow
          label={methodText(locale, promise.method)}
          amount={group.deliveryMinor === 0 ? t('recap.free') : costText(moneyOf(group.deliveryMinor), locale)}
        />
        <RecapRow label={t('recap.shopTotal', { shop: shop.name })} amount={formatMoney(moneyOf(group.totalMinor), locale)} />
      </dl>
      <p className="recap-when">
        <Icon name={methodIcon[promise.method]} />
        {promisePlace(locale, promise, showing)}
      </p>
      <p className="recap-soft">{isSetAside ? `${t('setAside.inShop')}, ${t('setAside.without')}` : returnsText(group, locale)}</p>
    </li>
  );
}

function RecapRow({ label, amount }: { label: string; amount: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{amount}</dd>
    </>
  );
}

/** `14 jours pour changer d’avis, sauf …, garantie légale de conformité 2 ans`. */
function returnsText(group: BasketGroupView, locale: Locale): string {
  const t = texts(locale, 'checkout');
  const without = group.lines.filter((line) => line.withdrawalException !== undefined);
  const parts = [
    without.length < group.lines.length && t('recap.returns', { days: group.shop.returnDays }),
    without.length > 0 && t('recap.noWithdrawal', { titles: without.map((line) => line.title).join(', ') }),
    t('recap.conformity'),
  ].filter((part) => part !== false);
  const text = parts.join(', ');
  return `${text.charAt(0).toLocaleUpperCase(locale)}${text.slice(1)}.`;
}

/** The legal form is part of most names already. */
function legalNameOf({ legalName, legalForm }: MerchantView): string {
  return legalName.endsWith(legalForm) ? legalName : `${legalName}, ${legalForm}`;
}

/** The trader behind the shop's name, since when we know who it is, and everything else in one tap. */
function MerchantLine({ group, merchant, locale }: { group: BasketGroupView; merchant: MerchantView | undefined; locale: Locale }) {
  const t = texts(locale, 'checkout');
  const name = merchant ? legalNameOf(merchant) : group.shop.merchantName;
  const verifiedAt = merchant?.verifiedAt ?? group.shop.verifiedAt;
  return (
    <>
      <p className="recap-soft">
        {t('recap.merchant', { merchant: name })}
        {verifiedAt !== undefined && `, ${t('recap.verified', { date: formatDate(verifiedAt, locale, 'UTC') })}`}
      </p>
      {merchant && (
        <details>
          <summary>
            {t('recap.identity')}
            <span className="sr-only">, {group.shop.name}</span>
          </summary>
          <p className="recap-soft">
            {merchant.address}. {t('recap.register')} {merchant.register} {merchant.registrationNumber}.
            {merchant.vatNumber !== undefined && ` ${t('recap.vat')} ${merchant.vatNumber}.`} {t('recap.email')} {merchant.email}.{' '}
            {t('recap.phone')} {merchant.phone}. {t('recap.mediator')} {merchant.mediatorName}.
          </p>
        </details>
      )}
    </>
  );
}
