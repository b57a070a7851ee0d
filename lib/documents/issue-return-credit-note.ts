import { eq, sql } from 'drizzle-orm';
import { documents, returnCredits } from '@/db/schema';
import type { Result, SubOrderId } from '@/lib/kernel';
import { err, invariant, minor, ok, sumMinor } from '@/lib/kernel';
import type { SuppliedLine } from '@/lib/oms';
import { apportion } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Reader } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { listOfSubOrder } from './document-repository';
import type { CreditRefusal } from './issue-credit-note';
import { writeNote } from './issue-credit-note';
import type { IssuedNumber } from './issue-invoice';
import { lockSupply } from './supply-facts';

/**
 * Brings the documents of a contract up to what its returns took off it: one credit note for all that is not credited yet, to the cent what
 * went back. Says nothing new when it is told twice. Errors: `not-invoiced` while the invoice is not written.
 */
export async function issueReturnCreditNote(
  subOrderId: SubOrderId,
  ports: Ports = systemPorts,
): Promise<Result<IssuedNumber | undefined, CreditRefusal>> {
  return observed({ useCase: 'issue-return-credit-note', actor: 'system', ids: { subOrderId } }, () =>
    withTransaction(async (tx): Promise<Result<IssuedNumber | undefined, CreditRefusal>> => {
      const facts = await lockSupply(tx, subOrderId);
      const credits = await listCredits(tx, subOrderId);
      if (credits.length === 0) return ok(undefined);
      const earlier = facts ? await listOfSubOrder(tx, subOrderId) : [];
      const [invoice] = earlier;
      const last = earlier.at(-1);
      if (!facts || !invoice || !last) return err({ kind: 'not-invoiced' });
      const after = lessReturned(invoice.content.remaining, credits);
      const isSame = JSON.stringify(after.map(amountsOf)) === JSON.stringify(last.content.remaining.map(amountsOf));
      return isSame ? ok(undefined) : ok(await writeNote(tx, { facts, invoice, before: last.content.remaining, after }, ports));
    }),
  );
}

const BATCH = 100;

/**
 * Writes the credit notes that are due: what came back before its invoice could be written, or while the worker was away. Says how many.
 */
export async function issueDueReturnNotes(ports: Ports = systemPorts): Promise<number> {
  const note = sql`(select coalesce(max(${documents.issuedAt}), '-infinity') from ${documents}
    where ${documents.subOrderId} = ${returnCredits.subOrderId} and ${documents.kind} = 'credit-note')`;
  const invoice = sql`exists (select from ${documents} where ${documents.subOrderId} = ${returnCredits.subOrderId} and ${documents.kind} = 'invoice')`;
  const due = await reader()
    .select({ subOrderId: returnCredits.subOrderId })
    .from(returnCredits)
    .where(invoice)
    .groupBy(returnCredits.subOrderId)
    .having(sql`max(${returnCredits.createdAt}) > ${note}`)
    .limit(BATCH);
  let written = 0;
  for (const { subOrderId } of due) {
    const issued = await issueReturnCreditNote(subOrderId, ports);
    if (issued.ok && issued.value) written += 1;
  }
  return written;
}

type CreditRow = Pick<typeof returnCredits.$inferSelect, 'lineId' | 'quantity' | 'shopperMinor' | 'rescueMinor'>;

async function listCredits(from: Reader, subOrderId: SubOrderId): Promise<readonly CreditRow[]> {
  return from.select().from(returnCredits).where(eq(returnCredits.subOrderId, subOrderId));
}

const amountsOf = ({ lineId, quantity, goodsMinor, deliveryMinor }: SuppliedLine) => [lineId, quantity, goodsMinor, deliveryMinor];

/**
 * What stays invoiced after returns. A deduction for what goods lost stays on their line; delivery that was not given back stays too, spread
 * as the invoice spread it.
 */
export function lessReturned(invoiced: readonly SuppliedLine[], credits: readonly CreditRow[]): readonly SuppliedLine[] {
  const worth = (rows: readonly CreditRow[]) => sumMinor(rows.map((row) => row.shopperMinor + row.rescueMinor));
  const delivery = apportion(
    worth(credits.filter((row) => row.lineId === null)),
    invoiced.map((line) => line.deliveryMinor),
  );
  return invoiced.map((line, index) => {
    const own = credits.filter((row) => row.lineId === line.lineId);
    const left = {
      ...line,
      quantity: line.quantity - own.reduce((sum, row) => sum + row.quantity, 0),
      goodsMinor: minor(line.goodsMinor - worth(own)),
      deliveryMinor: minor(line.deliveryMinor - (delivery.ok ? (delivery.value[index] ?? 0) : 0)),
    };
    invariant(left.quantity >= 0 && left.goodsMinor >= 0 && left.deliveryMinor >= 0, 'no more is credited than was invoiced');
    return left;
  });
}
