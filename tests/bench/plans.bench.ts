import postgres from 'postgres';
import { openClient } from '@/lib/command/shopping/client';
import type { Client } from '@/lib/command/shopping/client';
import type { Figure } from './site';
import { openSite, print, repeat, wishes } from './site';

/**
 * The basket page of eight things, with its plans over all shops of the city, as the server answers it: the facts read, five goals solved, the
 * page rendered. Beside it the basket of one thing, an empty handler of the same server, and the candidates' rows by bare SQL.
 */
const LINES = 8;

const asked = wishes('1,4');
const site = await openSite();
const sql = postgres(site.databaseUrl, { max: Math.max(...asked.clients), onnotice: () => {} });

/** Words that any town's shops answer to. */
const searches = ['savon', 'chocolat', 'café', 'livre', 'thé', 'miel', 'huile', 'carnet', 'jouet', 'bougie', 'tasse', 'confiture'];

/** A shopper with so many things taken from cards: their shops are proposed, not chosen, so every plan is open. */
async function withBasket(lines: number): Promise<Client> {
  const shopper = openClient(site.baseUrl);
  let added = 0;
  for (const words of searches) {
    const results = await shopper.get(`/recherche?q=${encodeURIComponent(words)}`);
    const form = results.forms.find(({ fields }) => fields.some(({ name, value }) => name === 'shopChosen' && value === '0'));
    if (!form) continue;
    await shopper.submit(results, form);
    added += 1;
    if (added === lines) return shopper;
  }
  throw new Error(`only ${added} of ${lines} searches show a card to add from`);
}

async function ask(shopper: Client): Promise<void> {
  const page = await shopper.get('/panier');
  if (page.status !== 200) throw new Error(`the basket answered ${page.status}`);
}

try {
  const figures: Figure[] = [];
  for (const clients of asked.clients) {
    const eight = await Promise.all(Array.from({ length: clients }, () => withBasket(LINES)));
    const one = await Promise.all(Array.from({ length: clients }, () => withBasket(1)));
    await repeat('warm-up', clients, 1, (client) => ask(eight[client]!));
    figures.push(await repeat(`basket of ${LINES}`, clients, asked.seconds, (client) => ask(eight[client]!)));
    figures.push(await repeat('basket of 1', clients, asked.seconds, (client) => ask(one[client]!)));
    figures.push(
      await repeat('floor: empty handler', clients, asked.seconds, async () => {
        await (await fetch(`${site.baseUrl}/api/floor`)).text();
      }),
    );
    figures.push(
      await repeat('floor: bare SQL', clients, asked.seconds, async () => {
        await sql`select o.*, s.* from offers o join stock_levels s on s.offer_id = o.id
          where o.listing_id in (select listing_id from basket_lines order by added_at desc limit ${LINES})`;
      }),
    );
  }
  const [shops] = await sql<{ count: number }[]>`select count(*)::int as count from shops`;
  print('plans', asked, figures, { lines: LINES, shops: shops?.count ?? 0 });
} finally {
  await sql.end();
  await site.stop();
}
