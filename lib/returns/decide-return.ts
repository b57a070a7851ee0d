import type { Minor, OrderLineId, Result, ReturnId, ShopScope } from '@/lib/kernel';
import { DAY, err, minor, ok, plusMs } from '@/lib/kernel';
import { REMEDY_DAYS, returnCredit } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { loadShopBook } from '@/lib/shops';
import { readParts } from './read-parts';
import type { By, CaseLine, LockedCase, StateRefusal } from './return-repository';
import { advance, amend, lockOfOrigin, updateLine } from './return-repository';
import type { Settled } from './settle-return';
import { settle } from './settle-return';

/** What the selling shop decides about goods that are there. */
export type Decision =
  /** It is taken; a withdrawal may be lessened by what the goods lost, line by line. */
  | { readonly kind: 'accept'; readonly deductions: readonly { readonly lineId: OrderLineId; readonly amountMinor: Minor }[] }
  /** A claim that is none: the goods wait for whoever brought them. */
  | { readonly kind: 'refuse'; readonly reason: string }
  /** Mended, and given back. */
  | { readonly kind: 'mended' }
  /** A repair or another thing cannot be had: money instead. */
  | { readonly kind: 'refund' };

export type DecideRefusal =
  | { readonly kind: 'return-not-found' }
  /** The law gives a withdrawal to whoever states it (BO-05). */
  | { readonly kind: 'withdrawal-stands' }
  | { readonly kind: 'only-withdrawals-are-lessened' }
  | { readonly kind: 'deduction-too-large'; readonly title: string; readonly mostMinor: Minor }
  | { readonly kind: 'not-there-yet' }
  | StateRefusal;

export type Decided = { readonly number: string; readonly outcome: 'settled' | 'refused' | 'to-mend' } & Partial<Settled>;

/** The selling shop answers a doubt, refuses a claim that is none, or says that a repair is done. Only the selling shop: it is party to the contract. */
export async function decideReturn(
  scope: ShopScope,
  command: { readonly returnId: ReturnId; readonly decision: Decision },
  ports: Ports = systemPorts,
): Promise<Result<Decided, DecideRefusal>> {
  const { returnId, decision } = command;
  return observed({ useCase: 'decide-return', actor: scope.kind, ids: { shopId: scope.shopId, returnId } }, () =>
    withTransaction(async (tx): Promise<Result<Decided, DecideRefusal>> => {
      const open = await lockOfOrigin(tx, scope.shopId, returnId);
      if (!open) return err({ kind: 'return-not-found' });
      if (open.endedAt !== null) return err({ kind: 'return-not-open', state: open.state, since: open.endedAt });
      if (open.receivedAt === null) return err({ kind: 'not-there-yet' });
      const now = ports.clock.now();
      const by: By = { actor: { kind: 'shop', id: scope.personId }, shopId: scope.shopId, now, ids: ports.ids, quietly: open.isReplayed };
      if (decision.kind === 'refuse') return refuse(tx, open, decision.reason, by);
      if (decision.kind === 'accept' && open.remedy === 'repair') return awaitRepair(tx, open, by);
      const lines = decision.kind === 'accept' ? await deduct(tx, open, decision.deductions, by) : ok(open.lines);
      if (!lines.ok) return lines;
      const settling = { open: { ...open, lines: lines.value }, book: await loadShopBook(now, tx), hasGoods: true };
      const settled = await settle(tx, { ...settling, asRefund: decision.kind === 'refund' }, by, ports);
      return settled.ok ? ok({ number: open.number, outcome: 'settled', ...settled.value }) : settled;
    }),
  );
}

async function refuse(tx: Tx, open: LockedCase, reason: string, by: By): Promise<Result<Decided, DecideRefusal>> {
  if (open.cause === 'withdrawal') return err({ kind: 'withdrawal-stands' });
  const refused = await advance(tx, open, { event: 'refuse', set: { refusedReason: reason }, detail: { reason } }, by);
  return refused.ok ? ok({ number: open.number, outcome: 'refused' }) : refused;
}

/** The claim is accepted, the thing is to be mended; a second tap moves no date. */
async function awaitRepair(tx: Tx, open: LockedCase, by: By): Promise<Result<Decided, DecideRefusal>> {
  if (open.remedyDueAt === null) {
    const remedyDueAt = plusMs(by.now, REMEDY_DAYS * DAY);
    await amend(tx, open, { event: 'await-remedy', set: { remedyDueAt, question: null } }, by);
  }
  return ok({ number: open.number, outcome: 'to-mend' });
}

/** Writes down what the goods lost, where the law lets a refund be lessened by it; never more than was paid for them. */
async function deduct(
  tx: Tx,
  open: LockedCase,
  deductions: Extract<Decision, { readonly kind: 'accept' }>['deductions'],
  by: By,
): Promise<Result<readonly CaseLine[], DecideRefusal>> {
  const wished = deductions.filter(({ amountMinor }) => amountMinor > 0);
  if (wished.length === 0) return ok(open.lines);
  if (open.cause !== 'withdrawal') return err({ kind: 'only-withdrawals-are-lessened' });
  const part = (await readParts(tx, open.orderId, await loadShopBook(by.now, tx))).find((one) => one.subOrder.id === open.subOrderId);
  const lines: CaseLine[] = [];
  for (const line of open.lines) {
    const amountMinor = wished.find((one) => one.lineId === line.lineId)?.amountMinor ?? minor(0);
    const of = part?.lines.find((one) => one.row.id === line.lineId);
    const units = line.broughtQuantity ?? 0;
    const mostMinor = of && units > 0 ? returnCredit(of, of.creditedQuantity, units).shopperMinor : minor(0);
    if (amountMinor > mostMinor) return err({ kind: 'deduction-too-large', title: of?.row.title ?? '', mostMinor });
    lines.push(amountMinor > 0 ? await updateLine(tx, line, { deductionMinor: amountMinor }) : line);
  }
  return ok(lines);
}
