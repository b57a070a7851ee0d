import { Icon } from '@/components/ui/icon';
import { Tag } from '@/components/ui/tag';
import { formatDay, formatTime, pathTo, type Instant } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';
import { Awning } from './awning';
import type { Showing } from './showing';

/** Open or not, and when that changes next; `backAt` while somebody is away for a moment. */
export type OpenState = { readonly isOpen: boolean; readonly changesAt: Instant | undefined; readonly backAt?: Instant | undefined };

export type ShopCardView = {
  readonly slug: string;
  readonly name: string;
  readonly trade: string;
  readonly street: string;
  readonly phone: string;
  /** Opens the map of the phone. */
  readonly directions: string;
  readonly awning: number;
  readonly open: OpenState;
  readonly walkingMinutes: number | undefined;
  /** Products one can order here now. */
  readonly productCount: number;
};

const SOON_MS = 45 * 60_000;
const LEAST_IN_GRID = 10;

/** Too little on the shelf for a card in the grid: a window card says when it is open, what its number is and where. */
export function isWindow({ productCount }: Pick<ShopCardView, 'productCount'>): boolean {
  return productCount < LEAST_IN_GRID;
}

/** `De retour à 14 h 15`, `Ouvert jusqu'à 19 h`, `Ferme à 18 h 30`, `Fermé, ouvre demain à 9 h`. */
export function openText(open: OpenState, { locale, now, timeZone }: Showing): string {
  const t = texts(locale, 'common');
  if (open.backAt !== undefined) return t('shop.backAt', { time: formatTime(open.backAt, locale, timeZone) });
  if (open.changesAt === undefined) return t('shop.closedForLong');
  const time = formatTime(open.changesAt, locale, timeZone);
  if (!open.isOpen) return t('shop.closedUntil', { day: formatDay(open.changesAt, now, locale, timeZone), time });
  return open.changesAt - now <= SOON_MS ? t('shop.closingSoon', { time }) : t('shop.openUntil', { time });
}

/** Green when open, honey in the last three quarters of an hour and while somebody is away for a moment, plain when closed. */
export function OpenTag({ open, ...showing }: Showing & { open: OpenState }) {
  const isClosing = open.changesAt !== undefined && open.changesAt - showing.now <= SOON_MS;
  const soon = open.isOpen && (isClosing || open.backAt !== undefined);
  return (
    <Tag colour={open.isOpen ? (soon ? 'honey' : 'green') : 'neutral'}>
      <Icon name="clock" />
      {openText(open, showing)}
    </Tag>
  );
}

/** A shop in a list: awning, name, what it sells, where, open or not. */
export function ShopCard({ shop, ...showing }: Showing & { shop: ShopCardView }) {
  const { locale } = showing;
  const t = texts(locale, 'common');
  const home = texts(locale, 'shop');
  return (
    <article className="shop-card">
      <Awning awning={shop.awning} />
      <div className="shop-card-body">
        <h3>
          <a href={pathTo(locale, 'shop', { slug: shop.slug })}>{shop.name}</a>
        </h3>
        <p className="text-ink-soft">
          {shop.trade}, {shop.street}
          {shop.walkingMinutes !== undefined && (
            <>
              , <span className="whitespace-nowrap">{t('promise.walk', { minutes: shop.walkingMinutes })}</span>
            </>
          )}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-2">
          <OpenTag open={shop.open} {...showing} />
          {shop.productCount > 0 && <span className="text-sm text-ink-soft">{home('products', { count: shop.productCount })}</span>}
        </p>
      </div>
    </article>
  );
}
