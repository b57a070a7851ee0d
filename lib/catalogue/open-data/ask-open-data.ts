import { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { GuardedFault } from '@/lib/platform/guarded-request';
import { guardedRequest } from '@/lib/platform/guarded-request';
import type { GtinSheet } from './gtin-sheet';
import { parseContent } from '../legal-input';

/** An open service of product facts, as the environment names it. The licence is that of its data. */
export type GtinService = { readonly url: string; readonly name: string; readonly licence: string };

/** Why it did not answer; none of them is the merchant's business. */
export type GtinFault = GuardedFault['kind'] | 'asked-to-wait' | 'server-error' | 'unreadable';

/** A person stands at the shelf with a phone: what takes longer is asked another time. */
const WAIT_MS = 2_500;
const MOST_BYTES = 1_000_000;

const line = z.string().nullish().catch(undefined);
const tags = z.array(z.string()).nullish().catch(undefined);

/** Source: Open Food Facts, product API v2 (`status` 1 or 0) and v3 (`status` in words); its sister projects answer alike. */
const answer = z.object({
  status: z.union([z.number(), z.string()]),
  product: z
    .object({
      product_name: line,
      product_name_fr: line,
      brands: line,
      quantity: line,
      product_quantity: z.union([z.string(), z.number()]).nullish().catch(undefined),
      product_quantity_unit: line,
      ingredients_text_fr: line,
      allergens_tags: tags,
      traces_tags: tags,
    })
    .nullish(),
});

type Product = NonNullable<z.output<typeof answer>['product']>;
const FIELDS = Object.keys(answer.shape.product.unwrap().unwrap().shape).join(',');

/** The fourteen of Regulation 1169/2011, annex II. */
const allergens: Readonly<Record<string, string>> = {
  'en:gluten': 'gluten',
  'en:crustaceans': 'crustacés',
  'en:eggs': 'œufs',
  'en:fish': 'poisson',
  'en:peanuts': 'arachides',
  'en:soybeans': 'soja',
  'en:milk': 'lait',
  'en:nuts': 'fruits à coque',
  'en:celery': 'céleri',
  'en:mustard': 'moutarde',
  'en:sesame-seeds': 'sésame',
  'en:sulphur-dioxide-and-sulphites': 'sulfites',
  'en:lupin': 'lupin',
  'en:molluscs': 'mollusques',
};

const text = (said: string | null | undefined, most: number): string => (said ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, most);

/** No tag is no claim that there is none: whoever sells it must say so. */
function allergensOf({ allergens_tags: told, traces_tags: traces }: Product): string {
  const named = (list: readonly string[] | null | undefined) => (list ?? []).flatMap((tag) => allergens[tag] ?? []);
  const [inside, perhaps] = [named(told), named(traces)];
  return inside.length === 0
    ? ''
    : [inside.join(', '), ...(perhaps.length === 0 ? [] : [`traces possibles : ${perhaps.join(', ')}`])].join(' ; ');
}

function contentOf({ quantity, product_quantity: amount, product_quantity_unit: unit }: Product): GtinSheet['netContent'] {
  const read = parseContent(`${amount ?? ''} ${unit ?? ''}`) ?? parseContent(text(quantity, 20));
  return read === undefined || read.unit === 'mm' ? undefined : { amount: read.amount, unit: read.unit };
}

function sheetOf(gtin: string, product: Product, { name: source, licence }: GtinService): GtinSheet | undefined {
  const title = text(product.product_name_fr, 200) || text(product.product_name, 200);
  if (title === '') return undefined;
  const brand = text(product.brands?.split(',')[0], 120);
  const said = { ingredients: text(product.ingredients_text_fr, 2_000), allergens: allergensOf(product) };
  return {
    gtin,
    title,
    leaf: undefined,
    netContent: contentOf(product),
    ...(brand !== '' && { brand }),
    attributes: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '')),
    source,
    licence,
  };
}

/** Such services know codes by their own digits, not by fourteen. */
const codeOf = (gtin: string): string => gtin.replace(/^0{6}(?=\d{8}$)/, '').replace(/^0(?=\d{13}$)/, '');

function faultOf(status: number): GtinFault | undefined {
  if (status < 300 || status === 404) return undefined; // "not found" has a body that says so
  return status === 429 || status === 503 ? 'asked-to-wait' : 'server-error';
}

/** Asks the service about one bar code of fourteen digits, once. Undefined: it does not know it, or has no name for it. */
export async function askGtinService(service: GtinService, gtin: string): Promise<Result<GtinSheet | undefined, GtinFault>> {
  const url = `${service.url.replace(/\/+$/, '')}/${codeOf(gtin)}?fields=${FIELDS}`;
  const headers = { accept: 'application/json', 'user-agent': 'Halles/1 (city marketplace)' };
  const asked = await guardedRequest({ method: 'GET', url, headers }, { allowPrivate: true, waitMs: WAIT_MS, mostBytes: MOST_BYTES });
  if (!asked.ok) return err(asked.error.kind);
  const fault = faultOf(asked.value.status);
  if (fault !== undefined) return err(fault);
  try {
    const read = answer.safeParse(JSON.parse(asked.value.body.toString('utf8')));
    if (!read.success) return err('unreadable');
    const { product } = read.data;
    return ok(product === null || product === undefined ? undefined : sheetOf(gtin, product, service));
  } catch {
    return err('unreadable'); // no JSON
  }
}
