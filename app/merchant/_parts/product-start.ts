import type { OwnProductView } from '@/lib/catalogue';
import { legalFields } from '@/lib/catalogue';
import type { Locale, SalesUnit } from '@/lib/kernel';
import { printedGtin, typedPrice } from '@/lib/kernel';
import type { CodeSheet, PlaceView, readShelves } from '@/lib/products';

type Values = Readonly<Record<string, string>>;
type Content = OwnProductView['variants'][number]['content'];

const typedContent = (content: Content): string =>
  content === undefined ? '' : content.unit === 'ml' && content.amount % 10 === 0 ? `${content.amount / 10} cl` : `${content.amount} ${content.unit}`; // prettier-ignore

/** Steps of the sales unit as they are typed: pieces, kilograms, metres. */
const typedCount = (steps: number | undefined, unit: SalesUnit, locale: Locale): string =>
  steps === undefined ? '' : unit === 'each' ? String(steps) : String(steps / 1_000).replace('.', locale === 'fr' ? ',' : '.');

/** Names of the two properties that set variants apart, in the words of a new product. */
export type OptionNames = readonly [string, string];

/** What stands in the form of a new product: what the bar code tells, else nothing. */
export function startOfNew(
  sheet: CodeSheet | undefined,
  options: OptionNames,
  typed: { readonly gtin: string; readonly title: string },
): Values {
  return {
    option0: options[0],
    option1: options[1],
    title: sheet?.title || typed.title,
    department: sheet?.department && sheet.department.confidence > 0 ? sheet.department.categoryId : '',
    'v0.gtin': sheet === undefined ? typed.gtin : printedGtin(sheet.gtin),
    'v0.content': typedContent(sheet?.content),
  };
}

type Shelves = Awaited<ReturnType<typeof readShelves>>;
type Facts = { readonly places: readonly PlaceView[]; readonly onHand: Shelves; readonly locale: Locale; readonly options: OptionNames };

function rowValues(product: OwnProductView, row: number, names: OptionNames, { places, onHand, locale }: Facts): Values {
  const variant = product.variants[row];
  if (variant === undefined) return {};
  const option = (name: string | undefined) => variant.options.find((one) => one.name === name)?.value ?? '';
  const own = {
    offer: variant.offerId,
    first: option(names[0]),
    second: option(names[1]),
    gtin: printedGtin(variant.gtin ?? ''),
    sku: variant.sku,
    price: typedPrice(variant.priceMinor, locale),
    content: typedContent(variant.content),
    active: variant.isActive ? 'yes' : '',
  };
  const counts = places.flatMap(({ locationId }, place) => {
    const count = typedCount(onHand(variant.offerId, locationId), product.salesUnit, locale);
    return [[`stock${place}`, count] as const, [`stock${place}.was`, count] as const];
  });
  return Object.fromEntries([...Object.entries(own), ...counts].map(([name, value]) => [`v${row}.${name}`, value]));
}

/** What stands in the form of a product the shop sells already. Names of properties stay those of the file it came from. */
export function startOfOwn(product: OwnProductView, facts: Facts): Values {
  const used = [...new Set(product.variants.flatMap(({ options }) => options.map(({ name }) => name)))];
  const [first = facts.options[0], second = facts.options.find((name) => name !== first) ?? facts.options[1]] = used;
  const { manufacturer, responsiblePerson, attributes } = product;
  const law = Object.fromEntries(legalFields.map((field) => [field, attributes[field] ?? '']));
  return {
    ...law,
    option0: first,
    option1: second,
    title: product.title,
    brand: product.brand ?? '',
    description: product.description ?? '',
    department: product.categoryId,
    labels: attributes['labels'] ?? '',
    unit: product.salesUnit,
    vat: product.vatRateBps === undefined ? '' : String(product.vatRateBps),
    condition: product.condition,
    shelf: product.shelf ?? '',
    warnings: product.warnings ?? '',
    makerName: manufacturer?.name ?? '',
    makerAddress: manufacturer?.address ?? '',
    makerEmail: manufacturer?.email ?? '',
    responsibleName: responsiblePerson?.name ?? '',
    responsibleAddress: responsiblePerson?.address ?? '',
    responsibleEmail: responsiblePerson?.email ?? '',
    rows: String(product.variants.length),
    ...Object.assign({}, ...product.variants.map((_one, row) => rowValues(product, row, [first, second], facts))),
  };
}
