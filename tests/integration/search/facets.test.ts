import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ranking } from '@/lib/search';
import { answerQuestion } from '@/lib/search/engine/answer';
import { conditions, emptyCityIndex, isWasteful, putListing, removeListing, type IndexedListing } from '@/lib/search/engine/city-index';
import { firstPlaces } from '@/lib/search/engine/first-places';
import { noFilters, type EngineQuestion } from '@/lib/search/engine/question';
import { emptyWorkplace, findRelevant } from '@/lib/search/engine/relevant';
import { compileSynonyms, parseSynonym } from '@/lib/search/engine/synonyms';
import { relevanceWeights } from '@/lib/search/ranking';
import { anyCity, anyListing, anyQuestion, places, priceRanges } from '../../support/search-cities';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 120);

type Filter = 'window' | 'shop' | 'department' | 'price' | 'brand' | 'condition' | 'open' | 'near' | 'taille' | 'bois';

/** The slow and obvious way: which listings have an offer that passes everything but one filter, and for which `has` holds. */
function naive(listings: readonly IndexedListing[], { windows, nodes, filters }: EngineQuestion) {
  const isIn = (chosen: readonly string[], value: string | undefined) =>
    chosen.length === 0 || (value !== undefined && chosen.includes(value));
  const rangeOf = (minor: number) => priceRanges.find(({ fromMinor, toMinor }) => minor >= fromMinor && minor < toMinor)?.name;
  const rows = listings.flatMap((listing) =>
    listing.offers.flatMap((offer) => {
      const window = windows.find(({ key }) => key === offer.place);
      const node = nodes.find(({ categoryId }) => categoryId === listing.categoryId)?.node;
      const attribute = (name: string) =>
        filters.attributes.every((one) => one.name !== name || one.values.some((value) => listing.attributes.includes(`${name}=${value}`)));
      const passes: Record<Filter, boolean> = {
        window: window?.rank !== undefined,
        shop: isIn(filters.shops, window?.slug),
        department: isIn(filters.departments, node),
        price: isIn(filters.prices, rangeOf(offer.priceMinor)),
        brand: isIn(filters.brands, listing.brand),
        condition: isIn(filters.conditions, offer.condition),
        open: !filters.isOpenOnly || window?.isOpen === true,
        near: !filters.isNearOnly || window?.isNear === true,
        taille: attribute('taille'),
        bois: attribute('bois'),
      };
      return window === undefined ? [] : [{ listing, offer, window, node, range: rangeOf(offer.priceMinor), passes }];
    }),
  );
  type Row = (typeof rows)[number];
  return (but: Filter | undefined, has: (row: Row) => boolean = () => true) =>
    new Set(
      rows
        .filter((row) => Object.entries(row.passes).every(([name, passed]) => passed || name === but) && has(row))
        .map(({ listing }) => listing.listingId),
    );
}

test('every count of every facet is what going through all offers one by one gives', () => {
  fc.assert(
    fc.property(anyCity, anyQuestion, (listings, question) => {
      const index = emptyCityIndex(priceRanges);
      for (const listing of listings) putListing(index, listing);
      const answer = answerQuestion(index, question, undefined);
      const left = naive(listings, question);
      const counted = (rows: readonly { readonly value: string; readonly count: number }[]) =>
        new Map(rows.map(({ value, count }) => [value, count]));
      const expected = (values: readonly string[], of: (value: string) => number) =>
        new Map(values.map((value) => [value, of(value)] as const).filter(([, count]) => count > 0));

      expect(answer.total).toBe(left(undefined).size);
      expect(counted(answer.shop)).toEqual(expected(['a', 'b', 'c'], (slug) => left('shop', ({ window }) => window.slug === slug).size));
      expect(counted(answer.shops)).toEqual(
        expected(['a', 'b', 'c'], (shop) => left(undefined, ({ window }) => window.shopId === shop).size),
      );
      expect(counted(answer.department)).toEqual(expected(['one', 'two'], (node) => left('department', (row) => row.node === node).size));
      expect(counted(answer.price)).toEqual(expected(['low', 'high'], (range) => left('price', (row) => row.range === range).size));
      expect(counted(answer.brand)).toEqual(expected(['m', 'n'], (brand) => left('brand', ({ listing }) => listing.brand === brand).size));
      expect(counted(answer.condition)).toEqual(
        expected(conditions, (condition) => left('condition', ({ offer }) => offer.condition === condition).size),
      );
      expect(answer.when).toEqual([0, 1, 2, 3].map((bit) => left('window', ({ window }) => (window.whenBits & (1 << bit)) !== 0).size));
      expect(answer.ways).toEqual([0, 1, 2].map((bit) => left('window', ({ window }) => (window.wayBits & (1 << bit)) !== 0).size));
      expect(answer.open).toBe(left('open', ({ window }) => window.isOpen).size);
      expect(answer.near).toBe(left('near', ({ window }) => window.isNear).size);
      for (const { name, values } of answer.attributes) {
        const own = name === 'taille' ? 'taille' : 'bois';
        for (const { value, count } of values)
          expect(count).toBe(left(own, ({ listing }) => listing.attributes.includes(`${name}=${value}`)).size);
      }
    }),
    { numRuns: RUNS },
  );
});

test('pages follow one another without a gap or a repeat, whatever was put in and taken out in which order', () => {
  fc.assert(
    fc.property(anyCity, anyQuestion, fc.array(fc.nat(13), { maxLength: 10 }), (listings, question, again) => {
      const index = emptyCityIndex(priceRanges);
      for (const listing of listings) putListing(index, listing);
      const other = emptyCityIndex(priceRanges);
      for (const listing of listings.toReversed()) putListing(other, { ...listing, offers: [], text: { ...listing.text, title: 'autre' } });
      for (const at of again) if (listings[at]) removeListing(other, listings[at].listingId);
      for (const listing of listings) putListing(other, listing);
      const page = (from: typeof index, number: number) =>
        answerQuestion(from, { ...question, page: number, isPageOnly: true }, undefined).results.map(({ listingId }) => listingId);
      const all = [1, 2, 3].flatMap((number) => page(index, number));
      expect(new Set(all)).toEqual(naive(listings, question)(undefined));
      expect(all.length).toBe(new Set(all).size);
      expect([1, 2, 3].flatMap((number) => page(other, number))).toEqual(all);
    }),
    { numRuns: RUNS },
  );
});

test('what is kept of lots is what a new count of everything gives, after any changes in any order', () => {
  const change = fc.integer({ min: 0, max: 13 }).chain((at) => {
    const listing = anyListing(`lst_${String(at).padStart(2, '0')}`);
    return fc.oneof({ weight: 3, arbitrary: listing }, { weight: 1, arbitrary: fc.constant(`lst_${String(at).padStart(2, '0')}`) });
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), anyQuestion, (changes, question) => {
      const index = emptyCityIndex(priceRanges);
      const there = new Map<string, IndexedListing>();
      for (const one of changes) {
        if (typeof one === 'string') {
          removeListing(index, one);
          there.delete(one);
        } else {
          putListing(index, one);
          there.set(one.listingId, one);
        }
      }
      const anew = emptyCityIndex(priceRanges);
      for (const listing of there.values()) putListing(anew, listing);
      const unkept = emptyCityIndex([]); // counts by no ranges, so that every offer is looked at
      for (const listing of there.values()) putListing(unkept, listing);
      const answer = answerQuestion(index, question, undefined);
      expect(answer).toEqual(answerQuestion(anew, question, undefined));
      expect(answer).toEqual(answerQuestion(unkept, question, undefined));
    }),
    { numRuns: RUNS },
  );
});

test('the first places are those of a whole sort', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), fc.nat(30), (values, most) => {
      const isBefore = (a: number, b: number) => (values[a] ?? 0) < (values[b] ?? 0) || (values[a] === values[b] && a < b);
      const sorted = values.map((_, at) => at).toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
      expect(firstPlaces(values.length, most, isBefore)).toEqual(sorted.slice(0, most));
    }),
    { numRuns: RUNS },
  );
});

const words = ['savon', 'pain', 'bois', 'maison', 'rouge', 'sans gluten', 'boisé', 'pain de maison'] as const;
const anyText = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((some) => some.join(' '));
const anyWords = fc.record({ title: anyText, brand: anyText, department: fc.constant('maison'), properties: anyText });

test('what is not looked at would not have been shown: a text finds what going through everything finds, in the same order', () => {
  const synonyms = compileSynonyms(['bois = boisé', 'maison > pain rouge'].flatMap((entry) => parseSynonym(entry) ?? []));
  const workplace = emptyWorkplace();
  const asked = fc.array(fc.constantFrom(...words, 'sav', 'savvon', 'inconnu', 'ma'), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(anyWords, { minLength: 1, maxLength: 70 }), asked, anyQuestion, (texts, typed, { sort, windows }) => {
      const index = emptyCityIndex(priceRanges);
      texts.forEach((text, at) => {
        const offers = [{ place: places[at % places.length] ?? '', priceMinor: 1 + (at % 7), condition: 'new' as const }];
        putListing(index, {
          listingId: `lst_${String((at * 37) % 71).padStart(2, '0')}`,
          categoryId: 'x',
          text,
          brand: undefined,
          attributes: [],
          offers,
        });
      });
      const ask = { text: typed.join(' '), synonyms, weights: relevanceWeights };
      const { documents: whole, scores } = findRelevant(index, workplace, { ...ask, isWhole: true });
      const all = [...whole].map((document) => ({
        document,
        isStrong: scores.isStrong[document] === 1,
        covered: scores.covered[document] ?? 0,
        relevance: scores.relevance[document] ?? 0,
      }));
      const strong = all.filter(({ isStrong }) => isStrong);
      const near = (least: number) => all.filter(({ isStrong, covered }) => isStrong || covered >= least);
      const nearly = near(0.6);
      const shown = strong.length >= 24 ? strong : nearly.length > 0 ? nearly : near(0.12);

      const relevant = findRelevant(index, workplace, ask);
      expect(relevant.isLoose).toBe(strong.length === 0 && shown.length > 0);
      expect(new Set(relevant.documents)).toEqual(new Set(shown.map(({ document }) => document)));
      for (const { document, relevance } of shown) expect(relevant.scores.relevance[document]).toBe(relevance);

      const window = (document: number) => windows.find(({ key }) => key === places[document % places.length]);
      const rank = (document: number) => window(document)?.rank ?? Infinity;
      const price = (document: number) => 1 + (document % 7);
      const orders: Record<typeof sort, (a: (typeof all)[number], b: (typeof all)[number]) => number> = {
        tot: (a, b) => Number(b.isStrong) - Number(a.isStrong) || rank(a.document) - rank(b.document) || b.relevance - a.relevance,
        pres: (a, b) =>
          (window(a.document)?.metres ?? 1e9) - (window(b.document)?.metres ?? 1e9) ||
          rank(a.document) - rank(b.document) ||
          b.relevance - a.relevance,
        prix: (a, b) => price(a.document) - price(b.document) || rank(a.document) - rank(b.document),
        pertinence: (a, b) => Number(b.isStrong) - Number(a.isStrong) || b.relevance - a.relevance || rank(a.document) - rank(b.document),
      };
      const idOf = (document: number) => index.listingIds[document] ?? '';
      const expected = shown
        .filter(({ document }) => window(document)?.rank !== undefined)
        .toSorted((a, b) => orders[sort](a, b) || (idOf(a.document) < idOf(b.document) ? -1 : 1))
        .map(({ document }) => idOf(document));
      const nodes = [{ categoryId: 'x', node: 'one' }];
      const question = { text: ask.text, windows, nodes, filters: noFilters, priceRanges, sort, page: 1, pageSize: 100, isPageOnly: true };
      expect(answerQuestion(index, question, relevant).results.map(({ listingId }) => listingId)).toEqual(expected);
    }),
    { numRuns: RUNS },
  );
});

test('a glance looks at what begins with the word before what merely holds it, and only at what can be had', () => {
  const index = emptyCityIndex(priceRanges);
  const put = (at: number, title: string, brand: string, isThere: boolean) =>
    putListing(index, {
      listingId: `lst_${String(at).padStart(6, '0')}`,
      categoryId: 'x',
      text: { title, brand, department: '', properties: '' },
      brand,
      attributes: [],
      offers: isThere ? [{ place: 'a|0', priceMinor: 1, condition: 'new' }] : [],
    });
  for (let at = 0; at < 12_000; at += 1) put(at, 'pain', 'Maison Arvel', true);
  for (let at = 12_000; at < 12_005; at += 1) put(at, 'maison de poupée', 'Bruno', at % 2 === 0);
  const ask = { text: 'mais', synonyms: compileSynonyms([]), weights: relevanceWeights };
  const glance = findRelevant(index, emptyWorkplace(), { ...ask, isGlance: true }).documents;
  expect(findRelevant(index, emptyWorkplace(), ask).documents.length).toBe(12_005);
  expect(glance.length).toBeLessThan(12_000);
  expect([...glance].filter((document) => document >= 12_000)).toEqual([12_000, 12_002, 12_004]);
});

test('an index that is mostly passed over says so', () => {
  const index = emptyCityIndex(priceRanges);
  const listing = (price: number): IndexedListing => ({
    listingId: 'one',
    categoryId: 'x',
    text: { title: 'pain', brand: '', department: '', properties: '' },
    brand: undefined,
    attributes: [],
    offers: [{ place: 'a|0', priceMinor: price, condition: 'new' }],
  });
  expect(putListing(index, listing(1))).toBe(true);
  expect(putListing(index, listing(1))).toBe(false);
  expect(isWasteful(index)).toBe(false);
  for (let price = 2; price < 12_000; price += 1) putListing(index, listing(price));
  expect(isWasteful(index)).toBe(true);
});

test('whoever changes the ranking changes its version, and with it the page people read (OP-01)', () => {
  const { version, ...figures } = ranking;
  const sum = createHash('sha256').update(JSON.stringify(figures)).digest('hex').slice(0, 12);
  expect({ version, sum }).toEqual({ version: 2, sum: '453a08c27830' });
});
