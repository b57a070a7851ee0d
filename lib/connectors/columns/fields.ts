import { attributeNames } from '@/lib/kernel';

/** What a column may mean. `netPrice` is without VAT, `price` with it. */
export const fields = [
  'title',
  'description',
  'shortDescription',
  'brand',
  'category',
  'gtin',
  'sku',
  'price',
  'netPrice',
  'salePrice',
  'costPrice',
  'currency',
  'vatRate',
  'quantity',
  'availability',
  'weight',
  'weightUnit',
  'image',
  'optionName1',
  'optionValue1',
  'optionName2',
  'optionValue2',
  'optionName3',
  'optionValue3',
  'optionNames',
  'optionValues',
  'options',
  'size',
  'colour',
  'variantLabel',
  'productKey',
  'parentKey',
  'rowId',
  'rowType',
  'published',
  'condition',
  'manufacturerName',
  'manufacturerAddress',
  'manufacturerEmail',
  'responsibleName',
  'responsibleAddress',
  'responsibleEmail',
  'warnings',
  ...attributeNames,
  'netContent',
  'shelf',
  'tags',
  'ignored',
] as const;

export type Field = (typeof fields)[number];

/** Fields that several columns may fill: the second image, a UPC beside an EAN. */
export const manifold: ReadonlySet<Field> = new Set<Field>(['gtin', 'image', 'ignored', 'tags']);

/** The meaning of each column by its place; `undefined` where nobody knows. */
export type ColumnMapping = readonly (Field | undefined)[];

const known: ReadonlySet<string> = new Set(fields);

/** Whether a text from outside names a field. */
export function isField(text: string): text is Field {
  return known.has(text);
}
