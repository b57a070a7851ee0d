import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { orders, payments, payouts, transfers } from '@/db/schema';
import type { MerchantId, Minor, Result } from '@/lib/kernel';
import { invariant, minor, ok } from '@/lib/kernel';
import { takingReference } from '@/lib/payments';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { AccountRow } from '@/lib/provider';
import { currentMerchantProvider, listAccounts, lockAccounts, merchantProvider, openAccounts } from '@/lib/provider';
import { listUnmoved, noteMoved } from '@/lib/settlement';
import type { TransferState } from './plan-transfers';
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
  const due = (await listUnmoved(tx)).filter((move) => accounts.has(move.merchantId));
  if (due.length === 0) return ok(undefined);
  // Only what is taken back asks what was made before: a merchant that owes nothing is read no further.
  const owing = [...new Set(due.filter((move) => move.netMinor < 0).map((move) => move.merchantId))];
  const made = await listMade(tx, owing);
  const paid = await sumPaidOut(tx, owing);
  const now = ports.clock.now();
  const rows = [...Map.groupBy(due, (move) => move.merchantId)].flatMap(([merchantId, own]) => {
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
  await noteMoved(tx);
  return ok(undefined);
}

const BATCH = 1_000;

async function listMade(tx: Tx, merchantIds: readonly MerchantId[]): Promise<ReadonlyMap<MerchantId, readonly TransferState[]>> {
  if (merchantIds.length === 0) return new Map();
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
  if (merchantIds.length === 0) return new Map();
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
    .select({
      transfer: transfers,
      group: orders.number,
      intent: takingReference,
      reversed: reversed.providerReference,
    })
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
