import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { ledgerEntries, ledgerTransactions, orders, payments, payouts, transfers } from '@/db/schema';
import type { MerchantId, Minor, Result } from '@/lib/kernel';
import { invariant, minor, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { AccountRow } from '@/lib/provider';
import { currentMerchantProvider, listAccounts, lockAccounts, merchantProvider, openAccounts } from '@/lib/provider';
import type { DueMove, TransferState } from './plan-transfers';
import { planTransfers } from './plan-transfers';

type Sending = { readonly isSilent?: boolean };

/**
 * Moves at the provider what the ledger says merchants earned or owe: a transfer for each earning, a reversal for what is owed, as far as
 * the merchant's account reaches; the rest of it waits for the next earning. Never touches another merchant's account (BO-17).
 * Written down first and sent afterwards under the transfer's own id, so that a crash, an outage or two workers move it once.
 * Returns how many were sent.
 */
export async function sendTransfers(ports: Ports = systemPorts, { isSilent = false }: Sending = {}): Promise<number> {
  const provider = currentMerchantProvider();
  await openAccounts(ports);
  const accounts = await listAccounts(reader(), provider);
  const sent = await observed({ useCase: 'send-transfers', actor: 'system', ids: {} }, async () => {
    await withTransaction((tx) => writeTransfers(tx, accounts, ports));
    return ok({ sent: await sendUnsent(accounts, ports, isSilent) });
  });
  return sent.ok ? sent.value.sent : 0;
}

async function writeTransfers(tx: Tx, accounts: ReadonlyMap<MerchantId, AccountRow>, ports: Ports): Promise<Result<void, never>> {
  await lockAccounts(tx); // two workers must not spend the same balance of an account
  const due = (await listDue(tx)).filter((move) => accounts.has(move.merchantId));
  if (due.length === 0) return ok(undefined);
  const merchantIds = [...new Set(due.map((move) => move.merchantId))];
  const made = await listMade(tx, merchantIds);
  const paid = await sumPaidOut(tx, merchantIds);
  const now = ports.clock.now();
  const rows = merchantIds.flatMap((merchantId) => {
    const own = due.filter((move) => move.merchantId === merchantId);
    const planned = planTransfers(own, made.get(merchantId) ?? [], paid.get(merchantId) ?? minor(0), () => ports.ids.make('transfer'));
    const provider = accounts.get(merchantId)?.provider;
    invariant(provider, 'only merchants with an account are planned for');
    return planned.map((move) => ({ ...move, merchantId, provider, createdAt: now }));
  });
  for (let at = 0; at < rows.length; at += BATCH)
    await tx
      .insert(transfers)
      .values(rows.slice(at, at + BATCH))
      .onConflictDoNothing();
  return ok(undefined);
}

const BATCH = 1_000;

/** What the ledger booked on merchants' accounts and is not moved at the provider yet, or not all of it. Payouts move nothing here. */
async function listDue(tx: Tx): Promise<readonly DueMove[]> {
  const moved = sql<number>`coalesce((select sum(${transfers.amountMinor}) from ${transfers} where ${transfers.transactionId} = ${ledgerTransactions.id}), 0)`;
  const net = sql<number>`sum(${ledgerEntries.amountMinor})`;
  const rows = await tx
    .select({
      transactionId: ledgerTransactions.id,
      merchantId: ledgerTransactions.merchantId,
      orderId: ledgerTransactions.orderId,
      subOrderId: ledgerTransactions.subOrderId,
      net: sql<number>`${net}::float8`,
      moved: sql<number>`${moved}::float8`,
    })
    .from(ledgerTransactions)
    .innerJoin(ledgerEntries, eq(ledgerEntries.transactionId, ledgerTransactions.id))
    .where(
      and(
        // What vouchers pay reaches the merchant from their issuers: the rest of it is moved.
        inArray(ledgerEntries.account, ['merchant', 'voucher']),
        eq(ledgerEntries.phase, 'posted'),
        isNull(ledgerTransactions.payoutId),
        sql`${ledgerTransactions.kind} not in ('paid-out', 'payout-failed')`,
      ),
    )
    .groupBy(ledgerTransactions.id)
    .having(sql`abs(${net}) > ${moved}`)
    .orderBy(asc(ledgerTransactions.occurredAt), asc(ledgerTransactions.id));
  return rows.flatMap(({ merchantId, net: netMinor, moved: movedMinor, ...about }) =>
    merchantId === null ? [] : [{ ...about, merchantId, netMinor: minor(netMinor), movedMinor: minor(movedMinor) }],
  );
}

async function listMade(tx: Tx, merchantIds: readonly MerchantId[]): Promise<ReadonlyMap<MerchantId, readonly TransferState[]>> {
  const rows = await tx
    .select({
      id: transfers.id,
      merchantId: transfers.merchantId,
      subOrderId: transfers.subOrderId,
      reversesId: transfers.reversesId,
      amountMinor: transfers.amountMinor,
    })
    .from(transfers)
    .where(inArray(transfers.merchantId, [...merchantIds]))
    .orderBy(asc(transfers.createdAt), asc(transfers.id));
  return Map.groupBy(rows, (row) => row.merchantId);
}

/** What left a merchant's account for its bank, or is about to. */
async function sumPaidOut(tx: Tx, merchantIds: readonly MerchantId[]): Promise<ReadonlyMap<MerchantId, Minor>> {
  const rows = await tx
    .select({ merchantId: payouts.merchantId, paid: sql<number>`sum(${payouts.amountMinor})::float8` })
    .from(payouts)
    .where(and(inArray(payouts.merchantId, [...merchantIds]), sql`${payouts.state} <> 'failed'`))
    .groupBy(payouts.merchantId);
  return new Map(rows.map((row) => [row.merchantId, minor(row.paid)]));
}

const reversed = alias(transfers, 'reversed');

async function sendUnsent(accounts: ReadonlyMap<MerchantId, AccountRow>, ports: Ports, isSilent: boolean): Promise<number> {
  const unsent = await reader()
    .select({ transfer: transfers, group: orders.number, intent: payments.providerReference, reversed: reversed.providerReference })
    .from(transfers)
    .leftJoin(reversed, eq(reversed.id, transfers.reversesId))
    .leftJoin(orders, eq(orders.id, transfers.orderId))
    // What only vouchers paid has no charge at the provider.
    .leftJoin(payments, and(eq(payments.orderId, transfers.orderId), eq(payments.provider, transfers.provider)))
    .where(isNull(transfers.sentAt))
    .orderBy(asc(transfers.createdAt), asc(transfers.id));
  // What is taken back may be a part of what goes in the same round.
  const ordered = [
    ...unsent.filter((one) => one.transfer.reversesId === null),
    ...unsent.filter((one) => one.transfer.reversesId !== null),
  ];
  const references = new Map(
    unsent.flatMap(({ transfer, reversed: of }) => (transfer.reversesId && of ? [[transfer.reversesId, of]] : [])),
  );
  let sent = 0;
  for (const { transfer, group, intent } of ordered) {
    const account = accounts.get(transfer.merchantId);
    if (account?.provider !== transfer.provider) continue;
    const provider = merchantProvider(transfer.provider, { clock: ports.clock, isSilent });
    const { id, amountMinor, currency, reversesId } = transfer;
    const about = { key: id, account: account.reference, amountMinor, currency, group: group ?? undefined, intent: intent ?? undefined };
    const back = reversesId === null ? undefined : references.get(reversesId);
    invariant(reversesId === null || back, 'what is taken back was sent before');
    const moved = back === undefined ? await provider.transfer(about) : await provider.reverse(back, amountMinor, id);
    references.set(id, moved.reference);
    await reader().update(transfers).set({ providerReference: moved.reference, sentAt: ports.clock.now() }).where(eq(transfers.id, id));
    sent += 1;
  }
  return sent;
}
