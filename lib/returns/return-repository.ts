import { and, desc, eq, isNull, or, sql } from 'drizzle-orm';
import { orders, returnCases, returnEvents, returnLines, subOrders } from '@/db/schema';
import type { Actor, Instant, OrderId, Result, ReturnId, ShopId } from '@/lib/kernel';
import { err, invariant, ok } from '@/lib/kernel';
import type { ReturnEvent, ReturnState } from '@/lib/oms';
import { returnTransition } from '@/lib/oms';
import type { Ids } from '@/lib/platform/ids';
import { appendEvents } from '@/lib/platform/outbox';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { readReturnToken } from './return-token';

export type CaseRow = typeof returnCases.$inferSelect;
export type CaseLine = typeof returnLines.$inferSelect;

/** A return locked together with its order: what happens to the goods of one order happens one after another. */
export type LockedCase = CaseRow & { readonly isReplayed: boolean; readonly lines: readonly CaseLine[] };

export type By = {
  readonly actor: Actor;
  /** At whose counter. */
  readonly shopId?: ShopId;
  readonly now: Instant;
  readonly ids: Ids;
  readonly quietly: boolean;
};

export type StateRefusal = { readonly kind: 'return-not-open'; readonly state: ReturnState; readonly since: Instant };

/** Locks an order and all its parts in the order in which everybody does. */
export async function lockOrder(tx: Tx, orderId: OrderId): Promise<void> {
  await tx
    .select({ id: subOrders.id })
    .from(orders)
    .innerJoin(subOrders, eq(subOrders.orderId, orders.id))
    .where(eq(orders.id, orderId))
    .orderBy(subOrders.id)
    .for('update');
}

/** The return, locked; undefined when `where` finds none: another's is not there. */
async function lockCase(tx: Tx, where: ReturnType<typeof and>): Promise<LockedCase | undefined> {
  const [found] = await tx.select({ orderId: returnCases.orderId, id: returnCases.id }).from(returnCases).where(where);
  if (!found) return undefined;
  await lockOrder(tx, found.orderId);
  const [row] = await tx
    .select({ row: returnCases, isReplayed: orders.isReplayed })
    .from(returnCases)
    .innerJoin(orders, eq(orders.id, returnCases.orderId))
    .where(and(eq(returnCases.id, found.id), where))
    .for('update', { of: returnCases });
  if (!row) return undefined;
  const lines = await tx.select().from(returnLines).where(eq(returnLines.returnId, found.id)).orderBy(returnLines.lineId);
  return { ...row.row, isReplayed: row.isReplayed, lines };
}

export function lockById(tx: Tx, returnId: ReturnId): Promise<LockedCase | undefined> {
  return lockCase(tx, and(eq(returnCases.id, returnId)));
}

/** The selling shop's own. */
export function lockOfOrigin(tx: Tx, shopId: ShopId, returnId: ReturnId): Promise<LockedCase | undefined> {
  return lockCase(tx, and(eq(returnCases.id, returnId), eq(returnCases.shopId, shopId)));
}

/** One this shop took in, or sold. */
export function lockOfShop(tx: Tx, shopId: ShopId, returnId: ReturnId): Promise<LockedCase | undefined> {
  return lockCase(tx, and(eq(returnCases.id, returnId), or(eq(returnCases.shopId, shopId), eq(returnCases.receivedShopId, shopId))));
}

/** The shopper's own. */
export function lockOfOrder(tx: Tx, orderId: OrderId, returnId: ReturnId): Promise<LockedCase | undefined> {
  return lockCase(tx, and(eq(returnCases.id, returnId), eq(returnCases.orderId, orderId)));
}

/**
 * The return a pass opens: its signed token anywhere; the four characters alone only at the shop it was sold by or meant for, so that
 * nobody finds a stranger's by trying. Of several with the same characters the open and youngest one.
 */
export async function findByPass(from: Reader, shopId: ShopId, pass: string): Promise<CaseRow | undefined> {
  const number =
    readReturnToken(pass) ?? (/^R-?\d{1,12}$/i.test(pass.trim()) ? pass.trim().toUpperCase().replace(/^R-?/, 'R-') : undefined);
  const code = pass.replace(/[\s-]/g, '').toUpperCase();
  const here = or(eq(returnCases.shopId, shopId), eq(returnCases.chosenShopId, shopId), eq(returnCases.receivedShopId, shopId));
  const which =
    readReturnToken(pass) !== undefined && number !== undefined
      ? eq(returnCases.number, number)
      : number !== undefined
        ? and(eq(returnCases.number, number), here)
        : /^[A-Z0-9]{4}$/.test(code)
          ? and(eq(returnCases.code, code), here)
          : undefined;
  if (!which) return undefined;
  const [row] = await from
    .select()
    .from(returnCases)
    .where(which)
    .orderBy(sql`${isNull(returnCases.endedAt)} desc`, desc(returnCases.statedAt))
    .limit(1);
  return row;
}

export type NewCase = Omit<typeof returnCases.$inferInsert, 'number'>;
export type NewLine = Omit<typeof returnLines.$inferInsert, 'returnId'>;

/** Writes a return with its lines and its first event; says its number. */
export async function insertCase(tx: Tx, row: NewCase, lines: readonly NewLine[], by: By): Promise<CaseRow> {
  const [made] = await tx
    .insert(returnCases)
    .values({ ...row, number: sql`'R-' || nextval('return_numbers')` })
    .returning();
  invariant(made, 'a return was written');
  await tx.insert(returnLines).values(lines.map((line) => ({ ...line, returnId: made.id })));
  await noteEvent(tx, made, { event: 'state', detail: { cause: row.cause } }, by);
  return made;
}

export type Change = {
  readonly event: ReturnEvent;
  readonly set?: Partial<Omit<CaseRow, 'id' | 'state' | 'number'>>;
  readonly detail?: Readonly<Record<string, unknown>>;
};

/** The only way a return changes state: the engine's table decides, then row, event and `ReturnChanged` are written together. */
export async function advance<C extends CaseRow>(
  tx: Tx,
  open: C,
  { event, set, detail }: Change,
  by: By,
): Promise<Result<C, StateRefusal>> {
  const next = returnTransition(open.cause, open.state, event);
  if (!next.ok) return err({ kind: 'return-not-open', state: open.state, since: open.endedAt ?? open.receivedAt ?? open.statedAt });
  const isEnd = next.value === 'settled' || next.value === 'refused' || next.value === 'dropped';
  const changed = { ...set, state: next.value, ...(isEnd && { endedAt: by.now, question: null }) };
  await tx.update(returnCases).set(changed).where(eq(returnCases.id, open.id));
  const now = { ...open, ...changed };
  await noteEvent(tx, now, detail ? { event, detail } : { event }, by);
  return ok(now);
}

/** Something that leaves the state as it is: a question, a day by which something is due, a reminder. */
export async function amend<C extends CaseRow>(
  tx: Tx,
  open: C,
  change: {
    readonly event: string;
    readonly set: Partial<Omit<CaseRow, 'id' | 'state' | 'number'>>;
    readonly detail?: Readonly<Record<string, unknown>>;
  },
  by: By,
): Promise<C> {
  await tx.update(returnCases).set(change.set).where(eq(returnCases.id, open.id));
  const now = { ...open, ...change.set };
  await noteEvent(tx, now, change, by);
  return now;
}

/** Writes down that something happened, for whoever watches and for those who react to it. */
export async function noteEvent(
  tx: Tx,
  about: Pick<CaseRow, 'id' | 'state' | 'orderId' | 'shopId'>,
  { event, detail }: { readonly event: string; readonly detail?: Readonly<Record<string, unknown>> },
  by: By,
): Promise<void> {
  await tx.insert(returnEvents).values({
    id: by.ids.make('event'),
    returnId: about.id,
    event,
    toState: about.state,
    actorKind: by.actor.kind,
    actorId: by.actor.id ?? null,
    shopId: by.shopId ?? null,
    detail: detail ?? null,
    occurredAt: by.now,
  });
  const facts = { orderId: about.orderId, shopId: about.shopId, event, to: about.state };
  await appendEvents(tx, [{ name: 'ReturnChanged', subject: about.id, facts }], by);
}

export async function updateLine(tx: Tx, line: CaseLine, set: Partial<Omit<CaseLine, 'returnId' | 'lineId'>>): Promise<CaseLine> {
  await tx
    .update(returnLines)
    .set(set)
    .where(and(eq(returnLines.returnId, line.returnId), eq(returnLines.lineId, line.lineId)));
  return { ...line, ...set };
}
