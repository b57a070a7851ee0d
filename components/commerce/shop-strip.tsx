import { Still } from '@/components/ui/still';
import { pathTo } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';
import type { ShopCardView } from './shop-card';
import { ShopCard } from './shop-card';
import type { Showing } from './showing';

/** A row of shops that scrolls by hand; nothing moves by itself. */
export function ShopStrip({ shops, label, id, ...showing }: Showing & { shops: readonly ShopCardView[]; label: string; id: string }) {
  return (
    <Still as="ul" className="strip" id={id} tabIndex={0} aria-label={label}>
      {shops.map((shop) => (
        <li key={shop.slug}>
          <ShopCard shop={shop} {...showing} />
        </li>
      ))}
    </Still>
  );
}

/** Shops as a grid that fills its rows. */
export function ShopGrid({ shops, ...showing }: Showing & { shops: readonly ShopCardView[] }) {
  return (
    <Still as="ul" className="shop-grid">
      {shops.map((shop) => (
        <li key={shop.slug}>
          <ShopCard shop={shop} {...showing} />
        </li>
      ))}
    </Still>
  );
}

/** Shops as cards; the place that is left in the last row is the next shop's. */
export function FilledShopGrid({ shops, ...showing }: Showing & { shops: readonly ShopCardView[] }) {
  const t = texts(showing.locale, 'home');
  return (
    <Still as="ul" className="shops-filled">
      {shops.map((shop) => (
        <li key={shop.slug}>
          <ShopCard shop={shop} {...showing} />
        </li>
      ))}
      <li className="next-shop">
        <b>{t('opening.next')}</b>
        <span className="flex flex-wrap gap-x-5">
          <a href={pathTo(showing.locale, 'propose')}>{t('soon.proposeAction')}</a>
          <a href={pathTo(showing.locale, 'join')}>{texts(showing.locale, 'common')('footer.join')}</a>
        </span>
      </li>
    </Still>
  );
}
