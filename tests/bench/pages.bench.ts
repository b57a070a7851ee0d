import autocannon from 'autocannon';
import postgres from 'postgres';
import { openClient } from '@/lib/command/shopping/client';
import { shownListings } from '@/lib/command/shopping/purchase';
import type { Figure } from './site';
import { figureOf, openSite, print, repeat, wishes } from './site';

/** Home, results and listing pages per second, beside an empty handler of the same server and the listing's rows by bare SQL. */
const asked = wishes('16');
const site = await openSite();

function measure(name: string, path: string, clients: number): Promise<Figure> {
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    let failed = 0;
    const startedAt = performance.now();
    const run = autocannon({ url: `${site.baseUrl}${path}`, connections: clients, duration: asked.seconds }, (error) => {
      if (error) reject(error);
      else resolve(figureOf(name, clients, times, failed, (performance.now() - startedAt) / 1_000));
    });
    run.on('response', (_client, status, _bytes, milliseconds) => {
      if (status === 200) times.push(milliseconds);
      else failed += 1;
    });
    run.on('reqError', () => (failed += 1));
  });
}

async function someListing(): Promise<string> {
  for await (const { page, offers } of shownListings(openClient(site.baseUrl))) if (offers.length > 2) return new URL(page.url).pathname;
  throw new Error('the city shows no listing with three offers');
}

const sql = postgres(site.databaseUrl, { max: Math.max(...asked.clients) });
try {
  const listing = await someListing();
  const id = /lst_\w+$/.exec(listing)?.[0] ?? '';
  const figures: Figure[] = [];
  for (const clients of asked.clients) {
    await measure('warm-up', '/', clients);
    figures.push(await measure('home', '/', clients));
    figures.push(await measure('search', '/recherche?q=savon', clients));
    figures.push(await measure('listing', listing, clients));
    figures.push(await measure('floor: empty handler', '/api/floor', clients));
    figures.push(
      await repeat('floor: bare SQL', clients, asked.seconds, async () => {
        await sql`select l.*, o.*, s.* from listings l
          join offers o on o.listing_id = l.id join stock_levels s on s.offer_id = o.id where l.id = ${id}`;
      }),
    );
  }
  print('pages', asked, figures, { listing });
} finally {
  await sql.end();
  await site.stop();
}
