import { advanceSubOrder } from '@/lib/fulfilment';
import type { Instant, OrderLineId, Result, ReturnId, ShopScope } from '@/lib/kernel';
import { DAY, err, invariant, minor, ok, plusMs, quantity } from '@/lib/kernel';
import { REMEDY_DAYS } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { loadShopBook } from '@/lib/shops';
import { takesReturnsOf } from './places';
import { readParts } from './read-parts';
import type { By, CaseLine, LockedCase, StateRefusal } from './return-repository';
import { advance, amend, findByPass, lockById, updateLine } from './return-repository';
import type { Settled } from './settle-return';
import { settle } from './settle-return';

/** What lies on the counter, line by line, and what the person behind it thinks. */
export type Inspection = {
  /** The pass: scanned, or what is written on it. */
  readonly pass: string;
  readonly lines: readonly { readonly lineId: OrderLineId; readonly brought: number; readonly good: number }[];
  /** `accept`: it is what it should be. `question`: the selling shop shall look at it. */
  readonly verdict: 'accept' | 'question';
  readonly note?: string | undefined;
};

export type FindReturnRefusal = { readonly kind: 'wrong-pass' } | { readonly kind: 'shop-takes-no-returns' };

export type InspectRefusal =
  | FindReturnRefusal
  | { readonly kind: 'already-received'; readonly number: string; readonly at: Instant; readonly shop: string }
  | { readonly kind: 'nothing-brought' }
  | { readonly kind: 'more-than-stated'; readonly stated: number }
  | StateRefusal;

export type Inspected = { readonly number: string } & (
  | ({ readonly outcome: 'settled' } & Settled)
  /** A mend is due by then. */
  | { readonly outcome: 'to-mend'; readonly dueAt: Instant }
  | { readonly outcome: 'questioned' }
);

/**
 * Goods are on the counter: counted, looked at, and either taken with what is due given at once, or put to the selling shop. Any shop that takes
 * returns may; a second scan of the same pass changes nothing and says who was first.
 */
export async function inspectReturn(
  scope: ShopScope,
  inspection: Inspection,
  ports: Ports = systemPorts,
): Promise<Result<Inspected, InspectRefusal>> {
  const { shopId } = scope;
  return observed({ useCase: 'inspect-return', actor: scope.kind, ids: { shopId } }, async () => {
    const found = await findReturn(scope, inspection.pass, ports);
    if (!found.ok) return found;
    return withTransaction((tx) => inspect(tx, scope, found.value.returnId, { inspection, ports }));
  });
}

/** Which return a pass opens at this counter. Undecided things a shop may not take are wrong here, and no name leaks. */
export async function findReturn(
  { shopId }: ShopScope,
  pass: string,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<{ readonly returnId: ReturnId }, FindReturnRefusal>> {
  const row = await findByPass(reader(), shopId, pass);
  if (!row) return err({ kind: 'wrong-pass' });
  const shop = (await loadShopBook(clock.now())).get(shopId);
  const needsOrigin = row.remedy !== 'refund';
  const takes = shop && takesReturnsOf(shop, row.shopId) && (!needsOrigin || shopId === row.shopId);
  // What was announced here is taken in here, whatever was switched off since.
  return takes || row.receivedShopId === shopId || row.chosenShopId === shopId
    ? ok({ returnId: row.id })
    : err({ kind: 'shop-takes-no-returns' });
}

type Inspecting = { readonly inspection: Inspection; readonly ports: Ports };

async function inspect(
  tx: Tx,
  scope: ShopScope,
  returnId: ReturnId,
  { inspection, ports }: Inspecting,
): Promise<Result<Inspected, InspectRefusal>> {
  const locked = await lockById(tx, returnId);
  if (!locked) return err({ kind: 'wrong-pass' });
  const now = ports.clock.now();
  const book = await loadShopBook(now, tx);
  const { number } = locked;
  if (locked.receivedAt !== null) {
    const shop = locked.receivedShopId === null ? undefined : book.get(locked.receivedShopId);
    return err({ kind: 'already-received', number, at: locked.receivedAt, shop: shop?.name ?? '' });
  }
  const counted = await count(tx, locked, inspection);
  if (!counted.ok) return counted;
  const by: By = { actor: { kind: 'shop', id: scope.personId }, shopId: scope.shopId, now, ids: ports.ids, quietly: locked.isReplayed };
  await noteArrival(tx, locked, by);
  const received = await advance(
    tx,
    { ...locked, lines: counted.value },
    { event: 'receive', set: { receivedAt: now, receivedShopId: scope.shopId } },
    by,
  );
  if (!received.ok) return received;
  const open = received.value;
  const isWhole = counted.value.every((line) => line.goodQuantity === line.broughtQuantity);
  // Whether goods lost some of their worth is the selling shop's to say, within the law; another shop only says what it sees.
  if (inspection.verdict === 'question' || (!isWhole && scope.shopId !== open.shopId && open.cause !== 'defect')) {
    const question = inspection.note === undefined || inspection.note === '' ? '–' : inspection.note;
    await amend(tx, open, { event: 'question', set: { question } }, by);
    return ok({ number, outcome: 'questioned' });
  }
  if (open.remedy === 'repair') {
    const dueAt = plusMs(now, REMEDY_DAYS * DAY);
    await amend(tx, open, { event: 'await-remedy', set: { remedyDueAt: dueAt } }, by);
    return ok({ number, outcome: 'to-mend', dueAt });
  }
  const settled = await settle(tx, { open, book, hasGoods: true }, by, ports);
  return settled.ok ? ok({ number, outcome: 'settled', ...settled.value }) : settled;
}

/** What was counted, written down. Fewer may come than were stated; more may not. */
async function count(tx: Tx, open: LockedCase, { lines }: Inspection): Promise<Result<readonly CaseLine[], InspectRefusal>> {
  const counted: CaseLine[] = [];
  for (const line of open.lines) {
    const found = lines.find((one) => one.lineId === line.lineId);
    const brought = found?.brought ?? 0;
    const good = Math.min(found?.good ?? 0, brought);
    if (brought < 0 || good < 0 || brought > line.quantity) return err({ kind: 'more-than-stated', stated: line.quantity });
    counted.push({ ...line, broughtQuantity: quantity(brought), goodQuantity: quantity(open.cause === 'defect' ? 0 : good) });
  }
  if (counted.every((line) => line.broughtQuantity === 0)) return err({ kind: 'nothing-brought' });
  for (const line of counted) {
    const { broughtQuantity, goodQuantity } = line;
    await updateLine(tx, line, { broughtQuantity, goodQuantity, deductionMinor: minor(0) });
  }
  return ok(counted);
}

/** Goods that are brought back had arrived, whether or not the carrier ever said so. */
async function noteArrival(tx: Tx, open: LockedCase, by: By): Promise<void> {
  const book = await loadShopBook(by.now, tx);
  const part = (await readParts(tx, open.orderId, book)).find((one) => one.subOrder.id === open.subOrderId);
  if (part?.subOrder.state !== 'despatched') return;
  const delivered = await advanceSubOrder(tx, part.subOrder, { event: 'deliver', detail: { return: open.number } }, by);
  invariant(delivered.ok, 'what is on the road can arrive');
}
