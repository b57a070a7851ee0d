import { eq, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { categories, listings, offers, products, stockLevels, variants } from '@/db/schema';
import { minor, type CategoryId, type ListingId } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { reader } from '@/lib/platform/transaction';
import { compareWholeIndex, parseSearch, renewSearchIndex, searchListings, type ResultsView, type SearchParameters } from '@/lib/search';
import { freshIndex } from '@/lib/search/live/fresh-index';
import { given, wednesdayMorning, type GivenOffer, type GivenShop } from '../../support/builders';

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
