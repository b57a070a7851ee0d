import type { OrderLineId, Result, SubOrderId } from '@/lib/kernel';
import { dayKey, err, minor, ok, roundHalfUp } from '@/lib/kernel';
import type { SuppliedLine } from '@/lib/oms';
import { creditNoteAmounts } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { IssuedDocument } from './document-repository';
import { insertDocument, listOfSubOrder, takeNumber } from './document-repository';
import { documentFrame } from './frame';
import type { IssuedNumber } from './issue-invoice';
import type { SupplyFacts } from './supply-facts';
import { lockSupply } from './supply-facts';

/** What comes back of a sub-order. Quantities in the line's own sales unit. */
export type Credited = {
  readonly subOrderId: SubOrderId;
  readonly lines: readonly { readonly lineId: OrderLineId; readonly quantity: number }[];
};

export type CreditRefusal =
  | { readonly kind: 'not-invoiced' }
  /** More is to be credited than stays invoiced. */
  | { readonly kind: 'more-than-invoiced'; readonly lineId: string; readonly leftQuantity: number };

/**
 * Writes the credit note for goods that came back, by difference to what stays invoiced; delivery is credited with the last line.
 * It names the invoice and keeps its regime and words: a later change of the law or of the merchant does not reach back.
 */
export async function issueCreditNote(credited: Credited, ports: Ports = systemPorts): Promise<Result<IssuedNumber, CreditRefusal>> {
  return observed({ useCase: 'issue-credit-note', actor: 'system', ids: { subOrderId: credited.subOrderId } }, () =>
    withTransaction((tx) => writeCreditNote(tx, credited, ports)),
  );
}

async function writeCreditNote(tx: Tx, { subOrderId, lines }: Credited, ports: Ports): Promise<Result<IssuedNumber, CreditRefusal>> {
  const facts = await lockSupply(tx, subOrderId);
  const earlier = facts ? await listOfSubOrder(tx, subOrderId) : [];
  const [invoice] = earlier;
  const last = earlier.at(-1);
  if (!facts || !invoice || !last) return err({ kind: 'not-invoiced' });
  const after = without(last.content.remaining, lines);
  return after.ok ? ok(await writeNote(tx, { facts, invoice, before: last.content.remaining, after: after.value }, ports)) : after;
}

export type NoteFacts = {
  readonly facts: SupplyFacts;
  readonly invoice: IssuedDocument;
  readonly before: readonly SuppliedLine[];
  readonly after: readonly SuppliedLine[];
};

/** Writes the credit note that brings what is invoiced from `before` down to `after`; the sub-order is locked. */
export async function writeNote(tx: Tx, { facts, invoice, before, after }: NoteFacts, ports: Ports): Promise<IssuedNumber> {
  const now = ports.clock.now();
  const { merchantId } = invoice;
  const next = await takeNumber(tx, merchantId, 'credit-note');
  const documentId = ports.ids.make('document');
  const { regime, exemption, mentions, mandateVersion, number, issuedOn } = invoice.content;
  const content = {
    ...documentFrame(facts, {
      amounts: creditNoteAmounts(before, after, regime),
      words: { regime, exemption, mentions },
      now,
    }),
    issuedOn: dayKey(now, facts.timeZone),
    number: next.number,
    kind: 'credit-note' as const,
    preceding: { number, issuedOn },
    mandateVersion,
    remaining: [...after],
  };
  const subOrderId = facts.subOrder.id;
  await insertDocument(tx, { documentId, merchantId, subOrderId, content, issuedAt: now, next, invoiceId: invoice.documentId });
  return { documentId, number: next.number };
}

/** What stays invoiced when these quantities come back. A part of a line keeps its share of goods and discount; the last part takes the rest. */
export function without(
  invoiced: readonly SuppliedLine[],
  returned: Credited['lines'],
): Result<readonly SuppliedLine[], Extract<CreditRefusal, { readonly kind: 'more-than-invoiced' }>> {
  const back = new Map<string, number>();
  for (const { lineId, quantity } of returned) back.set(lineId, (back.get(lineId) ?? 0) + quantity);
  for (const [lineId, quantity] of back) {
    const leftQuantity = invoiced.find((line) => line.lineId === lineId)?.quantity ?? 0;
    if (quantity <= 0 || quantity > leftQuantity) return err({ kind: 'more-than-invoiced', lineId, leftQuantity });
  }
  const left = invoiced.map((line) => shrunk(line, back.get(line.lineId) ?? 0));
  const isAllBack = left.every((line) => line.quantity === 0);
  return ok(left.map((line) => (isAllBack ? { ...line, deliveryMinor: minor(0) } : line)));
}

function shrunk(line: SuppliedLine, quantity: number): SuppliedLine {
  if (quantity === 0) return line;
  const left = line.quantity - quantity;
  const share = (amount: number) => minor(roundHalfUp(BigInt(amount) * BigInt(left), BigInt(line.quantity)));
  return { ...line, quantity: left, goodsMinor: share(line.goodsMinor), discountMinor: share(line.discountMinor) };
}
