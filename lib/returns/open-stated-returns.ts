import { eq } from 'drizzle-orm';
import { returnCases, withdrawalStatements } from '@/db/schema';
import type { EventId, Result } from '@/lib/kernel';
import { dayKey, ok, plainWords, quantity } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { loadShopBook } from '@/lib/shops';
import type { Part } from './read-parts';
import { readParts } from './read-parts';
import type { By } from './return-repository';
import { lockOrder } from './return-repository';
import { openReturn } from './start-return';

/**
 * Whoever withdrew by the withdrawal page has returns for it, one for each contract whose goods have left the shop: the statement is the
 * consent, the return is the way. Whether the period had ended is judged by the moment of the statement, not of its handling (BO-10).
 * What is still at a shop was cancelled with the statement. Idempotent; says how many were opened.
 */
export async function openStatedReturns(
  statementId: EventId,
  ports: Ports = systemPorts,
): Promise<Result<{ readonly opened: number }, never>> {
  return observed({ useCase: 'open-stated-returns', actor: 'system', ids: {} }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly opened: number }, never>> => {
      const [statement] = await tx.select().from(withdrawalStatements).where(eq(withdrawalStatements.id, statementId));
      if (!statement) return ok({ opened: 0 });
      await lockOrder(tx, statement.orderId);
      const [known] = await tx.select({ id: returnCases.id }).from(returnCases).where(eq(returnCases.statementId, statementId)).limit(1);
      return known ? ok({ opened: 0 }) : ok({ opened: await openEach(tx, statement, ports) });
    }),
  );
}

type Statement = typeof withdrawalStatements.$inferSelect;

async function openEach(tx: Tx, statement: Statement, ports: Ports): Promise<number> {
  const book = await loadShopBook(ports.clock.now(), tx);
  const parts = await readParts(tx, statement.orderId, book);
  const day = dayKey(statement.statedAt, book.city.timeZone);
  let opened = 0;
  for (const part of parts) {
    const { order, subOrder } = part;
    const isMeant = statement.number === order.number || statement.number === subOrder.number;
    const isInTime = part.withdrawUntil === undefined || day <= part.withdrawUntil;
    const lines = isMeant && isInTime && order.paidAt !== null ? statedLines(part, statement) : [];
    if (lines.length === 0) continue;
    const by: By = { actor: { kind: 'shopper', id: undefined }, now: statement.statedAt, ids: ports.ids, quietly: order.isReplayed };
    const stated = { part, cause: 'withdrawal', lines, statementId: statement.id, toShopId: subOrder.shopId } as const;
    await openReturn(tx, { ...stated, reason: statement.articles ?? undefined }, by);
    opened += 1;
  }
  return opened;
}

/**
 * The lines a statement is about: those its words name, all of them when it names none. Free words are read generously; what is really
 * brought back is what counts at the counter.
 */
function statedLines(part: Part, { articles }: Statement) {
  const able = part.lines.filter((line) => line.row.withdrawalException === null && line.leftQuantity > 0);
  const words = articles === null ? '' : plainWords(articles);
  const named = able.filter((line) => words !== '' && words.includes(plainWords(line.row.title)));
  return (named.length > 0 ? named : able).map((line) => ({ line, quantity: quantity(line.leftQuantity), exchangeOfferId: undefined }));
}
