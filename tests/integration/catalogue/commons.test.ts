import { beforeEach, describe, expect, test } from 'vitest';
import type { OfferDraft } from '@/lib/catalogue';
import { contradict, decideMatch, likenessBps, listMatches, lockCommons, proposeMatches, takeOver } from '@/lib/catalogue';
import type { OperatorScope } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { withTransaction } from '@/lib/platform/transaction';
import { given, portsAt, wednesdayMorning, type GivenShop } from '../../support/builders';
import { emptyTables } from '../../support/database';

const ports = portsAt();
const operator: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'moderator' };
const HONEY = '03017620422003';

const draft = (title: string, more: Partial<OfferDraft> = {}): OfferDraft => ({
  productKey: more.gtin ?? title,
  title,
  label: undefined,
  options: [],
  brand: undefined,
  description: undefined,
  category: undefined,
  gtin: undefined,
  sku: title,
  priceMinor: 500,
  vatRateBps: undefined,
  weightGrams: undefined,
  netContent: undefined,
  isActive: true,
  condition: 'new',
  manufacturer: undefined,
  responsiblePerson: undefined,
  warnings: undefined,
  attributes: {},
  shelf: undefined,
  ...more,
});

async function sell(shop: GivenShop, ...drafts: readonly OfferDraft[]): Promise<void> {
  await withTransaction(async (tx) => {
    await lockCommons(tx);
    const items = drafts.map((one, position) => ({ position, draft: one, sheet: undefined, offerId: undefined }));
    await takeOver(tx, { shopId: shop.shopId, items }, ports);
    return ok(undefined);
  });
}

const pages = () =>
  databaseHandle().sql<{ title: string; gtin: string | null; offers: number; shown: boolean }[]>`
    select l.title, v.gtin, count(o.id)::int as offers, l.is_published as shown
    from listings l join variants v on v.id = l.variant_id left join offers o on o.listing_id = l.id group by l.id, v.id order by l.title`;

describe('pages', () => {
  beforeEach(() => emptyTables());

  test('one bar code, two different things: both are on sale apart, and a person looks at them', async () => {
    const [first, second, third] = [await given.shop(), await given.shop(), await given.shop()];
    await given.category();
    await sell(first, draft('Miel de montagne', { gtin: HONEY }));
    await sell(second, draft('Perceuse visseuse sans fil', { gtin: HONEY }));
    await sell(third, draft('MIEL MONTAGN', { gtin: HONEY }));
    expect(await pages()).toEqual([
      { title: 'Miel de montagne', gtin: HONEY, offers: 2, shown: true },
      { title: 'Perceuse visseuse sans fil', gtin: null, offers: 1, shown: true },
    ]);
    expect(await listMatches(operator)).toMatchObject([{ kind: 'same-code', state: 'open', page: { title: 'Perceuse visseuse sans fil' }, other: { title: 'Miel de montagne' } }]); // prettier-ignore
  });

  test('titles alone merge nothing: alike pages are put before a person, whose merge can be taken back', async () => {
    const [first, second] = [await given.shop(), await given.shop()];
    await given.category();
    await sell(first, draft('Confiture de fraises artisanale 250 g', { brand: 'Mamie Jeanne' }));
    await sell(
      second,
      draft('Confiture artisanale de fraise, 250g', { brand: 'Mamie Jeanne' }),
      draft('Confiture de fraises artisanale 500 g', { brand: 'Mamie Jeanne' }),
    );
    await proposeMatches(second.shopId, wednesdayMorning, ports);
    const [review, ...others] = await listMatches(operator);
    expect(others).toEqual([]);
    expect(review).toMatchObject({
      kind: 'alike',
      page: { title: 'Confiture artisanale de fraise, 250g' },
      other: { title: 'Confiture de fraises artisanale 250 g' },
    });

    const reviewId = review!.reviewId;
    expect(await decideMatch(operator, { reviewId, decision: 'merge' }, ports)).toEqual(ok(undefined));
    expect((await pages()).map(({ offers, shown }) => [offers, shown])).toEqual([[0, false], [2, true], [1, true]]); // prettier-ignore
    expect(await decideMatch(operator, { reviewId, decision: 'merge' }, ports)).toEqual({ ok: false, error: { kind: 'decided-already' } });
    expect(await decideMatch(operator, { reviewId, decision: 'split' }, ports)).toEqual(ok(undefined));
    expect((await pages()).map(({ offers, shown }) => [offers, shown])).toEqual([[1, true], [1, true], [1, true]]); // prettier-ignore
  });

  test('every field of a new sheet says where it comes from and under which licence', async () => {
    const shop = await given.shop();
    await given.category();
    await sell(shop, draft('Miel', { brand: 'Ruche', description: 'Doux.', attributes: { origin: 'France' } }));
    const [product] = await databaseHandle().sql`select title, brand, description, attributes, source, licence, provenance from products`;
    const provenance: Record<string, { source: string; licence: string; confidenceBps: number }> = product!['provenance'];
    expect(Object.keys(provenance).toSorted()).toEqual(['brand', 'category', 'description', 'origin', 'title']);
    expect(
      Object.values(provenance).every(({ source, licence, confidenceBps }) => source !== '' && licence !== '' && confidenceBps >= 0),
    ).toBe(true);
  });
});

describe('likeness', () => {
  const thing = (title: string, brand?: string) => ({ title, brand });
  test.each([
    ['Confiture de fraises 250 g', 'Confiture fraises 0,25 kg', 10_000],
    ['Huile d’olive vierge 75 cl', 'Huile olive vierge 750 ml', 10_000],
    ['T-shirt blanc M', 'T-shirt blanc M', 10_000],
    ['Confiture de fraises 250 g', 'Confiture de fraises 500 g', 0],
    ['Perceuse 18 V', 'Miel de montagne 500 g', 0],
    ['Sirop Frucci, Thé Pêche', 'Sirop Frucci Pêche', 8_571],
    ['Miel de romarin', 'Miel de thym', 5_000],
  ])('%s / %s', (a, b, expected) => {
    expect(likenessBps(thing(a), thing(b))).toBe(expected);
    expect(likenessBps(thing(b), thing(a))).toBe(expected);
  });

  test('a till’s abbreviations contradict nothing, another thing does', () => {
    expect(contradict(thing('CONF FRAIS BIO'), thing('Confiture de fraises biologique'))).toBe(false);
    expect(contradict(thing('Perceuse sans fil'), thing('Miel de montagne'))).toBe(true);
    expect(contradict(thing('Nutella'), thing('Pâte à tartiner aux noisettes'))).toBe(false);
  });
});
