import { and, inArray, isNull, lte, sql } from 'drizzle-orm';
import { z } from 'zod';
import { gtinAnswers, variants } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import { DAY, dateOf, HOUR, isInStoreGtin, MINUTE, parseGtin, plusMs } from '@/lib/kernel';
import { log } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
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

/** How many may still be asked this minute, by any process. */
async function leftOfMinute(now: Instant): Promise<number> {
  const since = dateOf(plusMs(now, -MINUTE)).toISOString();
  const [row] = await reader().select({ count: sql<number>`count(*)::int` }).from(gtinAnswers).where(sql`${gtinAnswers.askedAt} > ${since}::timestamptz`); // prettier-ignore
  return Math.max(0, MOST_A_MINUTE - (row?.count ?? 0));
}

/** Keeps an answer, or counts a failure beside the sheet that was there. */
async function keep(gtin: string, told: { readonly sheet?: GtinSheet | null; readonly fault?: GtinFault }, now: Instant): Promise<void> {
  const { sheet = null, fault } = told;
  const first = { gtin, sheet, failures: fault === undefined ? 0 : 1, fault: fault ?? null, askedAt: now };
  const again =
    fault === undefined
      ? { sheet, failures: 0, fault: null, askedAt: now }
      : { failures: sql`${gtinAnswers.failures} + 1`, fault, askedAt: now };
  await reader().insert(gtinAnswers).values(first).onConflictDoUpdate({ target: gtinAnswers.gtin, set: again });
}

async function ask(service: GtinService, gtin: string, now: Instant): Promise<GtinSheet | undefined> {
  const startedAt = performance.now();
  const said = await askGtinService(service, gtin);
  const outcome = said.ok ? (said.value === undefined ? 'unknown' : 'ok') : said.error;
  log[said.ok ? 'info' : 'warn']({ useCase: 'ask-gtin-service', outcome, durationMs: Math.round(performance.now() - startedAt), actor: 'system' }, 'ask-gtin-service'); // prettier-ignore
  await keep(gtin, said.ok ? { sheet: said.value ?? null } : { fault: said.error }, now);
  return said.ok ? said.value : undefined;
}

const isAskable = (gtin: string): boolean => {
  const read = parseGtin(gtin);
  return read !== undefined && !isInStoreGtin(read);
};

/**
 * What an open service knows of bar codes: from what it answered before, else by asking it, a few at a time. For bar codes the bundled book
 * does not know. Guarantees: answers within seconds; nobody is asked about what the commons have; a service that is slow, away or wrong is logged, counted and otherwise like one that
 * knows nothing; its licence stays with every sheet. `isPatient` false asks nobody: for thousands, and where a transaction is open.
 */
export async function readOnlineSheets(
  service: GtinService,
  gtins: readonly string[],
  { isPatient, ports = systemPorts }: { readonly isPatient: boolean; readonly ports?: Pick<Ports, 'clock'> },
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
  const asked = open.slice(0, Math.min(MOST_AT_ONCE, await leftOfMinute(now)));
  for (const sheet of await Promise.all(asked.map((gtin) => ask(service, gtin, now)))) if (sheet) found.set(sheet.gtin, sheet);
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
