import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import { z } from 'zod';
import { courierRunParts, courierRuns, people, subOrderEvents, subOrders } from '@/db/schema';
import type { OperatorScope, OrderId } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { AbsenceView, HandoverView } from './operator-views';

/** What is kept with a handover; nothing of it is what was shown. */
const kept = z.object({ proof: z.enum(['pass', 'code', 'name']).optional(), ageChecked: z.number().optional() });

/** Roles that settle what a shopper and a shop tell differently: they read who gave and who took. The others read how it was proven. */
const readNames: ReadonlySet<OperatorScope['role']> = new Set(['admin', 'support']);

/** How the parts of one order changed hands, and when somebody stood before a closed door; oldest first. */
export async function listHandovers({ role }: OperatorScope, orderId: OrderId): Promise<readonly (HandoverView | AbsenceView)[]> {
  const [given, absent] = await Promise.all([readGiven(orderId), readAbsences(orderId)]);
  const mayReadNames = readNames.has(role);
  const handovers = given.map(({ event, person, courier, receivedBy }): HandoverView => {
    const { proof, ageChecked } = kept.catch({}).parse(event.detail ?? {});
    const isAtDoor = event.toState === 'delivered';
    return {
      kind: isAtDoor ? 'at-the-door' : 'at-the-counter',
      subOrderId: event.subOrderId,
      at: event.occurredAt,
      by: event.actorKind,
      byName: mayReadNames ? (person ?? courier ?? undefined) : undefined,
      proof,
      receivedBy: mayReadNames ? (receivedBy ?? undefined) : undefined,
      ageChecked,
    };
  });
  const absences = absent.map(({ part, courier }): AbsenceView => ({
    kind: 'absent',
    subOrderId: part.subOrderId,
    at: part.endedAt ?? courier.slotTo,
    byName: mayReadNames ? courier.courierName : undefined,
    reason: part.absentReason ?? 'nobody',
    isBack: part.state === 'back',
  }));
  return [...handovers, ...absences].toSorted((a, b) => a.at - b.at);
}

async function readGiven(orderId: OrderId) {
  return reader()
    .select({ event: subOrderEvents, person: people.name, courier: courierRuns.courierName, receivedBy: courierRunParts.receivedBy })
    .from(subOrderEvents)
    .innerJoin(subOrders, and(eq(subOrders.id, subOrderEvents.subOrderId), eq(subOrders.orderId, orderId)))
    .leftJoin(people, and(eq(subOrderEvents.actorKind, 'shop'), eq(people.id, subOrderEvents.actorId)))
    .leftJoin(courierRuns, and(eq(subOrderEvents.actorKind, 'courier'), eq(courierRuns.id, subOrderEvents.actorId)))
    .leftJoin(courierRunParts, and(eq(courierRunParts.runId, courierRuns.id), eq(courierRunParts.subOrderId, subOrders.id)))
    .where(inArray(subOrderEvents.toState, ['handed-over', 'delivered']))
    .orderBy(asc(subOrderEvents.occurredAt), asc(subOrderEvents.id));
}

async function readAbsences(orderId: OrderId) {
  return reader()
    .select({ part: courierRunParts, courier: courierRuns })
    .from(courierRunParts)
    .innerJoin(courierRuns, eq(courierRuns.id, courierRunParts.runId))
    .innerJoin(subOrders, and(eq(subOrders.id, courierRunParts.subOrderId), eq(subOrders.orderId, orderId)))
    .where(and(isNotNull(courierRunParts.absentReason), inArray(courierRunParts.state, ['absent', 'back'])));
}
