import { inArray } from 'drizzle-orm';
import { orderLines } from '@/db/schema';
import type { StockKey } from '@/lib/inventory';
import { allocate, lockLevels, recordFact, release, releaseUnits } from '@/lib/inventory';
import type { Result, ShopScope, StockTransferId } from '@/lib/kernel';
import { err, invariant, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { CarriedUnits } from '@/lib/shelves';
import { findAskedToCarry, listCarriedFor, listOverdueCarried, noteCarried } from '@/lib/shelves';
import type { ChangedBy, TransitionNotAllowed } from '../advance-sub-order';
import { advanceSubOrder, noteAnswer } from '../advance-sub-order';
import { servedQuantity } from '../owed';
import type { LockedSubOrder } from '../sub-order-repository';
import { listLines, lockForSystem, NOT_CARRIED } from '../sub-order-repository';
import { openRescues } from './open-rescues';
import { settleAccepted } from './settle-rescues';

export type CarryRefusal =
  | { readonly kind: 'transfer-not-found' }
  /** Answered before, or nobody waits for it any more. */
  | { readonly kind: 'transfer-is'; readonly state: CarriedUnits['state'] }
  | TransitionNotAllowed;

export type CarryAnswered = { readonly transferId: StockTransferId; readonly state: CarriedUnits['state'] };

type Outcome = Result<CarryAnswered, CarryRefusal>;

/**
 * The shop that was asked sends what another of its network promised, or says that it will not. Sent: the units change shelves together with the
 * order's claim on them, and the part is as good as accepted. Not sent: the units are free and their rescue looks on. What one part waits for is
 * answered together; twice the same answer is one.
 */
export async function answerCarry(
  scope: ShopScope,
  { transferId, answer }: { readonly transferId: StockTransferId; readonly answer: 'sent' | 'declined' },
  ports: Ports = systemPorts,
): Promise<Outcome> {
  const { shopId, personId } = scope;
  return observed({ useCase: 'answer-carry', actor: scope.kind, ids: { shopId, transferId } }, () =>
    withTransaction(async (tx): Promise<Outcome> => {
      const found = await findAskedToCarry(tx, transferId, shopId);
      const part = found && (await lockForSystem(tx, found.subOrderId));
      const transfer = part && (await findAskedToCarry(tx, transferId, shopId)); // as it is once the order is locked
      if (!transfer || !part) return err({ kind: 'transfer-not-found' });
      if (transfer.state === answer) return ok({ transferId, state: answer });
      if (transfer.state !== 'requested') return err({ kind: 'transfer-is', state: transfer.state });
      if (part.state !== 'offered') return err({ kind: 'transfer-is', state: 'cancelled' });
      const by: ChangedBy = { actor: { kind: 'shop', id: personId }, now: ports.clock.now(), ids: ports.ids, quietly: part.isReplayed };
      const done = await (answer === 'sent' ? send(tx, { part, by, ports }) : giveUp(tx, { part, by, ports }, 'declined'));
      return done.ok ? ok({ transferId, state: answer }) : done;
    }),
  );
}

type Answering = { readonly part: LockedSubOrder; readonly by: ChangedBy; readonly ports: Ports };

async function send(tx: Tx, { part, by, ports }: Answering): Promise<Result<void, TransitionNotAllowed>> {
  const lines = await listLines(tx, [part.id]);
  const ids = lines.filter((line) => servedQuantity(line) > 0).map((line) => line.id);
  const transfers = await listWaitedFor(tx, part);
  await lockLevels(tx, transfers.flatMap(shelvesOf)); // all before anything is changed: of two carries that cross neither holds what the other waits for
  await release(tx, ids);
  for (const transfer of transfers) {
    const { id, quantity: units, fromShopId, fromOfferId, fromLocationId, toShopId, toOfferId, toLocationId } = transfer;
    const fact = { kind: 'change', occurredAt: by.now } as const;
    const left = { ...fact, offerId: fromOfferId, locationId: fromLocationId, quantity: -units, reason: 'transfer-out' } as const;
    const come = { ...fact, offerId: toOfferId, locationId: toLocationId, quantity: Number(units), reason: 'transfer-in' } as const;
    await recordFact(tx, { shopId: fromShopId, personId: by.actor.id }, { ...left, sourceKey: `transfer-out:${id}` }, ports);
    await recordFact(tx, { shopId: toShopId, personId: undefined }, { ...come, sourceKey: `transfer-in:${id}` }, ports);
    const moved = lines.filter((line) => line.offerId === fromOfferId && line.locationId === fromLocationId).map((line) => line.id);
    await tx.update(orderLines).set({ offerId: toOfferId, locationId: toLocationId }).where(inArray(orderLines.id, moved));
    await noteCarried(tx, id, { state: 'sent', units, now: by.now });
  }
  const claimed = await allocate(tx, ids, ports, 'carried');
  invariant(claimed.ok, 'units that are carried come with their claim');
  const lost = lines.filter((line) => line.refusedQuantity > 0); // before they left
  for (const line of lost) await releaseUnits(tx, line.id, line.refusedQuantity);
  const accepted = await advanceSubOrder(tx, part, { event: 'accept', detail: { carried: true } }, by);
  if (!accepted.ok) return accepted;
  await settleAccepted(tx, part, by);
  await noteAnswer(tx, part, by);
  return ok(undefined);
}

function shelvesOf({ fromOfferId, fromLocationId, toOfferId, toLocationId }: CarriedUnits): readonly StockKey[] {
  return [
    { offerId: fromOfferId, locationId: fromLocationId },
    { offerId: toOfferId, locationId: toLocationId },
  ];
}

/** What of a part's carried units is still asked for. */
async function listWaitedFor(tx: Tx, { id }: LockedSubOrder): Promise<readonly CarriedUnits[]> {
  return (await listCarriedFor(tx, [id])).filter(({ state }) => state === 'requested');
}

/** Nothing is carried: the part ends, its units are free where they lie, and their rescue looks on. */
async function giveUp(tx: Tx, { part, by }: Answering, state: 'declined' | 'cancelled'): Promise<Result<void, TransitionNotAllowed>> {
  const lines = await listLines(tx, [part.id]);
  const detail = { reason: NOT_CARRIED };
  const refused = await advanceSubOrder(tx, part, { event: 'refuse', set: { refusalReason: NOT_CARRIED }, detail }, by);
  if (!refused.ok) return refused;
  await release(
    tx,
    lines.map((line) => line.id),
  );
  for (const { id } of await listWaitedFor(tx, part)) await noteCarried(tx, id, { state, now: by.now });
  const lost = lines.map((line) => ({ line, units: servedQuantity(line) }));
  await openRescues(tx, { subOrder: part, lost, cause: 'missing', isWhole: true }, by);
  await noteAnswer(tx, part, by);
  return ok(undefined);
}

const BATCH = 100;

/** Ends what should have left by now: the promise is kept from elsewhere, or the shopper is asked. Returns how many ended. */
export async function endOverdueCarries(ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  let ended = 0;
  for (const transferId of await listOverdueCarried(now, BATCH)) {
    const outcome = await withTransaction(async (tx): Promise<Result<boolean, TransitionNotAllowed>> => {
      const found = await findAskedToCarry(tx, transferId, undefined);
      const part = found && (await lockForSystem(tx, found.subOrderId));
      const transfer = part && (await findAskedToCarry(tx, transferId, undefined));
      if (!part || transfer?.state !== 'requested') return ok(false);
      if (part.state !== 'offered') {
        await noteCarried(tx, transferId, { state: 'cancelled', now }); // nobody waits for it any more
        return ok(false);
      }
      const by: ChangedBy = { actor: { kind: 'system', id: undefined }, now, ids: ports.ids, quietly: part.isReplayed };
      const done = await giveUp(tx, { part, by, ports }, 'cancelled');
      return done.ok ? ok(true) : done;
    });
    if (outcome.ok && outcome.value) ended += 1;
  }
  return ended;
}
