import type { OfferId } from '@/lib/kernel';
import { chanceOf } from './chance';
import type { SeedProduct, SeedVariant } from './product';
import type { seedIds } from './seed-ids';
import { shelfPrice } from './shop-prices';
import type { SeedShop } from './shops';
import { cell, readRows } from './source-files';

export type SeedOffer = {
  readonly id: OfferId;
  readonly shop: SeedShop;
  readonly product: SeedProduct;
  readonly variant: SeedVariant;
  readonly merchantSku: string;
  readonly priceMinor: number;
  readonly onHand: number;
  readonly shelf: string | undefined;
};

/** An offer the pages of the mock-ups need: price, units and shelf as drawn there. */
type Pinned = { readonly priceMinor: number; readonly onHand: number; readonly shelf: string };

function readPinned(): ReadonlyMap<string, Pinned> {
  return new Map(
    readRows('vocabulary/pinned-offers.tsv').map((row) => [
      `${cell(row, 'shop')}|${cell(row, 'title').replace(/\u00a0/g, ' ')}`,
      { priceMinor: Number(cell(row, 'priceMinor')), onHand: Number(cell(row, 'onHand')), shelf: cell(row, 'shelf') },
    ]),
  );
}

/** Units on the shelf: some none, some the last one or two, dear things few, weighed goods in grams and ribbon in millimetres. */
function unitsOf(product: SeedProduct, seed: string, name: string): number {
  const chance = chanceOf(seed, 'units', name);
  if (chance.isBelow(0.05)) return 0;
  if (product.isOneOff) return 1;
  if (product.salesUnit === 'gram') return chance.between(4, 120) * 100;
  if (product.salesUnit === 'millimetre') return chance.between(20, 400) * 100;
  if (chance.isBelow(0.12)) return chance.between(1, 2);
  if (product.basePriceMinor > 10_000) return chance.between(1, 4);
  if (product.basePriceMinor > 3_000) return chance.between(2, 9);
  return chance.between(4, 36);
}

const places = ['Allée', 'Rayon', 'Étagère', 'Tiroir', 'Réserve'] as const;

/** Shops of one network that share a range decide together, so their offers meet on the same pages. */
function carries(seed: string, shop: SeedShop, product: SeedProduct, share: number): boolean {
  if (shop.network === undefined) return chanceOf(seed, 'carries', shop.key, product.key).isBelow(share);
  const shared = chanceOf(seed, 'carries', shop.network, product.key).isBelow(share * 1.1);
  return shared && chanceOf(seed, 'carries', shop.key, product.key).isBelow(shop.network === 'branch' ? 0.85 : 0.75);
}

/** The one shop that has a one-off piece, among the shops of its trade. */
function keeperOf(seed: string, shops: readonly SeedShop[], product: SeedProduct): SeedShop | undefined {
  const trade = product.leaf === 'ceramiques' ? 'ceramique' : product.leaf.startsWith('vinyles') ? 'disquaire' : 'reemploi';
  const candidates = shops.filter((shop) => shop.trade === trade);
  return candidates.length > 0 ? chanceOf(seed, 'keeper', product.key).pick(candidates) : undefined;
}

function priceOf(seed: string, shop: SeedShop, product: SeedProduct): number {
  if (product.hasFixedPrice) return product.basePriceMinor;
  const noise = shop.network === 'branch' ? 1 : 0.95 + 0.11 * chanceOf(seed, 'price', shop.key, product.key).next();
  return shelfPrice(product.basePriceMinor * shop.priceLevel * noise, shop.priceStyle);
}

/** Every shop's offers: overlapping assortments, own prices, own codes. Same seed, same offers. */
export function buildOffers(
  seed: string,
  ids: ReturnType<typeof seedIds>,
  shops: readonly SeedShop[],
  products: readonly SeedProduct[],
): readonly SeedOffer[] {
  const pinned = readPinned();
  const byLeaf = Map.groupBy(
    products.filter((product) => !product.isOneOff),
    (product) => product.leaf,
  );
  const oneOffs = Map.groupBy(
    products.filter((product) => product.isOneOff),
    (product) => keeperOf(seed, shops, product)?.key,
  );
  return shops.flatMap((shop) => {
    const shares = new Map(shop.tradeFacts.assortment.map(({ leaf, share }) => [leaf, share]));
    const pinnedHere = products.filter((product) => !product.isOneOff && pinned.has(pinKey(shop, product)) && !shares.has(product.leaf));
    const usual = [...shares].flatMap(([leaf, share]) =>
      (byLeaf.get(leaf) ?? []).filter((product) => pinned.has(pinKey(shop, product)) || carries(seed, shop, product, share)),
    );
    let counter = 1_000;
    return [...usual, ...pinnedHere, ...(oneOffs.get(shop.key) ?? [])].flatMap((product) => {
      const pin = pinned.get(pinKey(shop, product));
      const priceMinor = pin?.priceMinor ?? priceOf(seed, shop, product);
      return product.variants
        .filter((variant) => variant.label === undefined || chanceOf(seed, 'size', shop.key, product.key, variant.key).isBelow(0.82))
        .map((variant): SeedOffer => {
          const name = `${shop.key}|${product.key}|${variant.key}`;
          const chance = chanceOf(seed, 'shelf', name);
          counter += 1;
          return {
            id: ids('offer', name),
            shop,
            product,
            variant,
            merchantSku: `${shop.key.slice(0, 3).toUpperCase()}-${counter}`,
            priceMinor,
            onHand: pin?.onHand ?? unitsOf(product, seed, name),
            shelf: pin?.shelf ?? (chance.isBelow(0.55) ? `${chance.pick(places)} ${chance.between(1, 24)}` : undefined),
          };
        });
    });
  });
}

function pinKey(shop: SeedShop, product: SeedProduct): string {
  return `${shop.key}|${product.title.replace(/\u00a0/g, ' ')}`;
}
