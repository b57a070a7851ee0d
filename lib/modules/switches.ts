import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { modules } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import type { CityModule } from './module-list';
import { needsOf, offUntilSaid } from './module-list';

/** How the city's modules stand. */
export type ModuleSwitches = {
  /** Whether it works: the city wants it, and all it needs. */
  readonly works: (name: CityModule) => boolean;
  /** What the city itself said, or how it stands until it says something. */
  readonly isWanted: (name: CityModule) => boolean;
};

/** One column for whoever reads them with something else: the names that stand otherwise than until said, which is none in most cities. */
export const switchedModules: SQL = sql`(select json_agg(${modules.name}) from ${modules} where ${modules.enabled} = (${modules.name} in ${offUntilSaid}))`;

const column = z.array(z.string()).nullable();

/** What the column says. */
export function switchesOf(switched: unknown): ModuleSwitches {
  const names = new Set(column.parse(switched));
  const isWanted = (name: CityModule) => offUntilSaid.includes(name) === names.has(name);
  return { isWanted, works: (name) => [name, ...needsOf(name)].every(isWanted) };
}

/** As they are in this transaction: for whoever decides. One statement. */
export async function readModules(from: Reader): Promise<ModuleSwitches> {
  const [row] = await from.execute(sql`select ${switchedModules} as switched`);
  return switchesOf(row?.['switched'] ?? null);
}

/** The same as a condition of a statement, for reads that would not ask a second one. */
export function whileModuleOn(name: CityModule): SQL {
  return sql`not exists (select from ${modules} where ${modules.name} in ${[name, ...needsOf(name)]} and not ${modules.enabled})`;
}

/** Whether it works, in this transaction. */
export async function isModuleOn(from: Reader, name: CityModule): Promise<boolean> {
  return (await readModules(from)).works(name);
}

/** How long a page may go on with what another page just read; the same as the book of shops. */
const KEPT_MS = process.env['NODE_ENV'] === 'production' ? 1_000 : 0;

let kept: { readonly until: number; readonly switches: Promise<ModuleSwitches> } | undefined;

/** For menus and doors: a second old at most. */
export async function currentModules(): Promise<ModuleSwitches> {
  const tick = performance.now();
  if (!kept || kept.until <= tick) {
    const switches = readModules(reader());
    kept = { until: tick + KEPT_MS, switches };
    switches.catch(() => (kept = undefined)); // whoever asked sees the error, the next one reads again
  }
  return kept.switches;
}

/** A module was switched here: the next page reads again. */
export function forgetModules(): void {
  kept = undefined;
}

/** Writes down what the city wants; the caller has asked who says so. */
export async function writeModule(tx: Tx, name: CityModule, { enabled, now }: { readonly enabled: boolean; readonly now: Instant }) {
  const said = { enabled, updatedAt: now };
  await tx
    .insert(modules)
    .values({ name, ...said })
    .onConflictDoUpdate({ target: modules.name, set: said });
}
