import { beforeAll, describe, expect, test } from 'vitest';
import type { City } from '@/db/seed';
import { buildCity, seedCity, shelvesOf } from '@/db/seed';
import { readRows } from '@/db/seed/city/source-files';
import { missingLegalFields } from '@/lib/catalogue';
import { isGate } from '@/lib/catalogue/legal-gates';
import { instant } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { whatIsWrongWith } from '@/lib/shops';
import { grenoble } from '../support/builders';
import { rowCounts } from '../support/database';

const seed = '7';
let city: City;

beforeAll(() => {
  city = buildCity(seed);
});

const luhn = (digits: string): number =>
  [...digits].reverse().reduce((sum, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0) % 10;

const checkDigitFits = (gtin: string): boolean =>
  [...gtin].reduce((sum, digit, at) => sum + Number(digit) * (at % 2 === 0 ? 3 : 1), 0) % 10 === 0;

describe('the demo city', () => {
  test('keeps its own gate: every leaf has trades, a rate of VAT and known rules, and no food, plant, book, battery or pet food lacks what the law asks', () => {
    const parents = new Set([...city.categories.values()].map(({ parentId }) => parentId));
    const leaves = [...city.categories.values()].filter(({ id }) => !parents.has(id));
    // A printed paper names its publisher itself, and what was worn has no maker left to write to.
    const noRules = new Set(['presse-revues', 'mode-seconde-main']);
    const rates = new Set(readRows('vocabulary/vat-rates.tsv').map((row) => row['category']));
    expect(leaves.length).toBeGreaterThan(300);
    expect(leaves.filter(({ trades }) => trades.length === 0).map(({ key }) => key)).toEqual([]);
    expect(leaves.filter(({ vatCategory }) => !rates.has(vatCategory)).map(({ key }) => key)).toEqual([]);
    expect(leaves.filter(({ key, legalGates }) => (legalGates.length === 0 && !noRules.has(key)) || !legalGates.every(isGate)).map(({ key }) => key)).toEqual([]); // prettier-ignore
    const told = new Set(['food', 'alcohol', 'book', 'plant', 'plant-passport', 'pet-food', 'battery']);
    const now = instant(Date.parse('2026-03-04T12:00:00Z'));
    const lacking = city.products.filter(({ leaf, attributes, net, maker }) => {
      const gates = (city.categories.get(leaf)?.legalGates ?? []).filter((gate) => told.has(gate));
      return missingLegalFields(gates, { attributes, netContent: net, manufacturer: maker, warnings: undefined }, now).length > 0;
    });
    expect(lacking.map(({ title }) => title)).toEqual([]);
  });

  test('is as large and as varied as a city', () => {
    expect(city.shops).toHaveLength(87);
    expect(new Set(city.shops.map((shop) => shop.trade)).size).toBeGreaterThanOrEqual(16);
    expect(city.offers.length).toBeGreaterThanOrEqual(35_000);
    expect(new Set(city.shops.map((shop) => shop.network))).toEqual(new Set([undefined, 'branch', 'franchise', 'affiliate']));
    for (const shop of city.shops) expect(city.offers.filter((offer) => offer.shop === shop).length, shop.name).toBeGreaterThanOrEqual(20);
    const places = new Set(shelvesOf(city, seed).map((shelf) => shelf.locationId));
    expect(places.size).toBe(87 + 2 + 2);
  });

  test('is the same for the same seed, to the id, and another for another', () => {
    const facts = (made: City) =>
      made.offers.map((offer) => [offer.id, offer.priceMinor, offer.onHand, offer.shelf, offer.merchantSku, offer.product.title]);
    expect(facts(buildCity(seed))).toEqual(facts(city));
    expect(buildCity('8').offers[0]?.id).not.toBe(city.offers[0]?.id);
  });

  test('has hours that can be read, registration numbers that add up and phones of nobody', () => {
    for (const shop of city.shops) {
      expect(whatIsWrongWith(shop.openingHours, grenoble), `${shop.name}: ${shop.openingHours}`).toBeUndefined();
      expect(shop.merchant.siren).toMatch(/^999\d{6}$/);
      expect(luhn(shop.merchant.siren)).toBe(0);
      if (shop.merchant.vatNumber !== undefined) {
        const key = (12 + 3 * (Number(shop.merchant.siren) % 97)) % 97;
        expect(shop.merchant.vatNumber).toBe(`FR${String(key).padStart(2, '0')}${shop.merchant.siren}`);
      }
      expect(shop.phone.replace(/\D/g, '')).toMatch(/^046571\d{4}$/);
      expect(shop.email).toMatch(/\.example$/);
    }
    expect(new Set(city.shops.map((shop) => shop.phone)).size).toBe(87);
  });

  test('gives bar codes to real groceries only, and right ones', () => {
    const coded = city.products.filter((product) => product.gtin !== undefined);
    expect(coded.length).toBeGreaterThan(6_000);
    for (const { gtin = '', licence } of coded) {
      expect(licence).toBe('ODbL-1.0');
      expect(gtin).toMatch(/^0(?!2)\d{13}$/);
      expect(checkDigitFits(gtin), gtin).toBe(true);
    }
  });

  test('names things as a French label does', () => {
    for (const { title, keyAttribute } of city.products) {
      for (const text of [title, keyAttribute ?? '']) {
        expect(text).not.toMatch(/[{}~|<>]|&[a-z]+;| {2}|undefined| [%€!?;:]|« |['"]/u);
      }
      expect(title).toMatch(/^[\p{Lu}\d«]/u);
    }
  });

  test('shares prices as shops do: the law fixes books, a network its own, the others differ', () => {
    const prices = Map.groupBy(city.offers, (offer) => `${offer.product.key}|${offer.variant.key}`);
    const shared = [...prices.values()].filter((offers) => offers.length > 1);
    expect(shared.length).toBeGreaterThan(8_000);
    const differ = shared.filter((offers) => new Set(offers.map((offer) => offer.priceMinor)).size > 1);
    expect(differ.length).toBeGreaterThan(4_000);
    for (const offers of shared.filter(([first]) => first?.product.hasFixedPrice)) {
      expect(new Set(offers.map((offer) => offer.priceMinor)).size).toBe(1);
    }
    const weighed = city.offers.filter((offer) => offer.product.salesUnit !== 'each');
    expect(weighed.every((offer) => offer.product.priceSteps === 1000)).toBe(true);
  });

  test('shows what the mock-ups show for "cafetière italienne"', () => {
    const found = city.offers.filter((offer) => /cafetière italienne/i.test(`${offer.product.title} ${offer.product.keyAttribute ?? ''}`));
    expect(new Set(found.map((offer) => offer.product.key)).size).toBeGreaterThanOrEqual(24);
    expect(new Set(found.map((offer) => offer.shop.key)).size).toBeGreaterThanOrEqual(9);
    const inox = found.find((offer) => offer.shop.key === 'quincaillerie-morel' && offer.product.title.includes('inox, 6'));
    expect(inox?.priceMinor).toBe(3490);
  });
});

test('the whole city is written, and every offer has a rate, a listing and a counted shelf', async () => {
  const { sql } = databaseHandle();
  await seedCity({ sql, seed, now: Date.now() });
  const [shopRows = 0, offerRows = 0, levelRows = 0, movementRows = 0] = await rowCounts(
    'shops',
    'offers',
    'stock_levels',
    'stock_movements',
  );
  expect(shopRows).toBe(87);
  expect(offerRows).toBe(city.offers.length);
  expect(levelRows).toBe(movementRows);
  const [missing] = await sql<{ rates: number; exact: number; addressed: number }[]>`
    select
      (select count(*)::int from offers o where not exists (
        select from vat_rates r where r.territory = 'FR-mainland' and r.category = o.vat_category and r.valid_to is null)) as rates,
      (select count(*)::int from stock_levels l join stock_movements m using (offer_id, location_id) where m.quantity <> l.on_hand or m.occurred_at <> l.as_of) as exact,
      (select count(*)::int from shops s where not exists (select from addresses a where a.label = s.street || ', ' || s.postcode || ' ' || s.town)) as addressed`;
  expect(missing).toEqual({ rates: 0, exact: 0, addressed: 0 });
});
