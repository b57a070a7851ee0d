import { MerchantIdentity, TraderTag } from '@/components/commerce/merchant-identity';
import type { Showing } from '@/components/commerce/showing';
import { Icon } from '@/components/ui/icon';
import { Still } from '@/components/ui/still';
import type { ListingView, MerchantView } from '@/lib/catalogue/views';
import { pathTo } from '@/lib/kernel';
import { texts } from '@/lib/texts';

type TrustBlockProps = { readonly listing: ListingView; readonly merchants: readonly MerchantView[]; readonly showing: Showing };

function withdrawalWords(listing: ListingView, merchants: readonly MerchantView[], locale: Showing['locale']): string {
  const t = texts(locale, 'listing');
  const reason = listing.withdrawalException;
  if (reason === 'perishable' || reason === 'sealed-hygiene' || reason === 'sealed-recording' || reason === 'custom')
    return t(`trust.exception.${reason}`);
  return t('trust.withdrawal', { days: Math.min(...merchants.map((merchant) => merchant.returnDays), 365) });
}

/** Who sells (each shop, all of its identity), returns, guarantees, paying and receiving, complaints (OP-03, OP-51, ME-01). */
export function TrustBlock({ listing, merchants, showing }: TrustBlockProps) {
  const { locale } = showing;
  const t = texts(locale, 'listing');
  const distinct = merchants.filter((merchant, index) => merchants.findIndex((one) => one.shopSlug === merchant.shopSlug) === index);
  return (
    <Still as="section" aria-labelledby="droits" data-testid="trust" className="grid gap-4">
      <h2 id="droits" className="text-xl">
        {t('trust.title')}
      </h2>
      <p>{t('trust.contract')}</p>
      <div>
        {distinct.map((merchant) => (
          <details key={merchant.shopSlug} className="disclosure" name="merchant">
            <summary>
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                {t('trust.identity', { shop: merchant.shopName })}
                <TraderTag merchant={merchant} {...showing} />
              </span>
              <Icon name="chevron-down" />
            </summary>
            <MerchantIdentity merchant={merchant} {...showing} />
          </details>
        ))}
      </div>
      <dl className="grid gap-3 [&_dt]:font-semibold [&_dd]:text-md [&_dd]:text-ink-soft">
        {merchants.length > 0 && (
          <div>
            <dt>{t('trust.withdrawalTitle')}</dt>
            <dd>{withdrawalWords(listing, merchants, locale)}</dd>
          </div>
        )}
        <div>
          <dt>{t('trust.guaranteeTitle')}</dt>
          <dd>{t('trust.guarantee')}</dd>
        </div>
        <div>
          <dt>{t('trust.paymentTitle')}</dt>
          <dd>{t('trust.payment')}</dd>
        </div>
      </dl>
      <p className="text-md text-ink-soft">
        {t('trust.complaint')}{' '}
        <a href={pathTo(locale, 'report', {}, { page: pathTo(locale, 'listing', { slugId: listing.slugId }) })}>{t('report')}</a>
      </p>
    </Still>
  );
}
