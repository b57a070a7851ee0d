import { join } from 'node:path';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { listDepartments } from '@/lib/catalogue';
import { migrateDatabase } from '@/lib/command/migrate';
import { instant } from '@/lib/kernel';
import { startDatabase } from '@/lib/platform/embedded-postgres';
import { databaseHandle, closeDatabase, useDatabase } from '@/lib/platform/database';
import { env } from '@/lib/platform/env';
import { parseSearch, searchListings, suggest, type SearchParameters } from '@/lib/search';
import { freshIndex } from '@/lib/search/live/fresh-index';
import { given } from '../support/builders';
import type { Figure } from './site';
import { figureOf, print, repeat } from './site';

/**
 * A whole results page's question (words, facets, order, 24 cards with live price, stock and promise) and a suggestion, in this process,
 * on generated cities of two sizes, beside the floor: the same 24 listings with their offers by primary key.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '6' },
    clients: { type: 'string', default: '1,8' },
    sizes: { type: 'string', default: '55000,500000' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const clients = values.clients.split(',').map(Number);
const sizes = values.sizes.split(',').map(Number);

const nouns =
  'savon café thé roman cafetière lampe vase bougie carnet stylo puzzle peluche ballon gourde sac foulard bonnet gant chemise robe pull jean pantalon veste chaussure botte sandale montre collier bague bracelet tasse assiette bol plat verre couteau cuillère casserole poêle bouilloire théière moulin farine sucre miel confiture chocolat biscuit gâteau pain fromage beurre yaourt jambon saucisson poulet saumon thon huile vinaigre moutarde sel poivre épice riz pâtes lentille soupe sauce jus sirop bière vin cidre rhum graine plante pot terreau arrosoir sécateur marteau tournevis vis clou peinture pinceau colle ampoule câble chargeur casque enceinte clavier souris'.split(
    ' ',
  );
const qualities =
  'noir blanc rouge vert bleu jaune gris rose beige petit grand moyen ancien moderne artisanal bio local italien français japonais breton alpin doux fort épais fin léger naturel végétal recyclé pliable électrique manuel sans_gluten rond carré long court mat brillant brut lisse rayé fleuri uni'.split(
    ' ',
  );
const kinds =
  'bois verre coton laine lin cuir métal grès porcelaine papier citron vanille lavande menthe cerise fraise framboise noisette amande orange olive tomate basilic thym romarin rose jasmin cèdre santal pin chêne noyer hêtre bambou osier'.split(
    ' ',
  );
const makers = Array.from(
  { length: 400 },
  (_, at) => `Maison ${['Arvel', 'Bruno', 'Castel', 'Doriane', 'Elbert', 'Farge', 'Gaudin', 'Hélias'][at % 8]} ${at}`,
);

const SHOPS = 90;
const DEPARTMENTS = 60;

/** A city of `size` listings: titles of a few thousand different words, every tenth thing at two shops, a tenth sold out. */
async function generate(size: number): Promise<void> {
  for (let at = 0; at < SHOPS; at += 1) {
    await given.shop({
      openingHours: 'Mo-Su 08:00-20:00',
      latitude: 45.16 + (at % 10) * 0.006,
      longitude: 5.69 + Math.floor(at / 10) * 0.007,
      services: {
        pickup: true,
        courier:
          at % 3 === 0
            ? {
                priceMinor: 490,
                radiusMetres: 5000,
                slots: [
                  ['10:00', '12:00'],
                  ['16:00', '19:00'],
                ],
              }
            : null,
        parcel: at % 2 === 0 ? { priceMinor: 590, days: 2, maxGrams: 20_000 } : null,
      },
    });
  }
  const { sql } = databaseHandle();
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into categories (id, parent_id, position, name, slug, family, glyph, vat_category)
      select 'cat_' || lpad(n::text, 26, '0'), case when n > 10 then 'cat_' || lpad((n % 10 + 1)::text, 26, '0') end, n,
        jsonb_build_object('fr', 'Rayon ' || n, 'en', 'Department ' || n), jsonb_build_object('fr', 'rayon-' || n, 'en', 'department-' || n),
        'epicerie', 'pain', 'standard' from generate_series(1, ${DEPARTMENTS}) n`;
    await tx`create temporary table words on commit drop as
      select ${nouns}::text[] as nouns, ${qualities}::text[] as qualities, ${kinds}::text[] as kinds, ${makers}::text[] as makers`;
    await tx`create temporary table things on commit drop as
      select n, lpad(n::text, 26, '0') as key, 'cat_' || lpad((11 + (n * 7) % ${DEPARTMENTS - 10})::text, 26, '0') as category,
        nouns[1 + (n * 31) % cardinality(nouns)] || ' ' || replace(qualities[1 + (n * 17 + n / 7) % cardinality(qualities)], '_', ' ') ||
        case when n % 3 > 0 then ' ' || kinds[1 + (n * 13 + n / 11) % cardinality(kinds)] else '' end ||
        case when n % 4 = 0 then ' ' || (50 + (n % 19) * 50) || ' g' else '' end || case when n % 9 = 0 then ' série ' || (n % 3000) else '' end as title,
        makers[1 + (n * 7 + n / 3) % cardinality(makers)] as maker
      from generate_series(1, ${size}) n, words`;
    await tx`insert into products (id, category_id, title, brand, attributes, glyph, source, licence, created_at)
      select 'prd_' || key, category, title, maker, jsonb_build_object('Matière', (array['bois', 'verre', 'coton', 'métal'])[1 + n % 4], 'Taille', (array['S', 'M', 'L'])[1 + n % 3]),
        'pain', 'bench', 'none', now() from things`;
    await tx`insert into variants (id, product_id, gtin, attributes, sales_unit, weight_grams, volume_cm3)
      select 'var_' || key, 'prd_' || key, null, '{}', 'each', 300, 500 from things`;
    await tx`insert into listings (id, variant_id, category_id, slug, title, brand, is_published)
      select 'lst_' || key, 'var_' || key, category, 'chose-' || n, title, maker, true from things`;
    await tx`create temporary table places on commit drop as select s.id as shop, l.id as location, row_number() over (order by s.id) - 1 as place
      from shops s join stock_locations l on l.shop_id = s.id`;
    await tx`insert into offers (id, listing_id, shop_id, merchant_sku, price_minor, currency, vat_category, condition, is_active, updated_at)
      select 'off_' || key || c, 'lst_' || key, shop, n || '-' || c, 200 + (n * 37) % 12000, 'EUR', 'standard', case when n % 15 = 0 then 'used' else 'new' end, true, now()
      from things cross join generate_series(0, 1) c join places on place = (n * 11 + c * 29) % ${SHOPS} where c = 0 or n % 10 = 0`;
    await tx`insert into stock_levels (offer_id, location_id, on_hand, reserved, allocated, safety_stock, routing_safety_stock, as_of, grade, confidence_bps)
      select o.id, p.location, case when length(o.id) > 0 and right(o.merchant_sku, 3) like '%7-%' then 0 else 5 end, 0, 0, 0, 0, now(), 'A', 9500
      from offers o join places p on p.shop = o.shop_id`;
  });
  await sql`analyze`;
}

const now = instant(Date.UTC(2026, 10, 25, 10, 0));
const place = { latitude: 45.19, longitude: 5.72, label: 'ici' };

const asked: readonly SearchParameters[] = [
  { q: 'savon' },
  { q: 'cafetière' },
  { q: 'chemise coton bleu' },
  { q: 'thé vert menthe' },
  { q: 'cafetiere italiene' },
  { q: 'choco' },
  { q: 'vase en verre', prix: '10-25' },
  { q: 'confiture fraise', quand: 'aujourdhui' },
  { q: 'lampe bois', tri: 'prix' },
  { q: 'pull laine', comment: 'velo' },
  { q: 'roman', boutique: 'boutique-3' },
  { q: 'maison arvel 8' },
  { q: 'savon lavande 200 g' },
  { q: 'bougie', etat: 'seconde-main' },
  { q: '', tri: 'tot' },
  { q: 'rouge' },
];

/** Pages that found nothing would be measured for nothing: they are counted. */
let empty = 0;

async function page(at: number): Promise<void> {
  const departments = await listDepartments('fr');
  const parameters = asked[at % asked.length] ?? {};
  const isBroad = at % 8 === 7;
  const { total } = await searchListings({
    query: parseSearch(isBroad ? {} : parameters),
    department: isBroad ? departments[at % departments.length] : undefined,
    locale: 'fr',
    place: at % 2 === 0 ? place : undefined,
    now,
  });
  if (total === 0) empty += 1;
}

const typed = ['sa', 'caf', 'cafet', 'choc', 'rob', 'mais', 'bout', 'confi', 'lampe b', 'the ve'];

/** From a committed change to the first answer that shows the listing that was changed, many times. */
async function freshness(): Promise<Figure> {
  const { sql } = databaseHandle();
  const times: number[] = [];
  const startedAt = performance.now();
  for (let at = 1; at <= 12; at += 1) {
    const id = `lst_${String(at * 10 + 1).padStart(26, '0')}`; // those that end in seven are sold out
    const title = `zqfresh${String.fromCharCode(97 + at)}${String.fromCharCode(110 + (at % 10))}`;
    await sql`update listings set title = ${title} where id = ${id}`;
    const since = performance.now();
    for (;;) {
      const { cards } = await searchListings({
        query: parseSearch({ q: title }),
        department: undefined,
        locale: 'fr',
        place: undefined,
        now,
        isPageOnly: true,
      });
      if (cards.some(({ listingId }) => listingId === id) || performance.now() - since > 5_000) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    times.push(performance.now() - since);
  }
  return figureOf('freshness', 1, times, 0, (performance.now() - startedAt) / 1_000);
}

/** Processor time of this process for one page and one suggestion: says something on a busy machine too. Milliseconds. */
async function processorTime(): Promise<{ readonly pageCpuMs: number; readonly suggestionCpuMs: number }> {
  const of = async (times: number, work: (at: number) => Promise<unknown>) => {
    const since = process.cpuUsage();
    for (let at = 0; at < times; at += 1) await work(at);
    const { user, system } = process.cpuUsage(since);
    return Math.round((user + system) / times / 10) / 100;
  };
  return {
    pageCpuMs: await of(48, page),
    suggestionCpuMs: await of(30, (at) => suggest(typed[at % typed.length] ?? 'sa', 'fr', now)),
  };
}

/** Rows read into the index again per second, after a change of many prices at once. */
async function reindexed(size: number): Promise<number> {
  const { sql } = databaseHandle();
  const rows = Math.min(20_000, Math.floor(size / 4));
  await sql`update offers set price_minor = price_minor + 1 where listing_id in (select id from listings order by id limit ${rows})`;
  const since = performance.now();
  await freshIndex();
  const index = await freshIndex();
  for (let waited = 0; waited < 30_000; waited += 50) {
    const document = index.documentOf.get(`lst_${String(rows).padStart(26, '0')}`) ?? 0;
    const [row] = await sql<
      { price: number }[]
    >`select price_minor::int as price from offers where listing_id = ${`lst_${String(rows).padStart(26, '0')}`} order by id limit 1`;
    const from = index.offersFrom.values[document] ?? 0;
    if (index.offerPrices.values[from] === row?.price) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await freshIndex();
  }
  return Math.round(rows / ((performance.now() - since) / 1_000));
}

const server = await startDatabase({ folder: join(env().dataFolder, 'bench-search'), durable: false });
const figures: Figure[] = [];
const more: Record<string, object> = {};
try {
  for (const size of sizes) {
    const url = await server.recreateDatabase(`bench_search_${size}`);
    await migrateDatabase(url);
    await useDatabase(url, { connections: 16 });
    await generate(size);
    globalThis.gc?.();
    const before = process.memoryUsage();
    const since = performance.now();
    const index = await freshIndex();
    const buildMs = Math.round(performance.now() - since);
    globalThis.gc?.();
    const after = process.memoryUsage();
    const memoryMb = Math.round((after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6);
    let turn = 0;
    for (let warm = 0; warm < 40; warm += 1) await page(warm);
    const { sql } = databaseHandle();
    const ids = [...index.documentOf.keys()].slice(0, 24);
    for (const many of clients) {
      figures.push(await repeat(`page ${size}`, many, seconds, () => page((turn += 1))));
      figures.push(
        await repeat(
          `suggestion ${size}`,
          many,
          seconds / 2,
          async () => void (await suggest(typed[(turn += 1) % typed.length] ?? 'sa', 'fr', now)),
        ),
      );
      figures.push(
        await repeat(`floor: 24 by key ${size}`, many, seconds / 2, async () => {
          await sql`select l.*, o.*, s.* from listings l join offers o on o.listing_id = l.id join stock_levels s on s.offer_id = o.id where l.id = any(${ids})`;
        }),
      );
    }
    figures.push(await freshness());
    more[`city ${size}`] = {
      listings: index.documentOf.size,
      offersInStock: index.offerPlaces.length,
      buildMs,
      indexMb: memoryMb,
      ...(await processorTime()),
      emptyPages: empty,
      reindexedPerSecond: await reindexed(size),
    };
    await closeDatabase();
  }
  print('search', { seconds, clients, json: values.json }, figures, more);
  if (!values.json) process.stdout.write(`${JSON.stringify(more, null, 1)}\n`);
} finally {
  await closeDatabase();
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  for (const size of sizes) await sql.unsafe(`drop database if exists bench_search_${size} with (force)`);
  await sql.end();
  if (!server.found) await server.stop();
}
