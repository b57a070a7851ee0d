import { SellerIdentity, TraderTag } from '@/components/commerce/seller-identity';
import type { Showing } from '@/components/commerce/showing';
import { Icon } from '@/components/ui/icon';
import type { ListingView, SellerView } from '@/lib/catalogue/views';
import { pathTo } from '@/lib/kernel';
import { texts } from '@/lib/texts';

type TrustBlockProps = { readonly listing: ListingView; readonly sellers: readonly SellerView[]; readonly showing: Showing };

function withdrawalWords(listing: ListingView, sellers: readonly SellerView[], locale: Showing['locale']): string {
  const t = texts(locale, 'listing');
  const reason = listing.withdrawalException;
  if (reason === 'perishable' || reason === 'sealed-hygiene' || reason === 'sealed-recording' || reason === 'custom')
    return t(`trust.exception.${reason}`);
  return t('trust.withdrawal', { days: Math.min(...sellers.map((seller) => seller.returnDays), 365) });
}

/** Who sells (each shop, all of its identity), returns, guarantees, paying and receiving, complaints (OP-03, OP-51, ME-01). */
export function TrustBlock({ listing, sellers, showing }: TrustBlockProps) {
  const { locale } = showing;
  const t = texts(locale, 'listing');
  const distinct = sellers.filter((seller, index) => sellers.findIndex((one) => one.shopSlug === seller.shopSlug) === index);
  return (
    <section aria-labelledby="droits" data-testid="trust" className="grid gap-4">
      <h2 id="droits" className="text-xl">
        {t('trust.title')}
      </h2>
      <p>{t('trust.contract')}</p>
      <div>
        {distinct.map((seller) => (
          <details key={seller.shopSlug} className="disclosure" name="seller">
            <summary>
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                {t('trust.identity', { shop: seller.shopName })}
                <TraderTag seller={seller} {...showing} />
              </span>
              <Icon name="chevron-down" />
            </summary>
            <SellerIdentity seller={seller} {...showing} />
          </details>
        ))}
      </div>
      <dl className="grid gap-3 [&_dt]:font-semibold [&_dd]:text-md [&_dd]:text-ink-soft">
        {sellers.length > 0 && (
          <div>
            <dt>{t('trust.withdrawalTitle')}</dt>
            <dd>{withdrawalWords(listing, sellers, locale)}</dd>
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
    </section>
  );
}
