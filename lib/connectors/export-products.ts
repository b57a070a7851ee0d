import { sql } from 'drizzle-orm';
import { listings, offers, products, stockLevels, variants } from '@/db/schema';
import type { Responsible } from '@/lib/catalogue';
import type { OfferId, ShopScope } from '@/lib/kernel';
import { printedGtin } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { csvCell } from './csv-cell';

const PIECE = 1_000;
/** What the law wants shown, by headings the import knows. */
const responsible = ['Manufacturer', 'Responsible person'] as const;
const attributes = ['Ingredients', 'Allergens', 'Origin', 'Material'] as const;
const heading = [
  'SKU',
  'Title',
  'Variant',
  'Brand',
  'GTIN',
  'Price incl tax',
  'Currency',
  'Quantity',
  'Published',
  'Condition',
  'Description',
  ...responsible.flatMap((name) => [`${name} name`, `${name} address`, `${name} email`]),
  'Warnings',
  ...attributes,
];

type Row = {
  id: OfferId;
  sku: string;
  title: string;
  label: string | null;
  brand: string | null;
  gtin: string | null;
  price: string;
  currency: string;
  on_hand: number | null;
  active: boolean;
  condition: string;
  description: string | null;
  manufacturer: Responsible | null;
  responsible: Responsible | null;
  warnings: string | null;
  attributes: Readonly<Record<string, string>>;
};

/** Cents as "12.50". */
const amount = (minor: number): string => `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;

const cellsOf = (row: Row): readonly string[] => [
  row.sku,
  row.title,
  row.label ?? '',
  row.brand ?? '',
  printedGtin(row.gtin ?? ''),
  amount(Number(row.price)),
  row.currency,
  row.on_hand === null ? '' : String(row.on_hand),
  row.active ? '1' : '0',
  row.condition,
  row.description ?? '',
  ...[row.manufacturer, row.responsible].flatMap((one) => [one?.name ?? '', one?.address ?? '', one?.email ?? '']),
  row.warnings ?? '',
  ...attributes.map((name) => row.attributes[name.toLowerCase()] ?? ''),
];

/** All of a shop's offers with their words and counts, as a CSV in pieces; the headings are those the import knows. */
export async function* exportProducts(scope: ShopScope): AsyncGenerator<string> {
  yield `\uFEFF${heading.join(';')}\r\n`;
  for (let after = ''; ;) {
    const rows = await reader().execute<Row>(sql`
      select o.id, o.merchant_sku as sku, p.title, v.label, p.brand, v.gtin, o.price_minor as price, o.currency, o.is_active as active, o.condition,
        p.description, p.manufacturer, p.responsible_person as responsible, p.warnings, p.attributes, (select sum(s.on_hand)::int from ${stockLevels} s where s.offer_id = o.id) as on_hand
      from ${offers} o join ${listings} l on l.id = o.listing_id join ${variants} v on v.id = l.variant_id join ${products} p on p.id = v.product_id
      where o.shop_id = ${scope.shopId} and o.id > ${after} order by o.id limit ${PIECE}`);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    yield rows.map((row) => `${cellsOf(row).map(csvCell).join(';')}\r\n`).join('');
  }
}
