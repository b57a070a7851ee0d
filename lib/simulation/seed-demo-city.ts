import { sql } from 'drizzle-orm';
import { seedCity } from '@/db/seed';
import { shops } from '@/db/schema';
import { DAY, plusMs } from '@/lib/kernel';
import { systemClock } from '@/lib/platform/clock';
import { closeDatabase, useDatabase } from '@/lib/platform/database';
import { env } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';
import { issueDemoVouchers } from './issue-demo-vouchers';
import { issuePastInvoices } from './issue-past-invoices';
import { placeLiveOrders } from './live-orders';
import { recountShelves } from './recount-shelves';
import { newReplay, replayHistory } from './replay-history';
import { settlePastOrders } from './settle-past-orders';

export type SeedDemoCity = {
  /** A migrated database without shops. */
  readonly databaseUrl: string;
  /** Everything invented follows from it. */
  readonly seed: number;
  /** Days of orders to live through before now; the configured number when left out, none for 0. */
  readonly historyDays?: number;
  readonly onProgress?: (step: string, share?: number) => void;
};

/** The database already holds a city: seeding would mix two. The message is for people. */
export class CityExistsError extends Error {
  override readonly name = 'CityExistsError';
  constructor() {
    super('This database already has shops. Seed an empty one, or start anew with: npm run demo -- --reset');
  }
}

/** Words and share of the whole for each step of writing the city. */
const steps: Readonly<Record<string, readonly [string, number]>> = {
  shops: ['87 shops of Grenoble', 0],
  products: ['products', 0.02],
  offers: ['offers', 0.04],
  stock: ['stock', 0.06],
  people: ['people', 0.1],
  statistics: ['statistics', 0.11],
};

/** What the city's shops sell through Halles on a usual day; the history is lived through in about a minute on two processors. */
const ERRANDS_A_DAY = 10.5;

/**
 * Commits need not wait for the disk: a seeding that is cut off is begun anew. A pooler in front would refuse the parameter, and where
 * there is one the direct address differs.
 */
function hasty(databaseUrl: string): string {
  const { databaseUrl: pooled, databaseDirectUrl: direct } = env();
  if (databaseUrl === pooled && direct !== pooled) return databaseUrl;
  const url = new URL(databaseUrl);
  url.searchParams.set('synchronous_commit', 'off');
  return url.href;
}

/**
 * Makes the demo city: its source data first, then its history, lived through by the real use-cases with a
 * moved clock. What is left at the end is a city of this minute, with orders waiting at the demo shop's counter.
 * Errors: throws `CityExistsError` when there are shops already.
 */
export async function seedDemoCity({
  databaseUrl,
  seed,
  historyDays = env().city.historyDays,
  onProgress = () => {},
}: SeedDemoCity): Promise<void> {
  const handle = await useDatabase(hasty(databaseUrl), { connections: 8 });
  const { level } = log;
  log.level = 'warn'; // a line per use-case would be fifteen thousand lines
  try {
    const [existing] = await handle.database.select({ id: shops.id }).from(shops).limit(1);
    if (existing) throw new CityExistsError();
    const now = systemClock.now();
    const openedAt = plusMs(now, -(historyDays + 1) * DAY);
    const name = String(seed);
    const withHistory = historyDays > 0;
    const city = await seedCity({
      sql: handle.sql,
      seed: name,
      now,
      ...(withHistory ? { openedAt } : {}),
      onProgress: (step) => onProgress(...(steps[step] ?? ([step, 0] as const))),
    });
    await issueDemoVouchers(name, city, withHistory ? openedAt : now);
    if (!withHistory) return;
    const replay = await newReplay(name);
    const errands = Math.round(historyDays * ERRANDS_A_DAY);
    await replayHistory(replay, {
      city,
      from: plusMs(openedAt, DAY),
      to: now,
      errands,
      onProgress: (share) => onProgress(`${historyDays} days of orders`, 0.2 + 0.72 * share),
    });
    onProgress('counting the shelves', 0.93);
    await recountShelves({ sql: handle.sql, city, seed: name, now });
    onProgress('orders of today', 0.96);
    await placeLiveOrders(replay, city, now);
    onProgress('invoices and books', 0.97);
    await issuePastInvoices(replay);
    await settlePastOrders(replay, { from: openedAt, to: now });
    onProgress('statistics', 0.98);
    await handle.database.execute(sql`analyze`);
  } finally {
    log.level = level;
    await closeDatabase();
  }
}
