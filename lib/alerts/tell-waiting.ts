import { and, asc, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { listings, stockAlerts } from '@/db/schema';
import { DAY, pathTo, plusMs, type Instant } from '@/lib/kernel';
import { mailAlert } from '@/lib/messaging';
import { isModuleOn } from '@/lib/modules';
import { env } from '@/lib/platform/env';
import { logError } from '@/lib/platform/log';
import { systemPorts, type Ports } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { listCards, parseSearch, searchListings } from '@/lib/search';
import { loadShopBook, readStage } from '@/lib/shops';

const MOST_A_ROUND = 100;
/** Never confirmed: forgotten after two days. Told: after a week. Waiting in vain: after half a year. */
const UNCONFIRMED_MS = 2 * DAY;
const TOLD_MS = 7 * DAY;
const VAIN_MS = 180 * DAY;
/** A city may take its time to open. */
const OPENING_VAIN_MS = 365 * DAY;

/** Those that were looked at longest ago, or never, first: however many wait, each has its turn. */
function rows(where: ReturnType<typeof and>) {
  return reader()
    .select({ alert: stockAlerts, title: listings.title, slug: listings.slug })
    .from(stockAlerts)
    .leftJoin(listings, eq(listings.id, stockAlerts.listingId))
    .where(where)
    .orderBy(sql`${stockAlerts.lookedAt} asc nulls first`, asc(stockAlerts.askedAt))
    .limit(MOST_A_ROUND);
}
type Row = Awaited<ReturnType<typeof rows>>[number];

const absolute = (path: string) => new URL(path, env().baseUrl).href;
const forThings = or(isNotNull(stockAlerts.listingId), isNotNull(stockAlerts.words));
const forOpening = and(isNull(stockAlerts.listingId), isNull(stockAlerts.words));
const isForOpening = ({ alert }: Row) => alert.listingId === null && alert.words === null;

/** Where what was waited for is. */
function hrefOf({ alert, slug }: Row): string {
  if (alert.listingId !== null) return pathTo(alert.locale, 'listing', { slugId: `${slug ?? ''}-${alert.listingId}` });
  return alert.words === null ? pathTo(alert.locale, 'home') : pathTo(alert.locale, 'search', {}, { q: alert.words });
}

/** Can it be had now: a promise for the thing, a real answer to the words? */
async function isThere({ alert }: Row, now: Instant): Promise<boolean> {
  if (alert.listingId !== null) {
    const [card] = await listCards({ listingIds: [alert.listingId], book: await loadShopBook(now), place: undefined, now });
    return card?.offer !== undefined;
  }
  const query = parseSearch({ q: alert.words ?? '' });
  const found = await searchListings({ query, department: undefined, locale: alert.locale, place: undefined, now, isPageOnly: true });
  return found.total > 0 && !found.isLoose;
}

async function noteLooked(waiting: readonly Row[], now: Instant): Promise<void> {
  const tokens = waiting.map(({ alert }) => alert.token);
  if (tokens.length > 0) await reader().update(stockAlerts).set({ lookedAt: now }).where(inArray(stockAlerts.token, tokens));
}

async function mail(kind: 'confirm' | 'found', row: Row, ports: Ports): Promise<void> {
  const { alert, title } = row;
  const own = absolute(pathTo(alert.locale, 'alert', {}, { t: alert.token }));
  await mailAlert(
    {
      kind: isForOpening(row) ? `opening-${kind}` : kind,
      key: alert.token,
      recipient: alert.email,
      locale: alert.locale,
      what: title ?? alert.words ?? '',
      url: kind === 'confirm' ? own : absolute(hrefOf(row)),
      stopUrl: own,
    },
    ports,
  );
}

/** Asks new addresses whether it was they, tells those that waited and can have it now, once, and forgets what is over. Gives how many mails. */
export async function tellWaiting(ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  let told = 0;
  const each = async (waiting: readonly Row[], work: (row: Row) => Promise<boolean>, done: Partial<typeof stockAlerts.$inferInsert>) => {
    for (const row of waiting) {
      try {
        if (!(await work(row))) continue;
        await reader().update(stockAlerts).set(done).where(eq(stockAlerts.token, row.alert.token));
        told += 1;
      } catch (error) {
        logError('tell who waits', error); // the others are told all the same; this one next minute
      }
    }
  };
  const isOn = await isModuleOn(reader(), 'alerts');
  const unasked = await rows(and(isNull(stockAlerts.confirmMailedAt), isNull(stockAlerts.confirmedAt)));
  await each(unasked, async (row) => mail('confirm', row, ports).then(() => true), { confirmMailedAt: now });
  // Whoever waits goes on waiting while the city has this switched off.
  const waiting = isOn ? await rows(and(isNotNull(stockAlerts.confirmedAt), isNull(stockAlerts.toldAt), forThings)) : [];
  await noteLooked(waiting, now);
  await each(
    waiting,
    async (row) => {
      const is = await isThere(row, now);
      if (is) await mail('found', row, ports);
      return is;
    },
    { toldAt: now },
  );
  // One question answers all of these, and no switch holds them back.
  const forTheDay = await rows(and(isNotNull(stockAlerts.confirmedAt), isNull(stockAlerts.toldAt), forOpening));
  if (forTheDay.length > 0 && (await readStage(reader())) !== 'soon') {
    await each(forTheDay, async (row) => mail('found', row, ports).then(() => true), { toldAt: now });
  }
  await reader()
    .delete(stockAlerts)
    .where(
      or(
        and(isNull(stockAlerts.confirmedAt), lt(stockAlerts.askedAt, plusMs(now, -UNCONFIRMED_MS))),
        lt(stockAlerts.toldAt, plusMs(now, -TOLD_MS)),
        and(forThings, lt(stockAlerts.askedAt, plusMs(now, -VAIN_MS))),
        lt(stockAlerts.askedAt, plusMs(now, -OPENING_VAIN_MS)),
      ),
    );
  return told;
}
