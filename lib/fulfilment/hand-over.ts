import { and, desc, eq, like, sql } from 'drizzle-orm';
import { orders, subOrders } from '@/db/schema';
import type { Instant, Result, ShopScope, SubOrderId } from '@/lib/kernel';
import { err, ok, plainWords } from '@/lib/kernel';
import type { SubOrderState } from '@/lib/oms';
import { isFulfilled } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { TransitionNotAllowed } from './advance-sub-order';
import type { Answered, SubOrderNotFound } from './answer-sub-order';
import { byShop } from './answer-sub-order';
import { arrive, leaveShop } from './on-the-road';
import { readPassToken } from './pass-token';
import type { LockedSubOrder } from './sub-order-repository';
import { listLines, lockForShop } from './sub-order-repository';

/** How the person at the counter proves what is theirs: the pass (scanned or four characters), or a name and the end of the order number. */
export type Proof = { readonly pass: string } | { readonly name: string; readonly lastDigits: string };

export type FindRefusal =
  | { readonly kind: 'wrong-code' }
  | { readonly kind: 'several-match'; readonly numbers: readonly string[] }
  | { readonly kind: 'already-handed-over'; readonly number: string; readonly at: Instant }
  | { readonly kind: 'not-ready'; readonly number: string; readonly state: SubOrderState };

type Candidate = {
  readonly id: SubOrderId;
  readonly number: string;
  readonly state: SubOrderState;
  readonly changedAt: Instant;
  readonly shopperName: string;
};

/** Which of this shop's sub-orders the proof opens. Another shop's code is simply wrong here: no name leaks. */
export async function findToHandOver(
  scope: ShopScope,
  proof: Proof,
): Promise<Result<{ readonly subOrderId: SubOrderId; readonly number: string }, FindRefusal>> {
  const candidates = await listCandidates(scope, proof);
  const ready = candidates.filter((candidate) => candidate.state === 'ready');
  const [first, second] = ready;
  if (first && second) return err({ kind: 'several-match', numbers: ready.map((candidate) => candidate.number) });
  if (first) return ok({ subOrderId: first.id, number: first.number });
  const [last] = candidates;
  if (!last) return err({ kind: 'wrong-code' });
  if (isFulfilled(last.state)) return err({ kind: 'already-handed-over', number: last.number, at: last.changedAt });
  return err({ kind: 'not-ready', number: last.number, state: last.state });
}

const MOST_CANDIDATES = 20;

async function listCandidates({ shopId }: ShopScope, proof: Proof): Promise<readonly Candidate[]> {
  const which = 'pass' in proof ? passCondition(proof.pass) : nameCondition(proof.lastDigits);
  if (!which) return [];
  const rows = await reader()
    .select({
      id: subOrders.id,
      number: subOrders.number,
      state: subOrders.state,
      changedAt: subOrders.stateChangedAt,
      shopperName: orders.shopperName,
    })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(and(eq(subOrders.shopId, shopId), eq(subOrders.method, 'pickup'), which))
    .orderBy(desc(subOrders.stateChangedAt))
    .limit(MOST_CANDIDATES);
  if ('pass' in proof) return rows;
  const words = plainWords(proof.name);
  return words === '' ? [] : rows.filter((row) => ` ${plainWords(row.shopperName)} `.includes(` ${words} `));
}

/** How somebody showed that the bag is theirs: kept with the handover, without what they showed. */
function kindOf(proof: Proof): 'pass' | 'code' | 'name' {
  if (!('pass' in proof)) return 'name';
  return readPassToken(proof.pass) === undefined ? 'code' : 'pass';
}

function passCondition(pass: string) {
  const number = readPassToken(pass);
  if (number !== undefined) return eq(subOrders.number, number);
  const code = pass.replace(/[\s-]/g, '').toUpperCase();
  return /^[A-Z0-9]{4}$/.test(code) ? eq(subOrders.pickupCode, code) : undefined;
}

function nameCondition(lastDigits: string) {
  const digits = lastDigits.replace(/\D/g, '');
  return digits.length < 2 || digits.length > 12 ? undefined : like(orders.number, sql`${`%${digits}`}`);
}

export type HandOver = {
  readonly subOrderId: SubOrderId;
  readonly proof: Proof;
  /** Somebody looked at the identity card, where a line asks for an age. */
  readonly ageChecked?: boolean | undefined;
};

export type HandOverRefusal =
  SubOrderNotFound | TransitionNotAllowed | FindRefusal | { readonly kind: 'age-not-confirmed'; readonly minimumAge: number };

/** The goods change hands, once: the shelf record goes down by what was really in the bag. */
export async function handOver(
  scope: ShopScope,
  command: HandOver,
  ports: Ports = systemPorts,
): Promise<Result<Answered, HandOverRefusal>> {
  const { subOrderId } = command;
  return observed({ useCase: 'hand-over', actor: scope.kind, ids: { shopId: scope.shopId, subOrderId } }, async () => {
    const found = await findToHandOver(scope, command.proof);
    if (!found.ok) return found;
    if (found.value.subOrderId !== subOrderId) return err({ kind: 'wrong-code' });
    return withTransaction(async (tx): Promise<Result<Answered, HandOverRefusal>> => {
      const subOrder = await lockForShop(tx, scope, subOrderId);
      if (!subOrder) return err({ kind: 'sub-order-not-found' });
      if (isFulfilled(subOrder.state)) return err({ kind: 'already-handed-over', number: subOrder.number, at: subOrder.stateChangedAt });
      if (subOrder.state !== 'ready') return err({ kind: 'not-ready', number: subOrder.number, state: subOrder.state });
      const minimumAge = await oldestAgeAsked(tx, subOrder);
      if (minimumAge > 0 && !command.ageChecked) return err({ kind: 'age-not-confirmed', minimumAge });
      const detail = { proof: kindOf(command.proof), ...(minimumAge > 0 ? { ageChecked: minimumAge } : {}) };
      return giveAway(tx, { scope, subOrder, event: 'hand-over', ports, detail });
    });
  });
}

/** The courier or the carrier took it. */
export async function despatch(
  scope: ShopScope,
  subOrderId: SubOrderId,
  ports: Ports = systemPorts,
): Promise<Result<Answered, SubOrderNotFound | TransitionNotAllowed>> {
  return observed({ useCase: 'despatch', actor: scope.kind, ids: { shopId: scope.shopId, subOrderId } }, () =>
    withTransaction(async (tx): Promise<Result<Answered, SubOrderNotFound | TransitionNotAllowed>> => {
      const subOrder = await lockForShop(tx, scope, subOrderId);
      if (!subOrder || subOrder.method === 'pickup') return err({ kind: 'sub-order-not-found' });
      if (subOrder.state === 'despatched') return ok({ subOrderId, number: subOrder.number, state: subOrder.state });
      return giveAway(tx, { scope, subOrder, event: 'despatch', ports, detail: {} });
    }),
  );
}

/** It reached the shopper's door or relay. */
export async function markDelivered(
  scope: ShopScope,
  subOrderId: SubOrderId,
  ports: Ports = systemPorts,
): Promise<Result<Answered, SubOrderNotFound | TransitionNotAllowed>> {
  return observed({ useCase: 'mark-delivered', actor: scope.kind, ids: { shopId: scope.shopId, subOrderId } }, () =>
    withTransaction(async (tx): Promise<Result<Answered, SubOrderNotFound | TransitionNotAllowed>> => {
      const subOrder = await lockForShop(tx, scope, subOrderId);
      if (!subOrder) return err({ kind: 'sub-order-not-found' });
      if (subOrder.state === 'delivered') return ok({ subOrderId, number: subOrder.number, state: subOrder.state });
      const delivered = await arrive(tx, subOrder, { detail: {}, by: byShop(scope, subOrder, ports) });
      return delivered.ok ? ok({ subOrderId, number: subOrder.number, state: delivered.value }) : delivered;
    }),
  );
}

async function oldestAgeAsked(tx: Tx, subOrder: LockedSubOrder): Promise<number> {
  const lines = await listLines(tx, [subOrder.id]);
  return Math.max(0, ...lines.filter((line) => line.pickedQuantity !== 0).map((line) => line.minimumAge ?? 0));
}

type Leaving = {
  readonly scope: ShopScope;
  readonly subOrder: LockedSubOrder;
  readonly event: 'hand-over' | 'despatch';
  readonly ports: Ports;
  readonly detail: Readonly<Record<string, unknown>>;
};

async function giveAway(tx: Tx, { scope, subOrder, event, ports, detail }: Leaving): Promise<Result<Answered, TransitionNotAllowed>> {
  const gone = await leaveShop(tx, subOrder, { event, detail, by: byShop(scope, subOrder, ports) }, ports);
  if (!gone.ok) return gone;
  return ok({ subOrderId: subOrder.id, number: subOrder.number, state: gone.value });
}
