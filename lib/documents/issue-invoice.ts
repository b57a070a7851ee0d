import type { DocumentId, Result, SubOrderId } from '@/lib/kernel';
import { dayKey, err, ok } from '@/lib/kernel';
import { invoiceAmounts } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { findMandate, insertDocument, listOfSubOrder, takeNumber } from './document-repository';
import { documentFrame, findWords } from './frame';
import { lockSupply } from './supply-facts';

export type IssuedNumber = { readonly documentId: DocumentId; readonly number: string };

export type InvoiceRefusal =
  /** The sub-order is unknown, or its goods have not left the shop: an invoice says what was really supplied. */
  | { readonly kind: 'not-supplied-yet' }
  /** Everything was missing at the pick: there is nothing to invoice. */
  | { readonly kind: 'nothing-supplied' }
  /** The merchant has given no mandate that is in force (ME-22). */
  | { readonly kind: 'no-mandate'; readonly merchant: string }
  /** The wording the law wants for this regime is not among the legal mentions. */
  | { readonly kind: 'no-legal-mention'; readonly occasion: string };

/**
 * Writes the invoice of a sub-order in its merchant's name, for what was really supplied. Once: a second call gives the first one's number.
 * The number, the seal and the document are one transaction, so that a series has no gap.
 */
export async function issueInvoice(subOrderId: SubOrderId, ports: Ports = systemPorts): Promise<Result<IssuedNumber, InvoiceRefusal>> {
  return observed({ useCase: 'issue-invoice', actor: 'system', ids: { subOrderId } }, () =>
    withTransaction((tx) => writeInvoice(tx, subOrderId, ports)),
  );
}

async function writeInvoice(tx: Tx, subOrderId: SubOrderId, ports: Ports): Promise<Result<IssuedNumber, InvoiceRefusal>> {
  const facts = await lockSupply(tx, subOrderId);
  if (!facts) return err({ kind: 'not-supplied-yet' });
  const { merchantId } = facts.subOrder;
  const [written] = await listOfSubOrder(tx, subOrderId);
  if (written) return ok({ documentId: written.documentId, number: written.content.number });
  if (facts.supplied.length === 0) return err({ kind: 'nothing-supplied' });

  const now = ports.clock.now();
  const mandate = await findMandate(tx, merchantId, now);
  if (!mandate) return err({ kind: 'no-mandate', merchant: facts.merchant.name });
  const words = await findWords(tx, facts, dayKey(now, facts.timeZone));
  if (!words.ok) return words;

  const next = await takeNumber(tx, merchantId, 'invoice');
  const documentId = ports.ids.make('document');
  const content = {
    ...documentFrame(facts, { amounts: invoiceAmounts(facts.supplied, words.value.regime), words: words.value, now }),
    number: next.number,
    kind: 'invoice' as const,
    mandateVersion: mandate.version,
    remaining: [...facts.supplied],
  };
  await insertDocument(tx, { documentId, merchantId, subOrderId, content, issuedAt: now, next, invoiceId: null });
  return ok({ documentId, number: next.number });
}
