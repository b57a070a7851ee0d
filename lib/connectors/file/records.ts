import { LONGEST_CELL, MOST_COLUMNS } from './table';

/** A record whose fields have names: one object of a JSON file, one element of an XML file. */
export type NamedRecord = ReadonlyMap<string, string>;

/** Fields under these names hold the sizes and colours of a product: each becomes a row of its own. */
const variantFields =
  /^(variants?|variations?|combinations?|product_?variants?|skus|items|children|declinaisons|varianten|varianti|variantes)$/i;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const scalar = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

function put(fields: Map<string, string>, name: string, value: string): void {
  if (value === '' || (fields.size >= MOST_COLUMNS && !fields.has(name))) return;
  const before = fields.get(name);
  fields.set(name, (before === undefined || before === '' ? value : `${before}, ${value}`).slice(0, LONGEST_CELL + 1));
}

/** Writes an object's fields flat: `{price: {amount: 5}}` is `price.amount`. Lists of plain values are joined. */
function flatten(value: unknown, name: string, fields: Map<string, string>, depth = 0): void {
  const plain = scalar(value);
  if (plain !== undefined) {
    put(fields, name, plain.trim());
    return;
  }
  if (depth > 6) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 100)) flattenItem(item, name, fields, depth);
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) flatten(inner, name === '' ? key : `${name}.${key}`, fields, depth + 1);
  }
}

/** `[{name: 'Size', value: 'M'}]` is a column "Size"; `[{src: 'a.jpg'}]` is the list of addresses. */
function flattenItem(item: unknown, name: string, fields: Map<string, string>, depth: number): void {
  if (isObject(item)) {
    const label = scalar(item['name'] ?? item['option'] ?? item['key']);
    const value = scalar(item['value']);
    if (label !== undefined && value !== undefined) {
      put(fields, label, value);
      return;
    }
    const picture = scalar(item['src'] ?? item['url'] ?? item['image_url']);
    if (picture !== undefined) {
      put(fields, name, picture);
      return;
    }
  }
  flatten(item, name, fields, depth + 1);
}

/** The rows of one object: itself, or one for each of its variants with the product's own fields beside it. */
export function recordsOf(value: unknown): readonly NamedRecord[] {
  if (!isObject(value)) return [];
  const nested = Object.entries(value).find(([name, list]) => variantFields.test(name) && Array.isArray(list) && list.some(isObject));
  const own = new Map<string, string>();
  for (const [name, inner] of Object.entries(value)) if (name !== nested?.[0]) flatten(inner, name, own, 1);
  if (nested === undefined) return [own];
  const [field, list] = nested;
  return (Array.isArray(list) ? list : []).map((variant: unknown) => {
    const fields = new Map(own);
    const variantOwn = new Map<string, string>();
    flatten(variant, '', variantOwn);
    for (const [name, text] of variantOwn) fields.set(own.has(name) ? `${field}.${name}` : name, text);
    if (!fields.has(PRODUCT_KEY)) fields.set(PRODUCT_KEY, own.get('handle') ?? own.get('id') ?? own.get('sku') ?? own.get('title') ?? '');
    return fields;
  });
}

/** Column that says which rows came out of one object. */
const PRODUCT_KEY = 'item_group_id';

/** The longest list of objects anywhere in a document: the products, however deep they lie. */
export function longestList(document: unknown): readonly unknown[] {
  let best: readonly unknown[] = [];
  const look = (value: unknown, depth: number): void => {
    if (depth > 6) return;
    if (Array.isArray(value)) {
      // Lists inside a product (its variants) are not looked into: the products are the list outside.
      if (value.some(isObject) && value.length > best.length) best = value;
      return;
    }
    if (isObject(value)) for (const inner of Object.values(value)) look(inner, depth + 1);
  };
  look(document, 0);
  if (best.length > 0) return best;
  return isObject(document) ? keyedObjects(document) : [];
}

/** `{"123": {...}, "124": {...}}` is a list too; a single object is a list of one. */
function keyedObjects(document: Readonly<Record<string, unknown>>): readonly unknown[] {
  const values = Object.values(document);
  return values.length > 1 && values.every(isObject) ? values : [document];
}
