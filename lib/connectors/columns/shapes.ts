import type { ColumnMapping, Field } from './fields';
import { foldWords } from './fold-words';

/**
 * How rows belong together: each by itself, by a shared key, under the last row that had a title, or by naming a parent row that may
 * stand anywhere.
 */
export type Grouping = 'none' | 'key' | 'blank-title' | 'parent';

/** The export of a known program, told by its headings. */
type Shape = {
  readonly name: string;
  /** Folded headings that must all be there. */
  readonly headings: readonly string[];
  readonly grouping: Grouping;
  /** Headings that mean something else here than elsewhere. */
  readonly columns: Readonly<Record<string, Field>>;
};

/** Most telling first. Names of programs are those of their makers. */
const shapes: readonly Shape[] = [
  {
    name: 'shopify',
    headings: ['handle', 'title', 'variant price'],
    grouping: 'key',
    columns: {
      type: 'category',
      status: 'published',
      published: 'ignored',
      'google shopping mpn': 'ignored',
      'cost per item': 'costPrice',
    },
  },
  {
    name: 'shopify',
    headings: ['url handle', 'title', 'option1 name', 'price'],
    grouping: 'key',
    columns: { type: 'category', status: 'published', 'published on online store': 'ignored' },
  },
  {
    name: 'medusa',
    headings: ['product handle', 'product title', 'variant title'],
    grouping: 'key',
    columns: { 'product id': 'ignored', 'variant id': 'rowId', 'product weight': 'ignored' },
  },
  {
    name: 'woocommerce',
    headings: ['type', 'sku', 'name', 'regular price'],
    grouping: 'parent',
    columns: { type: 'rowType', 'in stock': 'availability', stock: 'quantity', status: 'published', id: 'rowId', position: 'ignored' },
  },
  {
    name: 'woocommerce',
    headings: ['type', 'ugs', 'nom', 'tarif regulier'],
    grouping: 'parent',
    columns: {
      type: 'rowType',
      'en stock': 'availability',
      stock: 'quantity',
      'tarif promo': 'salePrice',
      id: 'rowId',
      parent: 'parentKey',
    },
  },
  {
    name: 'woocommerce',
    headings: ['typ', 'artikelnummer', 'name', 'regularer preis'],
    grouping: 'parent',
    columns: {
      typ: 'rowType',
      vorratig: 'availability',
      'auf lager': 'availability',
      lager: 'quantity',
      lagerbestand: 'quantity',
      id: 'rowId',
    },
  },
  {
    name: 'woocommerce',
    headings: ['tipo', 'sku', 'nombre', 'precio normal'],
    grouping: 'parent',
    columns: { tipo: 'rowType', 'hay existencias': 'availability', 'en inventario': 'availability', inventario: 'quantity', id: 'rowId' },
  },
  {
    name: 'woocommerce',
    headings: ['tipo', 'sku', 'nome', 'prezzo di listino'],
    grouping: 'parent',
    columns: { tipo: 'rowType', 'in stock': 'availability', magazzino: 'quantity', id: 'rowId' },
  },
  { name: 'vendure', headings: ['optiongroups', 'sku', 'price', 'stockonhand'], grouping: 'blank-title', columns: { slug: 'ignored' } },
  {
    name: 'prestashop',
    headings: ['product id', 'options group value'],
    grouping: 'key',
    columns: { 'product id': 'productKey', price: 'ignored' },
  },
  {
    name: 'prestashop',
    headings: ['tax rules id', 'wholesale price', 'on sale 0 1'],
    grouping: 'none',
    columns: { id: 'rowId', 'product id': 'rowId', 'unit price': 'ignored' },
  },
  {
    name: 'prestashop',
    headings: ['product id', 'attribute name type position'],
    grouping: 'key',
    columns: { 'product id': 'productKey' },
  },
  {
    name: 'google',
    headings: ['id', 'title', 'link', 'price', 'availability'],
    grouping: 'key',
    columns: { id: 'sku', 'product type': 'category', availability: 'availability', mpn: 'ignored' },
  },
  {
    name: 'square',
    headings: ['token', 'item name', 'variation name'],
    grouping: 'key',
    columns: { token: 'rowId', 'item name': 'title', 'reference handle': 'productKey' },
  },
  {
    name: 'lightspeed',
    headings: ['handle', 'sku', 'retail price', 'product category'],
    grouping: 'key',
    columns: { id: 'rowId', 'tax value': 'vatRate', 'tax name': 'ignored' },
  },
  {
    name: 'lightspeed',
    headings: ['system id', 'item', 'custom sku'],
    grouping: 'none',
    columns: { 'system id': 'rowId', 'custom sku': 'sku' },
  },
  { name: 'zettle', headings: ['name', 'variant', 'barcode', 'in stock'], grouping: 'blank-title', columns: { 'in stock': 'quantity' } },
  {
    name: 'zettle',
    headings: ['nom', 'variante', 'code barres', 'en stock'],
    grouping: 'blank-title',
    columns: { 'en stock': 'quantity' },
  },
  {
    name: 'hiboutik',
    headings: ['product model', 'product barcode'],
    grouping: 'none',
    columns: { 'product model': 'title', 'product id': 'rowId' },
  },
  {
    name: 'odoo',
    headings: ['internal reference', 'sales price'],
    grouping: 'none',
    columns: { 'sales price': 'price', 'external id': 'rowId', id: 'rowId' },
  },
  {
    name: 'odoo',
    headings: ['default code', 'list price'],
    grouping: 'none',
    columns: { 'list price': 'price', 'standard price': 'costPrice' },
  },
  {
    name: 'odoo',
    headings: ['reference interne', 'prix de vente'],
    grouping: 'none',
    columns: { 'prix de vente': 'price', cout: 'costPrice', 'id externe': 'rowId' },
  },
];

/** The program whose export has these headings, if we know it. */
export function recogniseShape(header: readonly string[]): Shape | undefined {
  const names = new Set(header.map(foldWords));
  return shapes.find(({ headings }) => headings.every((heading) => names.has(heading)));
}

/** Whether a mapping still has what a shape's grouping needs: a person may have said otherwise. */
export function isShapeGrouping({ grouping }: Shape, mapping: ColumnMapping): boolean {
  if (grouping === 'key') return mapping.includes('productKey');
  if (grouping === 'parent') return mapping.includes('parentKey') || mapping.includes('rowType');
  return true;
}
