import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { categories, listings, offers, products, stockLevels, variants } from '@/db/schema';
import { minor, type CategoryId, type ListingId } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { compareWholeIndex, parseSearch, renewSearchIndex, searchListings, type ResultsView, type SearchParameters } from '@/lib/search';
import { countSearch, listUnmetDemand, writeCounts } from '@/lib/search/demand';
import { placeKey } from '@/lib/search/engine/city-index';
import { noFilters } from '@/lib/search/engine/question';
import { freshIndex } from '@/lib/search/live/fresh-index';
import { addSynonym, removeSynonym } from '@/lib/search/live/synonyms';
import { fillMeilisearch, followChanges, meilisearchDrift } from '@/lib/search/meilisearch/fill';
import { meilisearchEngine, type MeiliPlace } from '@/lib/search/meilisearch/meilisearch-adapter';
import { given, wednesdayMorning, type GivenOffer, type GivenShop } from '../../support/builders';
import { startMeilisearchDouble, type MeilisearchDouble } from '../../support/meilisearch/double';

const search = (parameters: SearchParameters, now = wednesdayMorning): Promise<ResultsView> =>
  searchListings({ query: parseSearch(parameters), department: undefined, locale: 'fr', place: undefined, now });

/** Waits until a question answers as it should, two seconds at most: what is promised of a change. */
async function soon<Value>(ask: () => Promise<Value>, isRight: (value: Value) => boolean): Promise<Value> {
  const until = performance.now() + 2_000;
  for (;;) {
    const value = await ask();
    if (isRight(value) || performance.now() > until) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const ids = (results: ResultsView): readonly ListingId[] => results.cards.map(({ listingId }) => listingId);
const total = async (q: string) => (await search({ q })).total;
const becomes = (q: string, count: number) =>
  soon(
    () => total(q),
    (value) => value === count,
  );

/** A word nobody else has, and that is near to none. */
const oneWord = () => Array.from(crypto.getRandomValues(new Uint8Array(14)), (byte) => String.fromCharCode(97 + (byte % 26))).join('');

const stocked = async (shop: GivenShop, stock = 10) =>
  given.offer({ shop, stock, listing: await given.listing({ title: oneWord(), categoryId }) });

let categoryId: CategoryId;
beforeAll(async () => {
  categoryId = await given.category();
});

let loaf: GivenOffer;
beforeEach(async () => {
  loaf = await stocked(await given.shop());
});

describe('whatever changes is found, or no longer found, within two seconds, whoever wrote it', () => {
  test('a new offer', async () => {
    expect(
      (
        await soon(
          () => search({ q: loaf.title }),
          ({ total: count }) => count === 1,
        )
      ).cards[0]?.listingId,
    ).toBe(loaf.listingId);
  });

  test('the last unit going, and one coming back', async () => {
    await becomes(loaf.title, 1);
    await reader().update(stockLevels).set({ onHand: 0 }).where(eq(stockLevels.offerId, loaf.offerId));
    expect(await becomes(loaf.title, 0)).toBe(0);
    await reader().update(stockLevels).set({ onHand: 3 }).where(eq(stockLevels.offerId, loaf.offerId));
    expect(await becomes(loaf.title, 1)).toBe(1);
  });

  test('a price', async () => {
    const cheap = () => search({ q: loaf.title, prix: '0-10' });
    await reader()
      .update(offers)
      .set({ priceMinor: minor(5_000) })
      .where(eq(offers.id, loaf.offerId));
    expect((await soon(cheap, ({ total: count }) => count === 0)).total).toBe(0);
    await reader()
      .update(offers)
      .set({ priceMinor: minor(500) })
      .where(eq(offers.id, loaf.offerId));
    expect((await soon(cheap, ({ total: count }) => count === 1)).total).toBe(1);
  });

  test('an offer taken down, a listing taken back, a title', async () => {
    await reader().update(offers).set({ isActive: false }).where(eq(offers.id, loaf.offerId));
    expect(await becomes(loaf.title, 0)).toBe(0);
    await reader().update(offers).set({ isActive: true }).where(eq(offers.id, loaf.offerId));
    expect(await becomes(loaf.title, 1)).toBe(1);
    await reader().update(listings).set({ isPublished: false }).where(eq(listings.id, loaf.listingId));
    expect(await becomes(loaf.title, 0)).toBe(0);
    const other = oneWord();
    await reader().update(listings).set({ isPublished: true, title: other }).where(eq(listings.id, loaf.listingId));
    expect(await becomes(other, 1)).toBe(1);
  });

  test('what is written over what was there, and the first units of a shelf that began empty', async () => {
    const empty = await stocked(loaf.shop, 0);
    await becomes(loaf.title, 1);
    expect(await total(empty.title)).toBe(0);
    const { sql: connection } = databaseHandle();
    await connection`insert into stock_levels select * from stock_levels where offer_id = ${empty.offerId}
      on conflict (offer_id, location_id) do update set on_hand = 3`;
    expect(await becomes(empty.title, 1)).toBe(1);
    await connection`insert into offers select * from offers where id = ${empty.offerId} on conflict (id) do update set is_active = false`;
    expect(await becomes(empty.title, 0)).toBe(0);
    await connection`insert into offers select * from offers where id = ${empty.offerId} on conflict (id) do update set is_active = true`;
    expect(await becomes(empty.title, 1)).toBe(1);
    await reader().delete(stockLevels).where(eq(stockLevels.offerId, empty.offerId));
    expect(await becomes(empty.title, 0)).toBe(0);
  });

  test('properties of a product and of its variant', async () => {
    const [variant] = await reader()
      .select({ productId: variants.productId, variantId: variants.id })
      .from(listings)
      .innerJoin(variants, eq(variants.id, listings.variantId))
      .where(eq(listings.id, loaf.listingId));
    const [first, second] = [oneWord(), oneWord()];
    await reader()
      .update(products)
      .set({ attributes: { Meunier: first } })
      .where(eq(products.id, variant!.productId));
    await reader()
      .update(variants)
      .set({ attributes: { Four: second } })
      .where(eq(variants.id, variant!.variantId));
    expect(await becomes(first, 1)).toBe(1);
    expect(await becomes(second, 1)).toBe(1);
  });
});

test('a change is seen although its transaction began before, and ended after, others that were seen', async () => {
  await freshIndex();
  const late = await stocked(loaf.shop, 0);
  const { sql: connection } = databaseHandle();
  await connection.begin(async (slow) => {
    await slow`update stock_levels set on_hand = 4 where offer_id = ${late.offerId}`;
    await becomes(loaf.title, 1); // others are noted later and read first
    expect(await total(late.title)).toBe(0);
  });
  expect(await becomes(late.title, 1)).toBe(1);
});

test('what is rolled back was never there', async () => {
  await becomes(loaf.title, 1);
  const { sql: connection } = databaseHandle();
  await connection
    .begin(async (tx) => {
      await tx`update stock_levels set on_hand = 0 where offer_id = ${loaf.offerId}`;
      throw new Error('rolled back');
    })
    .catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await total(loaf.title)).toBe(1);
});

test('claims that leave units on the shelf note nothing', async () => {
  const before = await reader().execute(sql`select count(*)::int as count from search_changes`);
  await reader().update(stockLevels).set({ asOf: wednesdayMorning }).where(eq(stockLevels.offerId, loaf.offerId));
  await reader().update(offers).set({ updatedAt: wednesdayMorning, shelf: 'B' }).where(eq(offers.id, loaf.offerId));
  expect(await reader().execute(sql`select count(*)::int as count from search_changes`)).toEqual(before);
});

test('drift is found and repaired, and an index made anew is the same', async () => {
  await becomes(loaf.title, 1);
  await reader().transaction(async (tx) => {
    await tx.execute(sql`alter table stock_levels disable trigger search_notes_changed_levels`);
    await tx.update(stockLevels).set({ onHand: 0 }).where(eq(stockLevels.offerId, loaf.offerId));
    await tx.execute(sql`alter table stock_levels enable trigger search_notes_changed_levels`);
  });
  expect(await total(loaf.title)).toBe(1); // nobody was told
  expect(await compareWholeIndex()).toBe(1);
  expect(await total(loaf.title)).toBe(0);
  expect(await compareWholeIndex()).toBe(0);

  const old = await freshIndex();
  await renewSearchIndex();
  const fresh = await soon(freshIndex, (index) => index !== old);
  expect(fresh).not.toBe(old);
  expect(new Set(fresh.documentOf.keys())).toEqual(new Set(old.documentOf.keys()));
  expect(await total(loaf.title)).toBe(0);
});

test('a department renamed has everything read anew', async () => {
  const old = await freshIndex();
  await reader().update(categories).set({ position: 7 });
  expect(await soon(freshIndex, (index) => index !== old)).not.toBe(old);
});

test('a result never claims what cannot be had: price and stock of a card are read live', async () => {
  await becomes(loaf.title, 1);
  await reader()
    .update(offers)
    .set({ priceMinor: minor(777) })
    .where(eq(offers.id, loaf.offerId));
  const [card] = (await search({ q: loaf.title })).cards;
  expect(card?.offer?.price.amountMinor).toBe(777);
});

test('where nothing is found, the page knows what would be', async () => {
  await becomes(loaf.title, 1);
  const results = await search({ q: loaf.title, prix: '100-', boutique: 'no-such-shop' });
  expect(ids(results)).toEqual([]);
  expect(results.recovery?.ways.map(({ kind, total: count }) => [kind, count])).toEqual([['without-filters', 1]]);
  expect(results.recovery?.departments.length).toBeGreaterThan(0);
});

describe('a Meilisearch that is configured', () => {
  let double: MeilisearchDouble;
  let place: MeiliPlace;
  beforeAll(async () => {
    double = await startMeilisearchDouble();
    place = { host: double.host, apiKey: double.apiKey, indexPrefix: 'fresh_' };
  });
  afterAll(async () => {
    expect(double.refused).toEqual([]);
    await double.stop();
  });
  const found = async (text: string) => {
    const windows = [
      {
        key: placeKey(loaf.shop.shopId, 0),
        shopId: loaf.shop.shopId,
        slug: 'a',
        rank: 0,
        whenBits: 15,
        wayBits: 7,
        isOpen: true,
        isNear: true,
        metres: 1,
      },
    ];
    const rest = { filters: noFilters, priceRanges: [], sort: 'tot', page: 1, pageSize: 9, isPageOnly: true } as const;
    const nodes = [{ categoryId, node: 'bread' }];
    return (await meilisearchEngine(place).answer({ text, windows, nodes, ...rest })).results.map(({ listingId }) => listingId);
  };

  test('hears of what changes and of the city’s own words, and once only', async () => {
    const { standing, listings: filled } = await fillMeilisearch(place);
    expect(filled).toBe(double.documentsOf('fresh_listings').size);
    expect(await found(loaf.title)).toEqual([loaf.listingId]);

    const [title, word] = [oneWord(), oneWord()];
    await reader().update(listings).set({ title }).where(eq(listings.id, loaf.listingId));
    const city = { kind: 'operator', personId: systemIds.make('person'), role: 'support' } as const;
    expect(await addSynonym(city, `${word} = ${title}`, wednesdayMorning)).toEqual({ ok: true, value: undefined });
    const next = await followChanges(place, standing);
    expect([await found(title), await found(word), await found(loaf.title)]).toEqual([[loaf.listingId], [loaf.listingId], []]);

    await removeSynonym(city, `${word} = ${title}`, wednesdayMorning);
    await followChanges(place, next);
    expect(await found(word)).toEqual([]);
  });

  test('is told apart from the tables by what it lacks, has too much, and has otherwise; filled anew it is the same', async () => {
    await fillMeilisearch(place);
    expect(await meilisearchDrift(place)).toBe(0);
    const documents = double.documentsOf('fresh_listings');
    const [one, other] = [...documents.values()].filter(({ id }) => id !== loaf.listingId);
    if (!one || !other) throw new Error('the city has three listings');
    documents.delete(one.id);
    documents.set('lst_nobodys', { ...other, id: 'lst_nobodys' });
    documents.set(loaf.listingId, { ...other, id: loaf.listingId });
    expect(await meilisearchDrift(place)).toBe(3);
    await fillMeilisearch(place);
    expect(await meilisearchDrift(place)).toBe(0);
  });
});

test('what was searched in vain is told from the fifth time on, and nothing that names a person or a thing', async () => {
  const [four, five, often] = [oneWord(), oneWord(), oneWord()];
  const ask = (query: string, times: number, hasFound = false) => {
    for (let time = 0; time < times; time += 1) countSearch(query, hasFound, wednesdayMorning);
  };
  ask(four, 4);
  ask(five, 5);
  ask(often.toUpperCase(), 9);
  ask(often, 20, true);
  ask('ana@example.org', 9);
  ask('06 12 34 56 78', 9);
  ask('une phrase que quelqu’un écrit sans chercher le moindre produit chez nous ce matin', 9);
  await writeCounts();
  const city = { kind: 'operator', personId: systemIds.make('person'), role: 'support' } as const;
  const told = await listUnmetDemand(city, { now: wednesdayMorning, days: 7 });
  expect(told).toEqual([
    { words: often, asked: 29, foundNothing: 9 },
    { words: five, asked: 5, foundNothing: 5 },
  ]);
});
