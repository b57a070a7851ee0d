import { and, eq, gt, inArray, isNull, lt, lte, sql } from 'drizzle-orm';
import { z } from 'zod';
import { gtinAnswers, variants } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import { DAY, HOUR, isInStoreGtin, MINUTE, ok, parseGtin, plusMs } from '@/lib/kernel';
import { log } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { GtinFault, GtinService } from './ask-open-data';
import { askGtinService } from './ask-open-data';
import type { GtinSheet } from './gtin-sheet';

/** Answers are kept: what is known a month, what is not a week; a question that failed waits longer each time, a day at most. */
const KNOWN_MS = 30 * DAY;
const UNKNOWN_MS = 7 * DAY;

/** What one call asks at most, beside each other; what all of this installation ask in a minute (Open Food Facts allows fifteen). */
const MOST_AT_ONCE = 4;
const MOST_A_MINUTE = 12;

const kept = z.object({
  gtin: z.string(),
  title: z.string(),
  netContent: z.object({ amount: z.number(), unit: z.enum(['g', 'ml']) }).optional(),
  brand: z.string().optional(),
  attributes: z.record(z.string(), z.string()).default({}),
  source: z.string(),
  licence: z.string(),
});

type Row = typeof gtinAnswers.$inferSelect;

function sheetIn({ sheet }: Row): GtinSheet | undefined {
  const read = kept.safeParse(sheet);
  if (!read.success) return undefined;
  const { netContent, brand, ...rest } = read.data;
  return { ...rest, leaf: undefined, netContent, ...(brand !== undefined && { brand }) };
}

function isFresh({ sheet, failures, askedAt }: Row, now: Instant): boolean {
  const holdsMs = failures > 0 ? Math.min(DAY, HOUR * 2 ** (failures - 1)) : sheet === null ? UNKNOWN_MS : KNOWN_MS;
  return plusMs(askedAt, holdsMs) > now;
}

/** What was answered before, whatever its age: an old sheet is better than none. Nobody is asked. */
async function answersTo(gtins: readonly string[]): Promise<ReadonlyMap<string, Row>> {
  const rows = await reader()
    .select()
    .from(gtinAnswers)
    .where(inArray(gtinAnswers.gtin, [...gtins]));
  return new Map(rows.map((row) => [row.gtin, row]));
}

/** Those of which the commons have no thing yet: what has its words needs no others. */
async function unwritten(gtins: readonly string[]): Promise<readonly string[]> {
  if (gtins.length === 0) return [];
  const rows = await reader()
    .select({ gtin: variants.gtin })
    .from(variants)
    .where(inArray(variants.gtin, [...gtins]));
  const there = new Set(rows.map(({ gtin }) => gtin));
  return gtins.filter((gtin) => !there.has(gtin));
}

/**
 * Takes the right to ask about some of these codes now: as many as the minute still allows, whichever process asks, and none that another has
 * just asked about. Written before anybody asks, and counted as a failure until there is an answer: a process that dies asks again later.
 */
async function claim(gtins: readonly string[], now: Instant): Promise<readonly string[]> {
  const claimed = await withTransaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('halles:gtin-service'))`);
    const aroundNow = and(gt(gtinAnswers.askedAt, plusMs(now, -MINUTE)), lt(gtinAnswers.askedAt, plusMs(now, MINUTE))); // clocks differ a little
    const [row] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(gtinAnswers)
      .where(aroundNow);
    const known = await tx.select().from(gtinAnswers).where(inArray(gtinAnswers.gtin, [...gtins])); // prettier-ignore
    const fresh = new Set(known.flatMap((one) => (isFresh(one, now) ? [one.gtin] : [])));
    const left = Math.max(0, Math.min(MOST_AT_ONCE, MOST_A_MINUTE - (row?.count ?? 0)));
    const taken = gtins.filter((gtin) => !fresh.has(gtin)).slice(0, left);
    if (taken.length === 0) return ok(taken);
    const first = taken.map((gtin) => ({ gtin, sheet: null, failures: 1, fault: 'unanswered', askedAt: now }));
    const again = { failures: sql`${gtinAnswers.failures} + 1`, fault: 'unanswered', askedAt: now };
    await tx.insert(gtinAnswers).values(first).onConflictDoUpdate({ target: gtinAnswers.gtin, set: again });
    return ok(taken);
  });
  return claimed.ok ? claimed.value : [];
}

/** Keeps an answer, or why there was none beside the sheet that was there; the claim counted it. */
async function keep(gtin: string, told: { readonly sheet: GtinSheet | null } | { readonly fault: GtinFault }): Promise<void> {
  const said = 'fault' in told ? { fault: told.fault } : { sheet: told.sheet, failures: 0, fault: null };
  await reader().update(gtinAnswers).set(said).where(eq(gtinAnswers.gtin, gtin));
}

async function ask(service: GtinService, gtin: string): Promise<GtinSheet | undefined> {
  const startedAt = performance.now();
  const said = await askGtinService(service, gtin);
  const outcome = said.ok ? (said.value === undefined ? 'unknown' : 'ok') : said.error;
  log[said.ok ? 'info' : 'warn']({ useCase: 'ask-gtin-service', outcome, durationMs: Math.round(performance.now() - startedAt), actor: 'system' }, 'ask-gtin-service'); // prettier-ignore
  await keep(gtin, said.ok ? { sheet: said.value ?? null } : { fault: said.error });
  return said.ok ? said.value : undefined;
}

const isAskable = (gtin: string): boolean => {
  const read = parseGtin(gtin);
  return read !== undefined && !isInStoreGtin(read);
};

/**
 * What an open service knows of bar codes: from what it answered before, else by asking it, a few at a time. For bar codes the bundled book
 * does not know. Guarantees: answers within seconds; all processes together ask no more than the service allows in a minute, and nobody about
 * what the commons have; a service that is slow, away or wrong is logged, counted and otherwise like one that knows nothing; its licence stays
 * with every sheet. `isPatient` false asks nobody: for thousands, and where a transaction is open.
 */
export async function readOnlineSheets(
  service: GtinService,
  gtins: readonly string[],
  { isPatient, ports }: { readonly isPatient: boolean; readonly ports: Pick<Ports, 'clock'> },
): Promise<ReadonlyMap<string, GtinSheet>> {
  const wanted = gtins.filter(isAskable);
  if (wanted.length === 0) return new Map();
  const now = ports.clock.now();
  const known = await answersTo(wanted);
  const found = new Map([...known.values()].flatMap((row) => ((sheet) => (sheet ? [[row.gtin, sheet] as const] : []))(sheetIn(row))));
  if (!isPatient) return found;
  const stale = wanted.filter((gtin) => {
    const row = known.get(gtin);
    return row === undefined || !isFresh(row, now);
  });
  const open = await unwritten([...new Set(stale)]);
  if (open.length === 0) return found;
  const asked = await claim(open, now);
  for (const sheet of await Promise.all(asked.map((gtin) => ask(service, gtin)))) if (sheet) found.set(sheet.gtin, sheet);
  return found;
}

/** Forgets codes nobody knew a name for, once they would be asked about anew: what was typed or scanned in vain must not pile up. Gives how many. */
export async function forgetGtinAnswers(now: Instant): Promise<number> {
  const gone = await reader()
    .delete(gtinAnswers)
    .where(and(isNull(gtinAnswers.sheet), lte(gtinAnswers.askedAt, plusMs(now, -UNKNOWN_MS))))
    .returning({ gtin: gtinAnswers.gtin });
  return gone.length;
}
