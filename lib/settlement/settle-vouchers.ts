import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import { openVoucherDues, voucherSettlementTransactions, voucherSettlements } from '@/db/schema';
import type { Instant, Result } from '@/lib/kernel';
import { minor, ok, sumMinor } from '@/lib/kernel';
import { posting } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { getCity, localTimeOn } from '@/lib/shops';
import type { LedgerDraft } from './ledger-repository';
import { insertTransactions } from './ledger-repository';

/**
 * Issuers pay merchants what their vouchers bought, the day after handover: everything earned before today began, city time, one amount for each
 * issuer and merchant; below zero the merchant gives back what was returned since. The money goes from the issuer's own provider account to
 * the merchant's (OP-24). Returns how many settlements were made; each transaction is settled once, however many workers try.
 */
export async function settleVouchers(ports: Ports = systemPorts): Promise<number> {
  const cutOffAt = localTimeOn(ports.clock.now(), (await getCity()).timeZone, { days: 0, time: '00:00' });
  const done = await observed({ useCase: 'settle-vouchers', actor: 'system', ids: {} }, () =>
    withTransaction((tx) => settleBefore(tx, cutOffAt, ports)),
  );
  return done.ok ? done.value.settlements : 0;
}

async function settleBefore(tx: Tx, cutOffAt: Instant, ports: Ports): Promise<Result<{ readonly settlements: number }, never>> {
  const now = ports.clock.now();
  const due = await listUnsettled(tx, cutOffAt);
  const drafts: LedgerDraft[] = [];
  for (const own of Map.groupBy(due, ({ issuerId, merchantId }) => `${issuerId} ${merchantId}`).values()) {
    const [first] = own;
    const amountMinor = sumMinor(own.map((one) => one.owedMinor));
    if (!first || amountMinor === 0) continue; // what cancels itself out waits for something to settle with
    const { issuerId, merchantId } = first;
    const id = ports.ids.make('voucherSettlement');
    const [made] = await tx
      .insert(voucherSettlements)
      .values({ id, issuerId, merchantId, amountMinor, cutOffAt, createdAt: now })
      .onConflictDoNothing()
      .returning({ id: voucherSettlements.id });
    if (!made) continue; // written late for a day that is settled: tomorrow
    await tx.insert(voucherSettlementTransactions).values(own.map(({ transactionId }) => ({ transactionId, issuerId, settlementId: id })));
    const ids = own.map(({ transactionId }) => transactionId);
    await tx.delete(openVoucherDues).where(and(eq(openVoucherDues.issuerId, issuerId), inArray(openVoucherDues.transactionId, ids)));
    const transaction =
      amountMinor > 0
        ? posting.voucherSettled(issuerId, merchantId, amountMinor)
        : posting.voucherGivenBack(issuerId, merchantId, minor(-amountMinor));
    drafts.push({ ...transaction, cause: `voucher-settled:${id}`, merchantId, occurredAt: now });
  }
  await insertTransactions(tx, drafts, { now, ids: ports.ids });
  return ok({ settlements: drafts.length });
}

/** What issuers owe merchants over transactions before that moment that no settlement holds, below zero what merchants owe them: as many rows are read as there are. */
export function listUnsettled(from: Reader, before: Instant) {
  const { transactionId, issuerId, merchantId, owedMinor, occurredAt } = openVoucherDues;
  return from
    .select({ transactionId, issuerId, merchantId, owedMinor })
    .from(openVoucherDues)
    .where(lt(occurredAt, before))
    .orderBy(asc(transactionId), asc(issuerId));
}
