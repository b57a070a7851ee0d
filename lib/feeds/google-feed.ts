import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { categories, listings, offers, products, shops, stockLevels, variants } from '@/db/schema';
import { energyLabelOf } from '@/lib/catalogue';
import type { Instant, ListingId, ShopId } from '@/lib/kernel';
import { pathTo, printedGtin } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';

export const feedFiles = ['products.xml', 'local-inventory.xml'] as const;
export type FeedFile = (typeof feedFiles)[number];

/** Which feed, of one shop or of the whole city. */
export type FeedWish = { readonly file: FeedFile; readonly shopId: ShopId | undefined };

const PIECE = 1_000;

type Row = {
  id: ListingId;
  slug: string;
  title: string;
  brand: string | null;
  gtin: string | null;
  description: string | null;
  category: string;
  product: string;
  price: string;
  currency: string;
  condition: string;
  shop: string;
  available: boolean;
  gates: readonly string[];
  attributes: Readonly<Record<string, string>>;
};

/** Signs that mean something in XML, and those it cannot hold at all. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const tag = (name: string, value: string | null | undefined): string =>
  value === null || value === undefined || value === '' ? '' : `<g:${name}>${escaped(value)}</g:${name}>`;

/** Cents as "12.50 EUR". */
const amount = ({ price, currency }: Row): string => `${(Number(price) / 100).toFixed(2)} ${currency}`;
const availability = ({ available }: Row): string => (available ? 'in_stock' : 'out_of_stock');

/** The number in the register of energy labels: class and scale are read there, and are not said twice. Source: Google's `certification`. */
function energyLabel({ gates, attributes }: Row, now: Instant): string {
  const [, number] = /\/qr\/(\d+)$/.exec(energyLabelOf({ gates, attributes, now })?.sheet ?? '') ?? [];
  if (number === undefined) return '';
  return `<g:certification>${tag('certification_authority', 'EC')}${tag('certification_name', 'EPREL')}${tag('certification_code', number)}</g:certification>`;
}

/** One page: what it is, and what it costs where it costs least. */
function productItem(row: Row, now: Instant): string {
  const link = `${env().baseUrl}${pathTo('fr', 'listing', { slugId: `${row.slug}-${row.id}` })}`;
  const code = row.gtin === null ? undefined : printedGtin(row.gtin);
  return `<item>${tag('id', row.id)}${tag('title', row.title.slice(0, 150))}${tag('description', (row.description ?? row.title).slice(0, 5_000))}${tag('link', link)}${tag('availability', availability(row))}${tag('price', amount(row))}${tag('condition', row.condition)}${tag('brand', row.brand)}${tag('gtin', code)}${code === undefined && row.brand === null ? tag('identifier_exists', 'no') : ''}${tag('item_group_id', row.product)}${tag('product_type', row.category)}${energyLabel(row, now)}</item>\n`;
}

/** One page in one shop: whether it is there and for how much. Never how many: a word is enough, and a figure is the shop's own. */
const inventoryItem = (row: Row): string =>
  `<item>${tag('store_code', row.shop)}${tag('id', row.id)}${tag('availability', availability(row))}${tag('price', amount(row))}</item>\n`;

async function piece({ file, shopId }: FeedWish, after: string): Promise<readonly Row[]> {
  const ofShop: SQL = shopId === undefined ? sql`` : sql`and o.shop_id = ${shopId}`;
  const isPerShop = file === 'local-inventory.xml';
  return reader().execute<Row>(sql`
    with page as (
      select l.id from ${listings} l where l.id > ${after} and l.is_published
        and exists (select from ${offers} o where o.listing_id = l.id and o.is_active ${ofShop})
      order by l.id limit ${PIECE}
    ), offer as (
      select o.*, s.slug as shop, exists (select from ${stockLevels} k where k.offer_id = o.id and k.on_hand - k.reserved - k.allocated - k.safety_stock > 0) as available
      from ${offers} o join page on page.id = o.listing_id join ${shops} s on s.id = o.shop_id where o.is_active and s.level <> 'draft' ${ofShop}
    )
    select ${isPerShop ? sql`` : sql`distinct on (l.id)`} l.id, l.slug, l.title, l.brand, v.gtin, p.description, c.name ->> 'fr' as category, p.id as product,
      c.legal_gates as gates, p.attributes || v.attributes as attributes, offer.price_minor as price, offer.currency, offer.condition, offer.shop, offer.available
    from offer join ${listings} l on l.id = offer.listing_id join ${variants} v on v.id = l.variant_id
    join ${products} p on p.id = v.product_id join ${categories} c on c.id = l.category_id
    order by l.id, offer.available desc, offer.price_minor, offer.id`);
}

const head =
  '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Halles</title>';

/**
 * A feed as comparison sites read it (RSS 2.0 with the names of Google's product data specification), in pieces of a thousand pages.
 * Guarantees: only pages that are shown and offers that are on sale; stock as a word; every text is well-formed XML.
 */
export async function* googleFeed(wish: FeedWish, { clock }: Pick<Ports, 'clock'> = systemPorts): AsyncGenerator<string> {
  yield `${head}<link>${escaped(env().baseUrl)}</link><description>${wish.file === 'products.xml' ? 'Products' : 'Local inventory'}</description>\n`;
  const item = wish.file === 'products.xml' ? productItem : inventoryItem;
  for (let after = ''; ;) {
    const rows = await piece(wish, after);
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
    const now = clock.now();
    yield rows.map((row) => item(row, now)).join('');
  }
  yield '</channel></rss>\n';
}
