import { z } from 'zod';
import { pickupCode, writeWithdrawal } from '@/lib/fulfilment';
import type { EventId, Instant, OfferId, OrderLineId, OrderScope, Quantity, Result, ShopId, SubOrderId } from '@/lib/kernel';
import { DAY, dayKey, err, invariant, minor, ok, plusMs, quantity } from '@/lib/kernel';
import { BRING_DAYS, CLAIM_DAYS, lineRights } from '@/lib/oms';
import { idempotencyKey, once } from '@/lib/platform/idempotency';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { loadShopBook, type ShopBook } from '@/lib/shops';
import { findExchange } from './exchange-choices';
import { takesReturnsOf } from './places';
import type { Part, PartLine } from './read-parts';
import { readParts } from './read-parts';
import type { By } from './return-repository';
import { advance, insertCase, lockOrder } from './return-repository';
import { returnTokenOf } from './return-token';

export const startableCauses = ['withdrawal', 'defect', 'exchange'] as const;
export type StartableCause = (typeof startableCauses)[number];

/** What somebody with a defect may choose between (L.217-8 to L.217-14). */
export const defectRemedies = ['repair', 'replacement', 'refund'] as const;

export const reasonText = z.string().trim().max(500);

export type StartReturn = {
  readonly subOrderId: SubOrderId;
  readonly cause: StartableCause;
  readonly remedy?: (typeof defectRemedies)[number] | undefined;
  readonly lines: readonly { readonly lineId: OrderLineId; readonly quantity: number; readonly exchangeOfferId?: OfferId | undefined }[];
  readonly reason?: string | undefined;
  /** The shop the goods are brought to; none means by parcel to the selling shop. */
  readonly toShopId?: ShopId | undefined;
  /** The same key again is the same return. */
  readonly key: string;
};

export type StartRefusal =
  | { readonly kind: 'sub-order-not-found' }
  | { readonly kind: 'nothing-to-return' }
  | { readonly kind: 'more-than-left'; readonly title: string; readonly left: number }
  /** The period is over, the thing has no such right, or it is not there yet. `until`: the last day, where there was one. */
  | { readonly kind: 'no-right-to-return'; readonly title: string; readonly cause: StartableCause; readonly until: string | undefined }
  | { readonly kind: 'shop-takes-no-returns' }
  | { readonly kind: 'exchange-not-there'; readonly title: string };

export type StartedReturn = { readonly number: string; readonly returnToken: string; readonly statedAt: Instant };
type Outcome = Result<StartedReturn, StartRefusal>;

/**
 * Opens a return from the order's own link: which things, how many, why if the shopper wants to say, and where they will be brought. A
 * withdrawal is at the same time the statement of the law, with its receipt.
 *
 * Guarantees: never more units than were served and are not on their way back already, whoever asks at once.
 */
export async function startReturn(scope: OrderScope, command: StartReturn, ports: Ports = systemPorts): Promise<Outcome> {
  const { orderId } = scope;
  return observed({ useCase: 'start-return', actor: scope.kind, ids: { orderId, subOrderId: command.subOrderId } }, () =>
    withTransaction(async (tx): Promise<Outcome> => {
      await lockOrder(tx, orderId);
      const now = ports.clock.now();
      const key = idempotencyKey(command.key);
      if (key === undefined) return err({ kind: 'nothing-to-return' });
      return once(tx, { caller: orderId, key, now }, async (): Promise<Outcome> => {
        const book = await loadShopBook(now, tx);
        const part = (await readParts(tx, orderId, book)).find((one) => one.subOrder.id === command.subOrderId);
        if (!part || part.order.paidAt === null) return err({ kind: 'sub-order-not-found' });
        const chosen = await chosenLines(tx, part, command, book);
        if (!chosen.ok) return chosen;
        const shop = command.toShopId === undefined ? undefined : book.get(command.toShopId);
        const isPlace = shop && takesReturnsOf(shop, part.subOrder.shopId);
        if (command.toShopId !== undefined && (!isPlace || !mayGoThere(command, part))) return err({ kind: 'shop-takes-no-returns' });
        const by: By = { actor: { kind: 'shopper', id: undefined }, now, ids: ports.ids, quietly: part.order.isReplayed };
        const statementId = command.cause === 'withdrawal' ? await state(tx, part, chosen.value, by) : null;
        const opened = await openReturn(tx, { part, ...command, lines: chosen.value, statementId }, by);
        return ok({ ...opened, statedAt: now });
      });
    }),
  );
}

/** Only the selling shop has the other variant, and only the selling shop mends or replaces what it sold. */
function mayGoThere({ cause, toShopId, remedy }: StartReturn, { subOrder }: Part): boolean {
  const needsOrigin = cause === 'exchange' || (cause === 'defect' && remedy !== 'refund');
  return !needsOrigin || toShopId === subOrder.shopId;
}

type Chosen = { readonly line: PartLine; readonly quantity: Quantity; readonly exchangeOfferId: OfferId | undefined };

async function chosenLines(tx: Tx, part: Part, command: StartReturn, book: ShopBook): Promise<Result<readonly Chosen[], StartRefusal>> {
  const { cause } = command;
  const wanted = new Map<OrderLineId, { quantity: number; exchangeOfferId: OfferId | undefined }>();
  for (const { lineId, quantity: units, exchangeOfferId } of command.lines) {
    if (units > 0) wanted.set(lineId, { quantity: (wanted.get(lineId)?.quantity ?? 0) + units, exchangeOfferId });
  }
  const chosen: Chosen[] = [];
  for (const [lineId, wish] of wanted) {
    const line = part.lines.find((one) => one.row.id === lineId);
    if (!line) return err({ kind: 'nothing-to-return' });
    const { title } = line.row;
    if (!rightsOf(line, part, book)[cause]) {
      if (line.leftQuantity === 0) return err({ kind: 'more-than-left', title, left: 0 });
      const until = cause === 'defect' ? part.guaranteeUntil : part.withdrawUntil;
      return err({ kind: 'no-right-to-return', title, cause, until });
    }
    if (wish.quantity > line.leftQuantity) return err({ kind: 'more-than-left', title, left: line.leftQuantity });
    if (cause === 'exchange' && !(await findExchange(tx, part, line, wish))) return err({ kind: 'exchange-not-there', title });
    chosen.push({ line, quantity: quantity(wish.quantity), exchangeOfferId: wish.exchangeOfferId });
  }
  return chosen.length === 0 ? err({ kind: 'nothing-to-return' }) : ok(chosen);
}

/** What may be asked for a line at the moment of the book. */
export function rightsOf(line: PartLine, part: Part, { now, city }: ShopBook) {
  return lineRights({
    today: dayKey(now, city.timeZone),
    withdrawUntil: part.withdrawUntil,
    guaranteeUntil: part.guaranteeUntil,
    exception: line.row.withdrawalException,
    leftQuantity: line.leftQuantity,
  });
}

function state(tx: Tx, { order, subOrder }: Part, chosen: readonly Chosen[], by: By): Promise<EventId> {
  const articles = chosen.map(({ line, quantity: units }) => `${units} × ${line.row.title}`).join(', ');
  const { id: orderId, shopperName: name, email, locale } = order;
  return writeWithdrawal(tx, { orderId, number: subOrder.number, articles: articles.slice(0, 500), name, email, locale }, by);
}

export type Opening = {
  readonly part: Part;
  readonly cause: StartableCause;
  readonly remedy?: (typeof defectRemedies)[number] | undefined;
  readonly lines: readonly Chosen[];
  readonly reason?: string | undefined;
  readonly toShopId?: ShopId | undefined;
  readonly statementId: EventId | null;
};

/** Writes the return; the order is locked and the lines are judged. */
export async function openReturn(tx: Tx, opening: Opening, by: By): Promise<{ readonly number: string; readonly returnToken: string }> {
  const { part, cause, lines, toShopId } = opening;
  const { order, subOrder } = part;
  const days = cause === 'withdrawal' ? BRING_DAYS : CLAIM_DAYS;
  const row = await insertCase(
    tx,
    {
      id: by.ids.make('return'),
      orderId: order.id,
      subOrderId: subOrder.id,
      shopId: subOrder.shopId,
      cause,
      remedy: cause === 'exchange' ? 'exchange' : cause === 'defect' ? (opening.remedy ?? 'refund') : 'refund',
      state: 'stated',
      way: toShopId === undefined ? 'parcel' : 'shop',
      chosenShopId: toShopId ?? null,
      statementId: opening.statementId,
      reason: opening.reason === undefined || opening.reason === '' ? null : opening.reason,
      code: pickupCode(),
      statedAt: by.now,
      bringBy: plusMs(by.now, days * DAY),
    },
    lines.map(({ line, quantity: units, exchangeOfferId }) => ({
      lineId: line.row.id,
      quantity: units,
      deductionMinor: minor(0),
      exchangeOfferId: exchangeOfferId ?? null,
    })),
    by,
  );
  // Nobody's consent is needed: a withdrawal is had by stating it, a claim and an exchange are looked at when the goods are there.
  const accepted = await advance(tx, row, { event: 'accept' }, { ...by, actor: { kind: 'system', id: undefined } });
  invariant(accepted.ok, 'a return that was just stated can be accepted');
  return { number: row.number, returnToken: returnTokenOf(row.number) };
}
