import { Still } from '@/components/ui/still';
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
