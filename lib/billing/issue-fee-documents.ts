import type { DocumentContent } from '@/lib/documents';
import type { CommissionDocumentId, Instant, MerchantId, Minor } from '@/lib/kernel';
import { dayKey, invariant, minor, plusMs, sumMinor } from '@/lib/kernel';
import type { FeeAmounts, FeeLine } from '@/lib/oms';
import { feeAmounts, posting } from '@/lib/oms';
import { forEachMerchant } from '@/lib/platform/for-each-merchant';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import { insertTransactions } from '@/lib/settlement';
import { getCity } from '@/lib/shops';
import type { FeeInvoice, Unbilled } from './fee-repository';
import { findInvoicesOf, insertFeeDocument, listUnbilled, listUnbilledMerchants, takeFeeNumber } from './fee-repository';
import { linesAfter, wordsOfLines } from './fee-lines';
import type { FeeParties } from './fee-parties';
import { findParties } from './fee-parties';
import { startOfMonth } from './month';

/**
 * Invoices merchants the commission of the months that are over, and credits what was given back of what was invoiced before: for each merchant one
 * invoice, and one credit note for each invoice it corrects. Each fee is on one document, however many workers try. Returns how many were written.
 */
export async function issueFeeDocuments(ports: Ports = systemPorts): Promise<number> {
  const { timeZone } = await getCity();
  const before = startOfMonth(ports.clock.now(), timeZone);
  const due = await listUnbilledMerchants(reader(), before);
  return forEachMerchant(
    'issue-fee-documents',
    due.map(({ merchantId }) => merchantId),
    (tx, merchantId) => billMerchant(tx, { merchantId, before, timeZone, ports }),
  );
}

type Billing = { readonly merchantId: MerchantId; readonly before: Instant; readonly timeZone: string; readonly ports: Ports };

async function billMerchant(tx: Tx, billing: Billing): Promise<number> {
  await takeFeeNumber(tx, 'invoice'); // whoever holds the series is alone: nothing below is invoiced twice
  const unbilled = await listUnbilled(tx, billing.merchantId, billing.before);
  const parties = await findParties(tx, billing.merchantId);
  const ids = unbilled.flatMap(({ subOrderId }) => subOrderId ?? []);
  const invoices = await findInvoicesOf(tx, ids);
  const correctionOf = (row: Unbilled): FeeInvoice | undefined =>
    row.subOrderId !== null && row.feeMinor <= 0 ? invoices.get(row.subOrderId) : undefined;
  const isNew = (row: Unbilled) => correctionOf(row) === undefined;
  let written = await writeDocument(tx, { ...billing, parties, rows: unbilled.filter(isNew), corrects: undefined });
  const corrections = Map.groupBy(
    unbilled.filter((row) => !isNew(row)),
    (row) => correctionOf(row)?.documentId,
  );
  for (const rows of corrections.values()) {
    const corrects = rows[0] && correctionOf(rows[0]);
    written += await writeDocument(tx, { ...billing, parties, rows, corrects });
  }
  return written;
}

type Writing = Billing & {
  readonly parties: FeeParties;
  readonly rows: readonly Unbilled[];
  readonly corrects: FeeInvoice | undefined;
};

/** Writes one document over these transactions, and posts the cents by which its VAT, taken once, differs from what was kept sale by sale. */
async function writeDocument(tx: Tx, { rows, corrects, parties, merchantId, timeZone, before, ports }: Writing): Promise<number> {
  const stays = corrects?.remaining.map(feeOf) ?? [];
  const after = await linesAfter(tx, stays, rows, timeZone);
  const amounts = feeAmounts(stays, after);
  const [first] = rows;
  if (!first || amounts.totals.netMinor === 0) return 0; // given back within its month: it goes with the next document
  const now = ports.clock.now();
  const kind = corrects ? 'credit-note' : 'invoice';
  const next = await takeFeeNumber(tx, kind);
  const documentId = ports.ids.make('commissionDocument');
  const period = {
    from: dayKey(startOfMonth(first.occurredAt, timeZone), timeZone),
    to: dayKey(plusMs(before, -1), timeZone),
  };
  const content: DocumentContent = {
    ...frameOf(amounts, await wordsOfLines(tx, stays, rows, timeZone)),
    ...parties,
    number: next.number,
    kind,
    issuedOn: dayKey(now, timeZone),
    suppliedOn: period.to,
    period,
    preceding: corrects && { number: corrects.content.number, issuedOn: corrects.content.issuedOn },
    remaining: after.map(remainingOf),
  };
  const transactionIds = rows.map((row) => row.transactionId);
  await insertFeeDocument(tx, {
    documentId,
    merchantId,
    content,
    next,
    issuedAt: now,
    transactionIds,
    invoiceId: corrects?.documentId ?? null,
  });
  await postRounding(tx, { documentId, merchantId, moreMinor: roundingOf(amounts, rows, kind), ports });
  return 1;
}

function roundingOf({ totals }: FeeAmounts, rows: readonly Unbilled[], kind: DocumentContent['kind']): Minor {
  const keptMinor = sumMinor(rows.map((row) => row.vatMinor));
  return minor((kind === 'invoice' ? totals.vatMinor : -totals.vatMinor) - keptMinor);
}

type Rounding = {
  readonly documentId: CommissionDocumentId;
  readonly merchantId: MerchantId;
  readonly moreMinor: Minor;
  readonly ports: Ports;
};

async function postRounding(tx: Tx, { documentId, merchantId, moreMinor, ports }: Rounding): Promise<void> {
  const now = ports.clock.now();
  const rounded = posting.commissionRounded(merchantId, moreMinor);
  await insertTransactions(tx, [{ ...rounded, merchantId, cause: `commission-rounded:${documentId}`, occurredAt: now }], {
    now,
    ids: ports.ids,
  });
}

function frameOf({ lines, groups, totals }: FeeAmounts, wordsOf: Awaited<ReturnType<typeof wordsOfLines>>) {
  invariant(
    lines.every((line) => line.netMinor > 0),
    'a commission document goes one way',
  );
  return {
    currency: 'EUR' as const,
    regime: 'normal' as const,
    exemption: undefined,
    mentions: [],
    lines: lines.map(({ lineId, netMinor, rateBps }) => ({
      lineId,
      ...wordsOf(lineId),
      salesUnit: 'each' as const,
      quantity: 1,
      goodsMinor: netMinor,
      goodsNetMinor: netMinor,
      rateBps,
    })),
    groups: groups.map((group) => ({ ...group, ...nothingBeside })),
    totals,
  };
}

const nothingBeside = { discountMinor: minor(0), discountNetMinor: minor(0), deliveryMinor: minor(0), deliveryNetMinor: minor(0) };

const feeOf = ({ lineId, goodsMinor, rateBps }: DocumentContent['remaining'][number]): FeeLine => ({
  lineId,
  netMinor: goodsMinor,
  rateBps,
});
const remainingOf = ({ lineId, netMinor, rateBps }: FeeLine): DocumentContent['remaining'][number] => ({
  lineId,
  quantity: 1,
  goodsMinor: netMinor,
  discountMinor: minor(0),
  deliveryMinor: minor(0),
  rateBps,
});
