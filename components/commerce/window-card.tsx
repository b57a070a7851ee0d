import { Icon } from '@/components/ui/icon';
import { Still } from '@/components/ui/still';
import { pathTo } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';
import { Awning } from './awning';
import { OpenTag, type ShopCardView } from './shop-card';
import type { Showing } from './showing';

/** A shop one looks into and walks to: its hours, its telephone, the way there. `number` is its own on the map beside the list. */
export function WindowCard({ shop, number, ...showing }: Showing & { shop: ShopCardView; number?: number }) {
  const { locale } = showing;
  const t = texts(locale, 'shop');
  const common = texts(locale, 'common');
  return (
    <article className="shop-card is-window">
      <Awning awning={shop.awning} />
      <div className="shop-card-body">
        <h3>
          {number !== undefined && (
            <span className={shop.open.isOpen ? 'map-number' : 'map-number is-closed'} aria-hidden="true">
              {number}
            </span>
          )}
          <a href={pathTo(locale, 'shop', { slug: shop.slug })}>{shop.name}</a>
        </h3>
        <p className="text-ink-soft">
          {shop.trade}, {shop.street}
          {shop.walkingMinutes !== undefined && `, ${common('promise.walk', { minutes: shop.walkingMinutes })}`}
        </p>
        <p className="mt-1">
          <OpenTag open={shop.open} {...showing} />
        </p>
        <p className="window-ways">
          <a href={`tel:${shop.phone.replace(/\s/g, '')}`} aria-label={t('callShop', { shop: shop.name, phone: shop.phone })}>
            <Icon name="phone" />
            {shop.phone}
          </a>
          <a href={shop.directions} rel="external noopener" aria-label={t('directionsTo', { shop: shop.name })}>
            <Icon name="navigation" />
            {t('directions')}
          </a>
        </p>
      </div>
    </article>
  );
}

/** Shops with too little on their shelf for the grid, side by side. */
export function WindowGrid({ shops, ...showing }: Showing & { shops: readonly ShopCardView[] }) {
  return (
    <Still as="ul" className="shop-grid is-filled">
      {shops.map((shop) => (
        <li key={shop.slug}>
          <WindowCard shop={shop} {...showing} />
        </li>
      ))}
    </Still>
  );
}
