import { and, asc, eq, inArray } from 'drizzle-orm';
import { courierRunParts, orderLines, subOrders } from '@/db/schema';
import type { LockedSubOrder, TransitionNotAllowed } from '@/lib/fulfilment';
import { arrive, comeBack, leaveShop, lockForSystem, readPassToken } from '@/lib/fulfilment';
import type { Result, RunScope, SubOrderId } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { isFulfilled } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { AbsentReason } from './views';

export type NotOnThisRun = { readonly kind: 'not-on-this-run' };
export type FetchRefusal = NotOnThisRun | { readonly kind: 'not-ready' } | TransitionNotAllowed;
export type DoorRefusal =
  | NotOnThisRun
  | { readonly kind: 'nothing-on-board' }
  | { readonly kind: 'proof-missing' }
  | { readonly kind: 'wrong-code' }
  | { readonly kind: 'age-not-confirmed'; readonly minimumAge: number }
  | TransitionNotAllowed;
export type BackRefusal = NotOnThisRun | { readonly kind: 'nothing-on-board' } | TransitionNotAllowed;

export type Worked = { readonly numbers: readonly string[] };

/** The bag of this run that a scanned slip or a typed number means. */
export async function findOnRun({ runId }: RunScope, code: string): Promise<SubOrderId | undefined> {
  const number = readPassToken(code) ?? code.trim().toUpperCase();
  const [found] = await reader()
    .select({ id: subOrders.id })
    .from(courierRunParts)
    .innerJoin(subOrders, eq(subOrders.id, courierRunParts.subOrderId))
    .where(and(eq(courierRunParts.runId, runId), eq(subOrders.number, number)));
  return found?.id;
}

/** The courier takes a bag at its shop: it is under way. A second tap changes nothing. */
export async function fetchPart(
  scope: RunScope,
  subOrderId: SubOrderId,
  ports: Ports = systemPorts,
): Promise<Result<Worked, FetchRefusal>> {
  return observed({ useCase: 'fetch-part', actor: scope.kind, ids: { runId: scope.runId, subOrderId } }, () =>
    withTransaction(async (tx): Promise<Result<Worked, FetchRefusal>> => {
      const carried = await lockPart(tx, scope, subOrderId);
      if (!carried) return err({ kind: 'not-on-this-run' });
      const { subOrder, part } = carried;
      if (part.state !== 'to-fetch') return ok({ numbers: [subOrder.number] });
      if (subOrder.state === 'accepted' || subOrder.state === 'preparing') return err({ kind: 'not-ready' });
      if (subOrder.state !== 'despatched') {
        const gone = await leaveShop(
          tx,
          subOrder,
          { event: 'despatch', detail: { run: scope.runId }, by: by(scope, subOrder, ports) },
          ports,
        );
        if (!gone.ok) return gone;
      }
      await setPart(tx, part, { state: 'on-board', fetchedAt: ports.clock.now() });
      return ok({ numbers: [subOrder.number] });
    }),
  );
}

export type AtTheDoor = {
  /** The door's place on the way. */
  readonly position: number;
  /** The four characters the shopper reads on the tracking page … */
  readonly code?: string | undefined;
  /** … or the name of whoever takes it. */
  readonly receivedBy?: string | undefined;
  readonly ageChecked?: boolean | undefined;
};

/** Everything on board for this door is handed over, with its proof; all of it or none. */
export async function deliverAtDoor(scope: RunScope, command: AtTheDoor, ports: Ports = systemPorts): Promise<Result<Worked, DoorRefusal>> {
  return observed({ useCase: 'deliver-at-door', actor: scope.kind, ids: { runId: scope.runId } }, () =>
    withTransaction(async (tx): Promise<Result<Worked, DoorRefusal>> => {
      const there = await lockDoor(tx, scope, command.position);
      if (there.length === 0) return err({ kind: 'not-on-this-run' });
      const carried = there.filter(({ part, subOrder }) => part.state !== 'to-fetch' && subOrder.state === 'despatched');
      if (carried.length === 0) {
        const done = there.filter(({ subOrder }) => isFulfilled(subOrder.state));
        return done.length > 0 ? ok({ numbers: done.map(({ subOrder }) => subOrder.number) }) : err({ kind: 'nothing-on-board' });
      }
      const proof = proofOf(command, carried);
      if (!proof.ok) return proof;
      const minimumAge = await oldestAge(tx, carried);
      if (minimumAge > 0 && !command.ageChecked) return err({ kind: 'age-not-confirmed', minimumAge });
      for (const { part, subOrder } of carried) {
        const detail = { run: scope.runId, proof: proof.value.proof, ...(minimumAge > 0 ? { ageChecked: minimumAge } : {}) };
        const arrived = await arrive(tx, subOrder, { detail, by: by(scope, subOrder, ports) });
        if (!arrived.ok) return arrived;
        await setPart(tx, part, { state: 'delivered', endedAt: ports.clock.now(), absentReason: null, ...proof.value });
      }
      return ok({ numbers: carried.map(({ subOrder }) => subOrder.number) });
    }),
  );
}

/** Nobody there: the bags stay on board. The courier may try again, or brings them back. */
export async function markAbsent(
  scope: RunScope,
  { position, reason }: { readonly position: number; readonly reason: AbsentReason },
  ports: Ports = systemPorts,
): Promise<Result<Worked, NotOnThisRun | { readonly kind: 'nothing-on-board' }>> {
  return observed({ useCase: 'mark-absent', actor: scope.kind, ids: { runId: scope.runId } }, () =>
    withTransaction(async (tx): Promise<Result<Worked, NotOnThisRun | { readonly kind: 'nothing-on-board' }>> => {
      const there = await lockDoor(tx, scope, position);
      if (there.length === 0) return err({ kind: 'not-on-this-run' });
      const carried = there.filter(({ part, subOrder }) => part.state !== 'to-fetch' && subOrder.state === 'despatched');
      if (carried.length === 0) return err({ kind: 'nothing-on-board' });
      for (const { part } of carried) await setPart(tx, part, { state: 'absent', endedAt: ports.clock.now(), absentReason: reason });
      return ok({ numbers: carried.map(({ subOrder }) => subOrder.number) });
    }),
  );
}

/** The bag is the shop's again: its units are back on the shelf and what was paid is due back. A second tap changes nothing. */
export async function bringBack(scope: RunScope, subOrderId: SubOrderId, ports: Ports = systemPorts): Promise<Result<Worked, BackRefusal>> {
  return observed({ useCase: 'bring-back', actor: scope.kind, ids: { runId: scope.runId, subOrderId } }, () =>
    withTransaction(async (tx): Promise<Result<Worked, BackRefusal>> => {
      const carried = await lockPart(tx, scope, subOrderId);
      if (!carried) return err({ kind: 'not-on-this-run' });
      const { subOrder, part } = carried;
      if (part.state === 'back') return ok({ numbers: [subOrder.number] });
      if (subOrder.state !== 'despatched' || part.state !== 'absent') return err({ kind: 'nothing-on-board' });
      const detail = { run: scope.runId, reason: part.absentReason ?? 'nobody' };
      const back = await comeBack(tx, subOrder, { by: by(scope, subOrder, ports), hand: undefined, detail }, ports);
      if (!back.ok) return back;
      await setPart(tx, part, { state: 'back', endedAt: ports.clock.now() });
      return ok({ numbers: [subOrder.number] });
    }),
  );
}

type RunPart = typeof courierRunParts.$inferSelect;
type Carried = { readonly part: RunPart; readonly subOrder: LockedSubOrder };

/** The part when this run carries it, its order locked first, as everybody else locks it. */
async function lockPart(tx: Tx, { runId }: RunScope, subOrderId: SubOrderId): Promise<Carried | undefined> {
  const mine = and(eq(courierRunParts.runId, runId), eq(courierRunParts.subOrderId, subOrderId));
  const [known] = await tx.select({ id: courierRunParts.subOrderId }).from(courierRunParts).where(mine);
  const subOrder = known && (await lockForSystem(tx, known.id));
  const [part] = await tx.select().from(courierRunParts).where(mine).for('update');
  return subOrder && part ? { part, subOrder } : undefined;
}

async function lockDoor(tx: Tx, scope: RunScope, position: number): Promise<readonly Carried[]> {
  const ids = await tx
    .select({ id: courierRunParts.subOrderId })
    .from(courierRunParts)
    .where(and(eq(courierRunParts.runId, scope.runId), eq(courierRunParts.doorPosition, position)))
    .orderBy(asc(courierRunParts.subOrderId));
  const carried: Carried[] = [];
  for (const { id } of ids) {
    const one = await lockPart(tx, scope, id);
    if (one) carried.push(one);
  }
  return carried;
}

async function setPart(tx: Tx, part: RunPart, set: Partial<Omit<RunPart, 'runId' | 'subOrderId'>>): Promise<void> {
  await tx
    .update(courierRunParts)
    .set(set)
    .where(and(eq(courierRunParts.runId, part.runId), eq(courierRunParts.subOrderId, part.subOrderId)));
}

type Proof = { readonly proof: 'code' | 'name'; readonly receivedBy: string | null };

function proofOf({ code, receivedBy }: AtTheDoor, carried: readonly Carried[]): Result<Proof, DoorRefusal> {
  const typed = code?.replace(/[\s-]/g, '').toUpperCase() ?? '';
  const name = receivedBy?.trim() ?? '';
  if (typed !== '')
    return carried.some(({ subOrder }) => subOrder.pickupCode === typed)
      ? ok({ proof: 'code', receivedBy: name === '' ? null : name })
      : err({ kind: 'wrong-code' });
  return name === '' ? err({ kind: 'proof-missing' }) : ok({ proof: 'name', receivedBy: name });
}

async function oldestAge(tx: Tx, carried: readonly Carried[]): Promise<number> {
  const lines = await tx
    .select({ age: orderLines.minimumAge, picked: orderLines.pickedQuantity })
    .from(orderLines)
    .where(
      inArray(
        orderLines.subOrderId,
        carried.map(({ subOrder }) => subOrder.id),
      ),
    );
  return Math.max(0, ...lines.filter((line) => line.picked !== 0).map((line) => line.age ?? 0));
}

function by(scope: RunScope, subOrder: LockedSubOrder, { clock, ids }: Ports) {
  return { actor: { kind: 'courier', id: scope.runId }, now: clock.now(), ids, quietly: subOrder.isReplayed } as const;
}
