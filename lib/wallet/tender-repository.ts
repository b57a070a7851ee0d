import { and, asc, eq, inArray } from 'drizzle-orm';
import { orderTenders, tenderPositions, tenderReleases } from '@/db/schema';
import type { Instant, IssuerId, Minor, OrderId, SubOrderId, TenderId } from '@/lib/kernel';
import { sumMinor } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';

export type TenderRow = typeof orderTenders.$inferSelect;

/** Why what was returned after it was served went back; any other reason is of what was never served. */
export const SERVED_AND_RETURNED = 'returned';

/** What one tender pays of one position, and what stopped being its own of it. Minor units. */
export type TenderStake = {
  readonly tenderId: TenderId;
  readonly issuerId: IssuerId;
  readonly subOrderId: SubOrderId;
  readonly position: string;
  readonly paidMinor: Minor;
  readonly passedMinor: Minor;
  readonly unservedMinor: Minor;
  readonly returnedMinor: Minor;
};

/** An order's tenders, in the order in which they pay. */
export async function listTenders(from: Reader, orderId: OrderId): Promise<readonly TenderRow[]> {
  return from.select().from(orderTenders).where(eq(orderTenders.orderId, orderId)).orderBy(asc(orderTenders.id));
}

/** What each tender of an order pays, position by position. */
export async function listStakes(from: Reader, orderId: OrderId): Promise<readonly TenderStake[]> {
  const tenders = await listTenders(from, orderId);
  if (tenders.length === 0) return [];
  const ids = tenders.map(({ id }) => id);
  const paid = await from.select().from(tenderPositions).where(inArray(tenderPositions.tenderId, ids));
  const released = await from.select().from(tenderReleases).where(inArray(tenderReleases.tenderId, ids));
  const sum = (amounts: readonly { readonly amountMinor: Minor }[]): Minor => sumMinor(amounts.map((one) => one.amountMinor));
  return tenders.flatMap(({ id, issuerId }) => {
    const own = paid.filter(({ tenderId }) => tenderId === id);
    const gone = released.filter(({ tenderId }) => tenderId === id);
    return [...Map.groupBy(own, ({ position }) => position)].flatMap(([position, rows]) => {
      const [first] = rows;
      if (!first) return [];
      const here = gone.filter((release) => release.position === position);
      return [
        {
          tenderId: id,
          issuerId,
          subOrderId: first.subOrderId,
          position,
          paidMinor: sum(rows),
          passedMinor: sum(own.filter(({ passedFrom }) => passedFrom === position)),
          unservedMinor: sum(here.filter(({ reason }) => reason !== SERVED_AND_RETURNED)),
          returnedMinor: sum(here.filter(({ reason }) => reason === SERVED_AND_RETURNED)),
        },
      ];
    });
  });
}

/** What was taken from vouchers for an order, before anything went back. Minor units. */
export async function sumCaptured(from: Reader, orderId: OrderId): Promise<Minor> {
  return sumMinor((await listTenders(from, orderId)).map((tender) => tender.capturedMinor));
}

/** What went back to a voucher after it was served: its merchant had earned it. */
export type TenderReturn = {
  readonly id: string;
  readonly subOrderId: SubOrderId;
  readonly issuerId: IssuerId;
  readonly amountMinor: Minor;
  readonly createdAt: Instant;
};

export async function listReturns(from: Reader, orderId: OrderId): Promise<readonly TenderReturn[]> {
  const { id, subOrderId, amountMinor, createdAt } = tenderReleases;
  return from
    .select({ id, subOrderId, issuerId: orderTenders.issuerId, amountMinor, createdAt })
    .from(tenderReleases)
    .innerJoin(orderTenders, eq(orderTenders.id, tenderReleases.tenderId))
    .where(and(eq(orderTenders.orderId, orderId), eq(tenderReleases.reason, SERVED_AND_RETURNED)))
    .orderBy(asc(createdAt), asc(id));
}
