import { expect, test } from 'vitest';
import { listCards, listOffers, parseSearch, searchListings } from '@/lib/search';
import { loadShopBook } from '@/lib/shops';
import { given, wednesdayMorning } from '../../support/builders';
import { watchDatabase } from '../../support/watched-database';

const asked = (q: string) =>
  searchListings({ query: parseSearch({ q }), department: undefined, locale: 'fr', place: undefined, now: wednesdayMorning });

test('a page of results asks the database for its shops, their zones and rates and its cards, however much it shows; an offer table asks once', async () => {
  const shops = [await given.shop(), await given.shop()] as const;
  const first = await given.offer({ shop: shops[0], listing: await given.listing({ title: 'Chandelle numéro 0' }) });
  for (let at = 1; at < 30; at += 1)
    await given.offer({ shop: shops[at % 2 === 0 ? 0 : 1], listing: await given.listing({ title: `Chandelle numéro ${at}` }) });
  await asked('chandelle'); // the index is read, the words that change rarely are kept
  const watched = await watchDatabase();
  try {
    const { total, cards } = await asked('chandelle');
    expect([total, cards.length]).toEqual([30, 24]);
    await asked('chandelle'); // a pool of its own read the index anew
    watched.statements.length = 0;
    await asked('chandelle');
    // The shops, the zones with the rates of commission, the cards; and, as time goes by, a look for changes and what is kept for seconds.
    const own = watched.statements.filter(
      (text) => !/search_changes|search_generations|search_synonyms|categories"? .*group by/s.test(text),
    );
    expect(own.length).toBeLessThanOrEqual(3);
    expect(watched.statements.length).toBeLessThanOrEqual(6);

    const book = await loadShopBook(wednesdayMorning);
    watched.statements.length = 0;
    await listCards({ listingIds: cards.map(({ listingId }) => listingId), book, place: undefined, now: wednesdayMorning });
    expect(watched.statements).toHaveLength(1);
    watched.statements.length = 0;
    await listOffers({ listingId: first.listingId, book, place: undefined, now: wednesdayMorning });
    expect(watched.statements).toHaveLength(1);
  } finally {
    await watched.close();
  }
});
