import { eq } from 'drizzle-orm';
import { orderTenders, tenderReleases } from '@/db/schema';
import type { Instant, Minor, OrderId, SubOrderId, TenderId } from '@/lib/kernel';
import { DAY, minor, plusMs, sumMinor } from '@/lib/kernel';
import type { Ids } from '@/lib/platform/ids';
import type { Tx } from '@/lib/platform/transaction';
import type { TenderRow } from './tender-repository';
import { SERVED_AND_RETURNED, listTenders } from './tender-repository';
import { move, reserve } from './voucher-repository';

/** Something a tender pays no longer, with why. Minor units. */
export type TenderRelease = {
  readonly tenderId: TenderId;
  readonly subOrderId: SubOrderId;
  readonly position: string;
  readonly amountMinor: Minor;
  readonly reason: string;
};

type By = { readonly now: Instant; readonly ids: Ids };

/** What is due back to vouchers, whoever brings it: not served, or served and returned. */
export type DueBack = {
  readonly tenderId: TenderId;
  readonly subOrderId: SubOrderId;
  readonly position: string;
  readonly lessMinor: Minor;
  readonly backMinor: Minor;
};

/** Money of an order that was never paid, or was let go: its vouchers are as they were. Idempotent. */
export async function releaseTenders(tx: Tx, orderId: OrderId, { now }: Pick<By, 'now'>): Promise<void> {
  for (const tender of await listTenders(tx, orderId)) {
    if (tender.state !== 'authorised') continue;
    await reserve(tx, { id: tender.voucherId }, minor(-tender.amountMinor));
    await tx.update(orderTenders).set({ state: 'released', updatedAt: now }).where(eq(orderTenders.id, tender.id));
  }
}

/**
 * Takes from each voucher what the order owes it, once, with the order's capture; lets the rest of what was held go. Says what was taken in
 * all; a second call takes nothing and says the same. Minor units.
 */
export async function captureTenders(tx: Tx, orderId: OrderId, due: readonly DueBack[], by: By): Promise<Minor> {
  let taken = 0;
  for (const tender of await listTenders(tx, orderId)) {
    if (tender.state !== 'authorised') {
      taken += tender.capturedMinor;
      continue;
    }
    const own = due.filter((one) => one.tenderId === tender.id && one.lessMinor > 0);
    const capturedMinor = minor(tender.amountMinor - sumMinor(own.map((one) => one.lessMinor)));
    await insertReleases(
      tx,
      own.map((one) => ({ ...one, amountMinor: one.lessMinor, reason: 'let-go' })),
      by,
    );
    await spend(tx, tender, capturedMinor, by);
    const state = capturedMinor > 0 ? 'captured' : 'released';
    await tx.update(orderTenders).set({ state, capturedMinor, updatedAt: by.now }).where(eq(orderTenders.id, tender.id));
    taken += capturedMinor;
  }
  return minor(taken);
}

async function spend(tx: Tx, tender: TenderRow, capturedMinor: Minor, by: By): Promise<void> {
  if (capturedMinor === 0) return reserve(tx, { id: tender.voucherId }, minor(-tender.amountMinor));
  const about = { voucherId: tender.voucherId, orderId: tender.orderId };
  const spent = { ...about, cause: `spent:${tender.id}`, kind: 'spent' as const, amountMinor: minor(-capturedMinor) };
  await move(tx, spent, { ...by, unreserveMinor: tender.amountMinor });
}

/** What comes back to a voucher can be spent for so long at least, whatever its date says. */
const USABLE_AGAIN_DAYS = 60;

/**
 * Gives back to vouchers what was taken and is not owed any more, line by line; they have it in the same moment. Returns the amount given back.
 * What is due is computed from what went back before, so a second call gives nothing.
 */
export async function returnToVouchers(
  tx: Tx,
  orderId: OrderId,
  { due, reason }: { readonly due: readonly DueBack[]; readonly reason: string },
  by: By,
): Promise<Minor> {
  let given = 0;
  for (const tender of await listTenders(tx, orderId)) {
    if (tender.state !== 'captured') continue;
    const own = due.filter((one) => one.tenderId === tender.id);
    const releases: readonly TenderRelease[] = own.flatMap(({ lessMinor, backMinor, ...about }) => [
      ...(lessMinor > 0 ? [{ ...about, amountMinor: lessMinor, reason }] : []),
      ...(backMinor > 0 ? [{ ...about, amountMinor: backMinor, reason: SERVED_AND_RETURNED }] : []),
    ]);
    const ids = await insertReleases(tx, releases, by);
    const amountMinor = sumMinor(releases.map((release) => release.amountMinor));
    const [cause] = ids;
    if (amountMinor === 0 || cause === undefined) continue;
    const movement = { voucherId: tender.voucherId, orderId, cause: `returned:${cause}`, kind: 'returned' as const, amountMinor };
    await move(tx, movement, { ...by, keepUntil: plusMs(by.now, USABLE_AGAIN_DAYS * DAY) });
    const returnedMinor = minor(tender.returnedMinor + amountMinor);
    await tx.update(orderTenders).set({ returnedMinor, updatedAt: by.now }).where(eq(orderTenders.id, tender.id));
    given += amountMinor;
  }
  return minor(given);
}

async function insertReleases(tx: Tx, releases: readonly TenderRelease[], { now, ids }: By): Promise<readonly string[]> {
  if (releases.length === 0) return [];
  const rows = releases.map(({ tenderId, subOrderId, position, amountMinor, reason }) => ({
    id: ids.make('tenderRelease'),
    tenderId,
    subOrderId,
    position,
    amountMinor,
    reason,
    createdAt: now,
  }));
  await tx.insert(tenderReleases).values(rows);
  return rows.map(({ id }) => id);
}
