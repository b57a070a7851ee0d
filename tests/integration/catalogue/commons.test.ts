import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CategoryChooser, OfferDraft } from '@/lib/catalogue';
import {
  NO_LABEL,
  WORTH_A_LOOK_BPS,
  contradict,
  decideMatch,
  emptyDraft,
  energyKinds,
  energyLabelOf,
  energyScaleOf,
  getListing,
  getOwnProduct,
  likenessBps,
  listMatches,
  lockCommons,
  prepareItem,
  proposeMatches,
  readGtinSheets,
  scaleOfKind,
  takeOver,
} from '@/lib/catalogue';
import type { OfferId, OperatorScope } from '@/lib/kernel';
import { instant, ok, parseGtin } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { readProductForm, saveProduct } from '@/lib/products';
import { withTransaction } from '@/lib/platform/transaction';
import { given, newKey, portsAt, wednesdayMorning, type GivenShop } from '../../support/builders';
import { emptyTables } from '../../support/database';

const ports = portsAt();
const operator: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'moderator' };
const HONEY = '03017620422003';

const draft = (title: string, more: Partial<OfferDraft> = {}): OfferDraft => ({
  ...emptyDraft,
  productKey: more.gtin ?? title,
  title,
  sku: title,
  priceMinor: 500,
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

  test('an energy class is an arrow on the scale of its kind with the way to its sheet; what has no scale or no address stands among the words', async () => {
    const { sql } = databaseHandle();
    const shown = async (gates: readonly string[], told: Readonly<Record<string, string>>) => {
      const { listingId } = await given.listing();
      await sql`update categories set legal_gates = ${JSON.stringify(['energy-label', ...gates])}::jsonb where id = (select category_id from listings where id = ${listingId})`;
      await sql`update products set attributes = ${JSON.stringify(told)}::jsonb where id = (
        select v.product_id from variants v join listings l on l.variant_id = v.id where l.id = ${listingId})`;
      const seen = await getListing(listingId, 'fr');
      return { arrow: seen?.energy, words: seen?.attributes };
    };
    const sheet = 'https://eprel.ec.europa.eu/qr/123456';
    const dishwasher = { letter: 'B', rank: 1, best: 'A', worst: 'G', sheet };
    expect(await shown(['energy:dishwasher'], { energyClass: 'b', energySheet: '123456' })).toEqual({ arrow: dishwasher, words: [] });
    const oven = { energyKind: 'oven', energyClass: 'A+', energySheet: 'EPREL no 123456' };
    expect(await shown(['energy:oven', 'energy:dishwasher'], oven)).toEqual({
      arrow: { letter: 'A+', rank: 2, best: 'A+++', worst: 'D', sheet: undefined },
      words: [{ name: 'energySheet', value: 'EPREL no 123456' }],
    });
    const { arrow, words } = await shown([], { energyClass: 'B' });
    expect([arrow, words]).toEqual([undefined, [{ name: 'energyClass', value: 'B' }]]);
  });

  test('a scale is the one in force: until July 2025 that of tumble dryers began at A+++, and each kind has its own', () => {
    const dryer = (energyClass: string, day: string) => {
      const now = instant(Date.parse(`${day}T12:00:00Z`));
      const label = energyLabelOf({ gates: ['energy-label', 'energy:tumble-dryer'], attributes: { energyClass }, now });
      return label && [label.rank, label.best, label.worst];
    };
    expect(['2025-06-30', '2025-07-01'].map((day) => [dryer('A++', day), dryer('B', day), dryer('G', day)])).toEqual([
      [[1, 'A+++', 'D'], [4, 'A+++', 'D'], undefined],
      [undefined, [1, 'A', 'G'], [6, 'A', 'G']],
    ]);
    const now = wednesdayMorning;
    const scales = energyKinds.map((kind) => scaleOfKind(kind, now)?.steps.length);
    expect(scales).toEqual(energyKinds.map((kind) => ({ 'local-space-heater': 9, 'ventilation-unit': 8 })[kind as string] ?? 7));
    const unknown = { gates: ['energy-label'], attributes: { energyClass: 'A', energyKind: 'toaster' }, now };
    expect([energyLabelOf(unknown), energyScaleOf({ ...unknown, attributes: { energyKind: NO_LABEL } })]).toEqual([undefined, undefined]);
  });

  test('a page with an energy label waits until its class stands on the scale of what it is said to be', async () => {
    const [shop, ports, department] = [await given.shop(), portsAt(), await given.category()];
    const gates = ['energy-label', 'energy:oven', 'energy:dishwasher', 'energy:none'];
    await databaseHandle().sql`update categories set legal_gates = ${JSON.stringify(gates)}::text::jsonb where id = ${department}`;
    const save = async (told: Readonly<Record<string, string>>, of?: OfferId) => {
      const typed = {
        title: 'Four encastrable',
        department,
        rows: '1',
        'v0.price': '399',
        'v0.offer': of ?? '',
        'v0.active': 'yes',
        ...told,
      };
      const read = readProductForm(typed, [shop.locationId]);
      const done = read.ok ? await saveProduct(shop.scope, { ...read.value, offerId: of, key: newKey() }, ports) : read;
      if (!done.ok) throw new Error(JSON.stringify(done.error));
      const product = await getOwnProduct(shop.scope, done.value.offerId, 'fr', ports);
      return {
        of: done.value.offerId,
        lacks: product?.variants[0]?.missing,
        isPublic: product?.variants[0]?.isPublic,
        scale: product?.energyScale?.best,
      };
    };
    const label = { energyClass: 'A++', energySheet: '123456' };
    const { of, ...first } = await save(label);
    expect(first).toEqual({ lacks: ['energyKind'], isPublic: false, scale: undefined });
    expect(await save({ ...label, energyKind: 'dishwasher' }, of)).toEqual({ of, lacks: ['energyClass'], isPublic: false, scale: 'A' });
    expect(await save({ ...label, energyKind: 'oven' }, of)).toEqual({ of, lacks: [], isPublic: true, scale: 'A+++' });
    expect(await save({ title: 'Tapis de four', energyKind: 'none' })).toMatchObject({ lacks: [], isPublic: true });
  });

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

describe('judged pairs', () => {
  /** Read one by one; how they were drawn is told in their file and in draw-merges.mts. */
  const judged = readFileSync('tests/support/merges.tsv', 'utf8').trim().split('\n').filter((line) => !line.startsWith('#')).map((line) => line.split('\t')); // prettier-ignore
  const pairs = judged.map(([verdict = '', kind = '', one = '', other = '']) => ({ verdict, kind, one: { title: one, brand: undefined }, other: { title: other, brand: undefined } })); // prettier-ignore
  const coded = pairs.filter(({ kind }) => kind !== 'alike');

  test('of 300 pairs judged by hand at most one merge in a hundred is false, and few that are one thing are kept apart', () => {
    expect(pairs).toHaveLength(300);
    const merged = coded.filter(({ one, other }) => !contradict(one, other));
    const falsely = merged.filter(({ verdict }) => verdict === 'other');
    expect(falsely.length / merged.length).toBeLessThanOrEqual(0.01);
    const apart = coded.filter(({ verdict, one, other }) => verdict === 'same' && contradict(one, other));
    expect(apart.length / coded.length).toBeLessThanOrEqual(0.02);
  });

  test('likeness alone would merge falsely, which is why it only asks; most of what it asks is worth the question', () => {
    const asked = pairs.filter(({ kind, one, other }) => kind === 'alike' && likenessBps(one, other) >= WORTH_A_LOOK_BPS);
    expect(asked).toHaveLength(100);
    expect(asked.filter(({ verdict }) => verdict === 'same').length).toBeGreaterThanOrEqual(66);
  });

  test('a bar code typed wrong meets another thing, and nine times in ten that is seen', () => {
    const titles = coded.filter(({ kind }) => kind === 'till').map(({ other }) => other);
    const met = titles.flatMap((one, at) => titles.slice(at + 1).map((other) => contradict(one, other)));
    expect(met.filter(Boolean).length / met.length).toBeGreaterThanOrEqual(0.9);
  });
});

describe('open data', () => {
  test('of a thousand bar codes of a grocer at least six in ten get a sheet that can be shown, each field with its licence', async () => {
    const codes = readFileSync('tests/support/grocer-codes.txt', 'utf8').trim().split('\n').filter((line) => !line.startsWith('#')); // prettier-ignore
    expect(codes).toHaveLength(1_000);
    const gtins = codes.flatMap((code) => parseGtin(code) ?? []);
    const sheets = await readGtinSheets(gtins);
    expect(sheets.size).toBeGreaterThanOrEqual(600);
    const choose: CategoryChooser = (_, leaf) => ({ categoryId: systemIds.make('category'), confidence: leaf === undefined ? 0 : 1, legalGates: [] }); // prettier-ignore
    for (const sheet of sheets.values()) {
      const item = prepareItem({ ...draft(''), gtin: sheet.gtin }, { position: 0, sheet, offerId: undefined }, choose, systemIds);
      expect(item.name.replaceAll(/\P{L}/gu, '').length, sheet.gtin).toBeGreaterThanOrEqual(4);
      const shown = ['title', 'category', ...(item.netQuantity === undefined ? [] : ['netContent'])];
      expect(Object.keys(item.provenance).toSorted()).toEqual(shown.toSorted());
      expect(Object.values(item.provenance).every(({ source, licence }) => source !== '' && licence !== '')).toBe(true);
      expect([item.source, item.licence]).toEqual(['Open Food Facts', 'ODbL-1.0']);
    }
  });
});
