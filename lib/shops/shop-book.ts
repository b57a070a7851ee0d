import type { SQL } from 'drizzle-orm';
import { eq, getTableColumns, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '@/db/client';
import { fixedSelect } from '@/db/fixed-select-adapter';
import { citySettings, merchants, merchantVatRegimes, shopClosures, shops } from '@/db/schema';
import type { Instant, Interval, ShopId } from '@/lib/kernel';
import { DAY, dateOf, instant, invariant, plusMs } from '@/lib/kernel';
import type { ModuleSwitches } from '@/lib/modules';
import { switchedModules, switchesOf } from '@/lib/modules';
import type { Reader } from '@/lib/platform/transaction';
import { planned, reader } from '@/lib/platform/transaction';
import type { RuleInForce } from './commission-rates';
import { ratesOf, rulesInForce, rulesOf } from './commission-rates';
import { localDay } from './local-time';
import { openingIntervals, withoutClosures } from './opening-intervals';
import type { CityFacts, CourierZone, ShopFacts } from './views';
import { zonesAndDoors, zonesOf } from './zones';

/** Every shop people may see as it is now, with its opening intervals. */
export type ShopBook = {
  readonly now: Instant;
  readonly city: CityFacts;
  readonly zones: readonly CourierZone[];
  /** Every rule of commission in force. */
  readonly rules: readonly RuleInForce[];
  get(shopId: ShopId): ShopFacts | undefined;
  bySlug(slug: string): ShopFacts | undefined;
  all(): readonly ShopFacts[];
};

const services = z.object({
  pickup: z.boolean(),
  courier: z.object({ priceMinor: z.number(), radiusMetres: z.number(), slots: z.array(z.tuple([z.string(), z.string()])) }).nullable(),
  parcel: z.object({ priceMinor: z.number(), days: z.number(), maxGrams: z.number() }).nullable(),
  takesReturns: z.boolean(),
  buysReturns: z.boolean().optional(),
  setAside: z.boolean().default(false),
});

const closures = z.array(z.object({ from: z.number(), to: z.number() })).nullable();

/** How long a page may go on with the book another page just read; less than the two seconds live figures may be old. */
const KEPT_MS = process.env['NODE_ENV'] === 'production' ? 1_000 : 0;

let kept: { readonly until: number; readonly asOf: Instant; readonly book: Promise<ShopBook> } | undefined;

/**
 * The book as of `now`. Pages asked within one second share a reading; whoever decides passes the transaction and reads for itself.
 * `only` leaves the other shops out. Errors: throws when the city was never set up.
 */
export async function loadShopBook(now: Instant, tx?: Reader, only?: readonly ShopId[]): Promise<ShopBook> {
  if (tx !== undefined) return readBook(now, tx, only);
  const tick = performance.now();
  if (!kept || kept.until <= tick || Math.abs(now - kept.asOf) > KEPT_MS) {
    const book = readBook(now, reader());
    kept = { until: tick + KEPT_MS, asOf: now, book };
    book.catch(() => (kept = undefined)); // whoever asked sees the error, the next one reads again
  }
  return { ...(await kept.book), now };
}

/**
 * The book with these shops alone, as they are in this transaction; the city, its zones and its rates of commission are those of `book`. One statement. For whoever
 * read the book before the transaction began, because a transaction that waits for another connection may wait for ever.
 */
export async function readShopsAgain(book: ShopBook, tx: Reader, shopIds: readonly ShopId[]): Promise<ShopBook> {
  return bookOf(await readRows(book.now, tx, shopIds), book);
}

/** A shop was switched here: the next page reads again. */
export function forgetShopBook(): void {
  kept = undefined;
}

async function readBook(now: Instant, from: Reader, only?: readonly ShopId[]): Promise<ShopBook> {
  // What is the same for every shop is one statement, and both are asked in one journey.
  const [rows, [around]] = await Promise.all([
    readRows(now, from, only),
    from.execute(sql`${planned} select ${zonesAndDoors(now)}, ${rulesInForce(now)} as rules`),
  ]);
  const first = rows[0];
  invariant(first, 'the city is set up: run the migrations and the seed');
  const city = cityOf(first.city);
  return bookOf(rows, { city, zones: zonesOf(around, city.timeZone), rules: rulesOf(around?.['rules']), now });
}

function bookOf(rows: readonly Row[], { city, zones, rules, now }: Around): ShopBook {
  const modules = switchesOf(rows[0]?.switched ?? null);
  const facts = rows.flatMap((row) =>
    row.shop && row.merchant ? [factsOf({ ...row, shop: row.shop, merchant: row.merchant }, { city, zones, rules, now, modules })] : [],
  );
  const byId = new Map(facts.map((shop) => [shop.id, shop]));
  const slugs = new Map(facts.map((shop) => [shop.slug, shop]));
  return { now, city, zones, rules, get: (shopId) => byId.get(shopId), bySlug: (slug) => slugs.get(slug), all: () => facts };
}

/** Everything but what only the shop's own page tells. */
const {
  story: _story,
  keeper: _keeper,
  email: _email,
  createdAt: _createdAt,
  updatedAt: _updatedAt,
  ...factColumns
} = getTableColumns(shops);

async function readRows(now: Instant, from: Reader, only?: readonly ShopId[]) {
  const given = { now: dateOf(now).toISOString(), before: dateOf(plusMs(now, -DAY)).toISOString() };
  return only ? someRows(from, { ...given, only: JSON.stringify(only) }) : allRows(from, given);
}

function bookRows(from: Database, which: SQL) {
  const at = sql`${sql.placeholder('now')}::timestamptz`;
  const closed = sql<unknown>`(select json_agg(json_build_object('from', extract(epoch from ${shopClosures.closedFrom}) * 1000, 'to', extract(epoch from ${shopClosures.closedTo}) * 1000))
    from ${shopClosures} where ${shopClosures.shopId} = ${shops.id} and ${shopClosures.closedTo} > ${sql.placeholder('before')}::timestamptz)`;
  const regime = sql<
    string | null
  >`(select ${merchantVatRegimes.regime} from ${merchantVatRegimes} where ${merchantVatRegimes.merchantId} = ${shops.merchantId}
    and ${merchantVatRegimes.validFrom} <= (${at} at time zone ${citySettings.timeZone})::date
    and (${merchantVatRegimes.validTo} is null or ${merchantVatRegimes.validTo} >= (${at} at time zone ${citySettings.timeZone})::date)
    order by ${merchantVatRegimes.validFrom} desc limit 1)`;
  return from
    .select({
      city: {
        name: citySettings.name,
        latitude: citySettings.latitude,
        longitude: citySettings.longitude,
        timeZone: citySettings.timeZone,
        country: citySettings.country,
        region: citySettings.region,
        currency: citySettings.currency,
        defaultLocale: citySettings.defaultLocale,
      },
      shop: factColumns,
      merchant: {
        id: merchants.id,
        legalName: merchants.legalName,
        commissionBps: merchants.commissionBps,
        verifiedAt: merchants.verifiedAt,
        pspAccountState: merchants.pspAccountState,
      },
      closed,
      regime,
      switched: sql<unknown>`${switchedModules}`,
    })
    .from(citySettings)
    .leftJoin(shops, which)
    .leftJoin(merchants, eq(merchants.id, shops.merchantId))
    .orderBy(shops.id);
}

const allRows = fixedSelect((from) => bookRows(from, sql`${shops.level} <> 'draft'`));
const someRows = fixedSelect((from) =>
  bookRows(
    from,
    sql`${shops.level} <> 'draft' and ${shops.id} = any(array(select jsonb_array_elements_text(${sql.placeholder('only')}::jsonb)))`,
  ),
);

type Row = Awaited<ReturnType<typeof readRows>>[number];
type ShopRow = Row & { readonly shop: NonNullable<Row['shop']>; readonly merchant: NonNullable<Row['merchant']> };

function cityOf(row: Row['city']): CityFacts {
  return {
    name: row.name,
    at: { latitude: row.latitude, longitude: row.longitude },
    timeZone: row.timeZone,
    country: row.country,
    region: row.region,
    currency: row.currency,
    defaultLocale: row.defaultLocale,
  };
}

type Around = {
  readonly city: CityFacts;
  readonly zones: readonly CourierZone[];
  readonly rules: readonly RuleInForce[];
  readonly now: Instant;
};

function factsOf(
  { shop, merchant, closed, regime }: ShopRow,
  { city, zones, rules, now, modules }: Around & { readonly modules: ModuleSwitches },
): ShopFacts {
  const place = { timeZone: shop.timeZone, country: city.country, region: city.region, latitude: shop.latitude, longitude: shop.longitude };
  const opened = openingIntervals(shop.openingHours, place, now);
  const gaps = (closures.parse(closed) ?? []).map(({ from, to }): Interval => ({
    from: instant(Math.round(from)),
    to: instant(Math.round(to)),
  }));
  const shown = shop.level === 'draft' ? 'window' : shop.level; // never: drafts were not read
  // Nothing is paid online to whom the provider does not pay out (OP-25).
  const level = shown === 'sell' && merchant.pspAccountState !== 'enabled' ? 'reserve' : shown;
  return {
    id: shop.id,
    slug: shop.slug,
    name: shop.name,
    trade: shop.trade,
    street: shop.street,
    postcode: shop.postcode,
    town: shop.town,
    at: { latitude: shop.latitude, longitude: shop.longitude },
    phone: shop.phone,
    awning: shop.awning,
    timeZone: shop.timeZone,
    openingHours: shop.openingHours,
    services: servicesAt(level, services.parse(shop.services), modules),
    zones,
    openings: gaps.length === 0 ? opened : withoutClosures(opened, gaps).filter((interval) => interval.to > now),
    preparationMinutes: shop.preparationMinutes,
    capacityPerHour: shop.capacityPerHour,
    acceptanceMinutes: shop.acceptanceMinutes,
    level,
    takesOrders: shop.takesOrders,
    pausedUntil: shop.pausedUntil ?? undefined,
    pauseReason: shop.pauseReason ?? undefined,
    returnDays: shop.returnDays,
    merchantId: merchant.id,
    merchantName: merchant.legalName,
    networkId: shop.networkId ?? undefined,
    commissionRates: ratesOf(rules, { shopId: shop.id, networkId: shop.networkId, contractBps: merchant.commissionBps }),
    verifiedAt: merchant.verifiedAt ?? undefined,
    vatRegime: regime === 'exempt' || regime === 'margin' ? regime : 'normal',
  };
}

/**
 * What the shop offers of what the city has switched on. Nobody else asks about a module of receiving: a way that is not here is not promised, planned,
 * listed nor ordered. Who cannot be paid before hands over at the counter and nowhere else.
 */
function servicesAt(level: ShopFacts['level'], own: ShopFacts['services'], { works }: ModuleSwitches): ShopFacts['services'] {
  const isPaidBefore = level !== 'reserve';
  return {
    ...own,
    pickup: own.pickup && works('click-and-collect'),
    courier: isPaidBefore && works('local-delivery') ? own.courier : null,
    parcel: isPaidBefore && works('parcels') ? own.parcel : null,
    takesReturns: own.takesReturns && works('returns-anywhere'),
    setAside: own.setAside && works('set-aside'),
  };
}

/** Local day in the city's zone, for rows that are valid by date. */
export function cityDay(book: ShopBook): string {
  return localDay(book.now, book.city.timeZone);
}
