import { desc, eq, inArray } from 'drizzle-orm';
import { merchants, voucherIssuers, voucherSettlements } from '@/db/schema';
import type { OperatorScope } from '@/lib/kernel';
import { sumMinor } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { listUnsettled } from './settle-vouchers';
import type { VoucherSettlementsView } from './views';

const MOST_SHOWN = 100;

/**
 * What issuers paid merchants for their vouchers, the latest first, and what each owes each now: sums of the ledger's own entries. Due amounts are
 * settled the day after handover; below zero the merchant gives back what was returned since.
 */
export async function listVoucherSettlements(
  _operator: OperatorScope,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<VoucherSettlementsView> {
  const [made, open] = await Promise.all([
    reader()
      .select({
        settlementId: voucherSettlements.id,
        issuerName: voucherIssuers.name,
        merchantName: merchants.legalName,
        amountMinor: voucherSettlements.amountMinor,
        cutOffAt: voucherSettlements.cutOffAt,
        sentAt: voucherSettlements.sentAt,
      })
      .from(voucherSettlements)
      .innerJoin(voucherIssuers, eq(voucherIssuers.id, voucherSettlements.issuerId))
      .innerJoin(merchants, eq(merchants.id, voucherSettlements.merchantId))
      .orderBy(desc(voucherSettlements.cutOffAt), desc(voucherSettlements.id))
      .limit(MOST_SHOWN),
    listUnsettled(reader(), clock.now()),
  ]);
  const issuers = await namesOf(open.map(({ issuerId }) => issuerId));
  const legal = await legalNamesOf(open.map(({ merchantId }) => merchantId));
  const due = [...Map.groupBy(open, ({ issuerId, merchantId }) => `${issuerId} ${merchantId}`).values()].flatMap((own) => {
    const [first] = own;
    const amountMinor = sumMinor(own.map((one) => one.owedMinor));
    if (!first || amountMinor === 0) return [];
    return [{ issuerName: issuers.get(first.issuerId) ?? '', merchantName: legal.get(first.merchantId) ?? '', amountMinor }];
  });
  return {
    made: made.map((row) => ({ ...row, sentAt: row.sentAt ?? undefined })),
    due: due.toSorted((a, b) => a.issuerName.localeCompare(b.issuerName) || a.merchantName.localeCompare(b.merchantName)),
  };
}

type Id<Row extends { readonly id: string }> = Row['id'];

async function namesOf(ids: readonly Id<typeof voucherIssuers.$inferSelect>[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { id, name } = voucherIssuers;
  const rows = await reader()
    .select({ id, name })
    .from(voucherIssuers)
    .where(inArray(id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row.name]));
}

async function legalNamesOf(ids: readonly Id<typeof merchants.$inferSelect>[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { id, legalName } = merchants;
  const rows = await reader()
    .select({ id, legalName })
    .from(merchants)
    .where(inArray(id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row.legalName]));
}
