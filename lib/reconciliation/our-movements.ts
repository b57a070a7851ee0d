import { and, eq, gte, inArray, isNotNull, lt, or, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { ProviderName } from '@/db/schema';
import { cityPayouts, disputes, orders, payments, payouts, refunds, transfers, voucherSettlements } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import { takingReference } from '@/lib/payments';
import { reader } from '@/lib/platform/transaction';
import type { Movement } from './compare-books';

/** The day to be compared, and what the provider lists of it: our movement of the same name counts whatever its own day. */
export type Day = {
  readonly provider: ProviderName;
  readonly from: Instant;
  readonly to: Instant;
  readonly listed: readonly Pick<Movement, 'kind' | 'reference'>[];
};

/**
 * What our books say moved at the provider that day. A movement's moment there and here may fall on two sides of midnight, so one of ours
 * counts when it is of the day or when the provider lists it for the day.
 */
export async function listOurMovements(day: Day): Promise<readonly Movement[]> {
  const parts = await Promise.all([
    listCharges(day),
    listRefunds(day),
    listTransfers(day),
    listPayouts(day),
    listDisputes(day),
    listSettlements(day),
  ]);
  return parts.flat();
}

function isOf({ from, to, listed }: Day, at: PgColumn, reference: PgColumn | SQL): SQL | undefined {
  const inDay = and(gte(at, from), lt(at, to));
  const named = [...new Set(listed.map((one) => one.reference))];
  return named.length === 0 ? inDay : or(inDay, inArray(sql`${reference}`, named));
}

async function listCharges(day: Day): Promise<readonly Movement[]> {
  const rows = await reader()
    .select({ reference: takingReference, amountMinor: payments.capturedMinor, orderNumber: orders.number })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(
      and(
        eq(payments.provider, day.provider),
        eq(payments.state, 'captured'),
        sql`${payments.capturedMinor} > 0`,
        isOf(day, payments.updatedAt, takingReference),
      ),
    );
  return rows.flatMap(({ reference, ...row }) => (reference === null ? [] : [{ ...row, kind: 'charge' as const, reference }]));
}

async function listRefunds(day: Day): Promise<readonly Movement[]> {
  const rows = await reader()
    .select({ reference: refunds.providerReference, amountMinor: refunds.amountMinor, orderNumber: orders.number })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(and(eq(payments.provider, day.provider), isNotNull(refunds.sentAt), isOf(day, refunds.sentAt, refunds.providerReference)));
  return rows.flatMap(({ reference, ...row }) => (reference === null ? [] : [{ ...row, kind: 'refund' as const, reference }]));
}

async function listTransfers(day: Day): Promise<readonly Movement[]> {
  const rows = await reader()
    .select({
      reference: transfers.providerReference,
      reverses: transfers.reversesId,
      amountMinor: transfers.amountMinor,
      orderNumber: orders.number,
    })
    .from(transfers)
    .leftJoin(orders, eq(orders.id, transfers.orderId))
    .where(
      and(eq(transfers.provider, day.provider), isNotNull(transfers.sentAt), isOf(day, transfers.sentAt, transfers.providerReference)),
    );
  return rows.flatMap(({ reference, reverses, amountMinor, orderNumber }) => {
    const kind = reverses === null ? ('transfer' as const) : ('reversal' as const);
    return reference === null ? [] : [{ kind, reference, amountMinor, orderNumber: orderNumber ?? undefined }];
  });
}

/** Merchants' and the city's own. */
async function listPayouts(day: Day): Promise<readonly Movement[]> {
  const of = async (table: typeof payouts | typeof cityPayouts) =>
    reader()
      .select({ reference: table.providerReference, amountMinor: table.amountMinor })
      .from(table)
      .where(and(eq(table.provider, day.provider), isNotNull(table.sentAt), isOf(day, table.sentAt, table.providerReference)));
  const rows = [...(await of(payouts)), ...(await of(cityPayouts))];
  return rows.flatMap(({ reference, amountMinor }) => (reference === null ? [] : [{ kind: 'payout' as const, reference, amountMinor }]));
}

async function listSettlements(day: Day): Promise<readonly Movement[]> {
  const { provider, sentAt, providerReference } = voucherSettlements;
  const rows = await reader()
    .select({ reference: providerReference, amountMinor: voucherSettlements.amountMinor })
    .from(voucherSettlements)
    .where(and(eq(provider, day.provider), isNotNull(sentAt), isOf(day, sentAt, providerReference)));
  return rows.flatMap(({ reference, amountMinor }) =>
    reference === null ? [] : [{ kind: 'settlement' as const, reference, amountMinor: minor(Math.abs(amountMinor)) }],
  );
}

/** A dispute moves money when it opens, and back when it is won. */
async function listDisputes(day: Day): Promise<readonly Movement[]> {
  const rows = await reader()
    .select({ dispute: disputes, orderNumber: orders.number })
    .from(disputes)
    .innerJoin(orders, eq(orders.id, disputes.orderId))
    .where(
      and(
        eq(disputes.provider, day.provider),
        or(isOf(day, disputes.openedAt, disputes.providerReference), isOf(day, disputes.closedAt, disputes.providerReference)),
      ),
    );
  const isIn = (at: Instant | null) => at !== null && at >= day.from && at < day.to;
  const isListed = (kind: Movement['kind'], reference: string) =>
    day.listed.some((one) => one.kind === kind && one.reference === reference);
  return rows.flatMap(({ dispute, orderNumber }) => {
    const { providerReference: reference, amountMinor, openedAt, closedAt, state } = dispute;
    const one = { reference, amountMinor, orderNumber };
    return [
      ...(isIn(openedAt) || isListed('dispute', reference) ? [{ ...one, kind: 'dispute' as const }] : []),
      ...(state === 'won' && (isIn(closedAt) || isListed('dispute-won', reference)) ? [{ ...one, kind: 'dispute-won' as const }] : []),
    ];
  });
}
