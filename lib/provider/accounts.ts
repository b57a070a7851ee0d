import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import type { ProviderName } from '@/db/schema';
import { merchants, providerAccounts } from '@/db/schema';
import type { EventNamed, MerchantId, Result } from '@/lib/kernel';
import { invariant, ok } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { notePspState } from '@/lib/shops';
import type { AccountReport } from './port';
import { currentMerchantProvider, merchantProvider } from './providers';

export type AccountRow = typeof providerAccounts.$inferSelect;

/** The accounts of these merchants at one provider, by merchant. */
export async function listAccounts(from: Reader, provider: ProviderName): Promise<ReadonlyMap<MerchantId, AccountRow>> {
  const rows = await from.select().from(providerAccounts).where(eq(providerAccounts.provider, provider));
  return new Map(rows.map((row) => [row.merchantId, row]));
}

/** Locks every account, in the order of their merchants: whoever plans what moves between them is alone. */
export async function lockAccounts(tx: Tx): Promise<void> {
  await tx.select({ id: providerAccounts.merchantId }).from(providerAccounts).orderBy(asc(providerAccounts.merchantId)).for('update');
}

/** At the demo provider every merchant that may be paid online has its account at once: there is nobody to prove anything to. */
export async function openAccounts(ports: Ports): Promise<void> {
  if (currentMerchantProvider() !== 'demo') return;
  const without = await reader()
    .select({ id: merchants.id })
    .from(merchants)
    .leftJoin(providerAccounts, eq(providerAccounts.merchantId, merchants.id))
    .where(and(eq(merchants.pspAccountState, 'enabled'), isNull(providerAccounts.merchantId)));
  for (const { id } of without) await openAccount(id, ports);
}

/**
 * Opens the account of a merchant once: the provider is asked under the merchant's own id, so two at once get the same one.
 * What the provider says of it is kept with it.
 */
export async function openAccount(merchantId: MerchantId, ports: Ports = systemPorts): Promise<AccountRow> {
  const name = currentMerchantProvider();
  const known = await findAccount(reader(), merchantId);
  if (known?.provider === name) return known;
  const [merchant] = await reader().select().from(merchants).where(eq(merchants.id, merchantId));
  invariant(merchant, 'a merchant opens its own account');
  const { legalName, email, country } = merchant;
  const report = await merchantProvider(name, ports).openAccount({ merchantId, legalName, email, country });
  await withTransaction(async (tx): Promise<Result<void, never>> =>
    ok(await keepReport(tx, { merchantId, provider: name, report }, ports)),
  );
  const opened = await findAccount(reader(), merchantId);
  invariant(opened, 'an account was just written');
  return opened;
}

/** The account of a merchant, at whichever provider it was opened. */
export async function findAccount(from: Reader, merchantId: MerchantId): Promise<AccountRow | undefined> {
  const [row] = await from.select().from(providerAccounts).where(eq(providerAccounts.merchantId, merchantId));
  return row;
}

type Reported = { readonly merchantId: MerchantId; readonly provider: ProviderName; readonly report: AccountReport };

/** The newest report wins; the shop may be paid online while both switches are on (OP-25). */
async function keepReport(tx: Tx, { merchantId, provider, report }: Reported, ports: Ports): Promise<void> {
  const now = ports.clock.now();
  const facts = { ...report, requirements: [...report.requirements], provider, reportedAt: now };
  const pspAccountState = report.chargesEnabled && report.payoutsEnabled ? 'enabled' : 'pending';
  // The merchant's row first: of two who open its account at once, the second waits and finds it.
  await notePspState(tx, merchantId, pspAccountState);
  await tx
    .insert(providerAccounts)
    .values({ ...facts, merchantId, openedAt: now })
    .onConflictDoUpdate({ target: providerAccounts.merchantId, set: facts, setWhere: lte(providerAccounts.reportedAt, now) });
}

/**
 * The provider reported on an account. Reports overtake each other, so its newest word is asked for instead of believing this one.
 * One about an account of nobody here is left alone.
 */
export async function reportAccount({ subject, facts }: EventNamed<'AccountReported'>, ports: Ports = systemPorts): Promise<void> {
  const { provider } = facts;
  const [row] = await reader()
    .select()
    .from(providerAccounts)
    .where(and(eq(providerAccounts.provider, provider), eq(providerAccounts.reference, subject)));
  if (row) await refreshAccount(row, ports);
}

/** Asks the provider how an account stands now, and keeps what it says. */
export async function refreshAccount({ merchantId, provider, reference }: AccountRow, ports: Ports): Promise<AccountReport> {
  const report = await merchantProvider(provider, ports).retrieveAccount(reference);
  await withTransaction(async (tx): Promise<Result<void, never>> => ok(await keepReport(tx, { merchantId, provider, report }, ports)));
  return report;
}
