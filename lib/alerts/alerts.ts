import { and, eq, gte, sql } from 'drizzle-orm';
import { listings, stockAlerts } from '@/db/schema';
import { DAY, err, ok, plusMs, type ListingId, type Locale, type Result } from '@/lib/kernel';
import type { ModuleOff } from '@/lib/modules';
import { isModuleOn } from '@/lib/modules';
import { token } from '@/lib/platform/ids';
import { systemPorts, type Ports } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { AlertView } from './views';

export type AlertRefusal =
  ModuleOff | { readonly kind: 'too-many-alerts'; readonly most: number } | { readonly kind: 'nothing-to-wait-for' };

/** So many alerts an address may ask for in a day: nobody's mailbox is to be filled by somebody else. */
const MOST_A_DAY = 10;
const LONGEST_WORDS = 120;

export type AlertWish = {
  readonly email: string;
  readonly locale: Locale;
  readonly listingId?: ListingId | undefined;
  readonly words?: string | undefined;
  /** Waits for the city to open, and for nothing else. */
  readonly opening?: boolean | undefined;
};

/** Notes that somebody wants to be told once. Nothing is sent but a question whether it was really they; asking again changes nothing. */
export async function askToBeTold(wish: AlertWish, { clock }: Ports = systemPorts): Promise<Result<void, AlertRefusal>> {
  const listingId = wish.opening === true ? undefined : wish.listingId;
  const words = listingId === undefined && wish.opening !== true ? wish.words?.trim().slice(0, LONGEST_WORDS) : undefined;
  if (listingId === undefined && wish.opening !== true && (words === undefined || words === ''))
    return err({ kind: 'nothing-to-wait-for' });
  const email = wish.email.trim().toLowerCase();
  const now = clock.now();
  return withTransaction(async (tx): Promise<Result<void, AlertRefusal>> => {
    if (wish.opening !== true && !(await isModuleOn(tx, 'alerts'))) return err({ kind: 'module-off', module: 'alerts' });
    const asked = await tx.$count(stockAlerts, and(eq(stockAlerts.email, email), gte(stockAlerts.askedAt, plusMs(now, -DAY))));
    if (asked >= MOST_A_DAY) return err({ kind: 'too-many-alerts', most: MOST_A_DAY });
    await tx
      .insert(stockAlerts)
      .values({ token: token(), listingId: listingId ?? null, words: words ?? null, email, locale: wish.locale, askedAt: now })
      .onConflictDoNothing();
    return ok(undefined);
  });
}

/** The alert behind a link; undefined for any other token. */
export async function getAlert(asked: string): Promise<AlertView | undefined> {
  const [row] = await reader()
    .select({ alert: stockAlerts, title: listings.title })
    .from(stockAlerts)
    .leftJoin(listings, eq(listings.id, stockAlerts.listingId))
    .where(eq(stockAlerts.token, asked));
  if (!row) return undefined;
  const { alert, title } = row;
  return {
    token: alert.token,
    what: title ?? alert.words ?? '',
    kind: alert.listingId !== null ? 'listing' : alert.words === null ? 'opening' : 'search',
    state: alert.toldAt !== null ? 'told' : alert.confirmedAt !== null ? 'waiting' : 'asked',
  };
}

/** The address says yes. Again changes nothing. */
export async function confirmAlert(asked: string, { clock }: Ports = systemPorts): Promise<void> {
  await withTransaction(async (tx) => {
    await tx
      .update(stockAlerts)
      .set({ confirmedAt: sql`coalesce(${stockAlerts.confirmedAt}, ${new Date(clock.now()).toISOString()})` })
      .where(eq(stockAlerts.token, asked));
    return ok(undefined);
  });
}

/** The alert and the address with it are forgotten at once. */
export async function stopAlert(asked: string): Promise<void> {
  await withTransaction(async (tx) => {
    await tx.delete(stockAlerts).where(eq(stockAlerts.token, asked));
    return ok(undefined);
  });
}
