import { and, eq } from 'drizzle-orm';
import { returnCases } from '@/db/schema';
import type { OrderScope, Result, ReturnId, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { countBack } from './place-goods';
import type { By, StateRefusal } from './return-repository';
import { advance, lockOfOrder, lockOfShop, noteEvent, updateLine } from './return-repository';
import { readReturnToken } from './return-token';

export type ReturnNotFound = { readonly kind: 'return-not-found' };
type Moved = { readonly number: string };

/**
 * Goods that were taken in elsewhere go home: the shop that has them says when they leave, the selling shop says when they are there. Good ones
 * are on the selling shop's shelf from then on, with a movement; saying it twice moves nothing twice.
 */
export async function moveHome(
  scope: ShopScope,
  command: { readonly returnId: ReturnId; readonly step: 'sent' | 'arrived' },
  ports: Ports = systemPorts,
): Promise<Result<Moved, ReturnNotFound>> {
  const { returnId, step } = command;
  const { shopId } = scope;
  return observed({ useCase: 'move-return-home', actor: scope.kind, ids: { shopId, returnId } }, () =>
    withTransaction(async (tx): Promise<Result<Moved, ReturnNotFound>> => {
      const open = await lockOfShop(tx, shopId, returnId);
      const isMine = open && (step === 'sent' ? open.receivedShopId === shopId : open.shopId === shopId);
      const going = open?.lines.filter((line) => line.destination === 'home') ?? [];
      if (!open || !isMine || going.length === 0) return err({ kind: 'return-not-found' });
      const now = ports.clock.now();
      const by: By = { actor: { kind: 'shop', id: scope.personId }, shopId, now, ids: ports.ids, quietly: open.isReplayed };
      const still = going.filter((line) => (step === 'sent' ? line.sentHomeAt === null : line.backHomeAt === null));
      for (const line of still) {
        // What arrives was sent, whether or not anybody said so.
        await updateLine(tx, line, step === 'sent' ? { sentHomeAt: now } : { sentHomeAt: line.sentHomeAt ?? now, backHomeAt: now });
        const good = line.goodQuantity ?? 0;
        if (step === 'sent' || good === 0 || line.shelfOfferId === null) continue;
        const key = `return:${open.id}:${line.lineId}`;
        await countBack(tx, { shopId, offerId: line.shelfOfferId, units: good, key }, by, ports);
      }
      if (still.length > 0) await noteEvent(tx, open, { event: step === 'sent' ? 'sent-home' : 'back-home' }, by);
      return ok({ number: open.number });
    }),
  );
}

export type ShopperMoveRefusal = ReturnNotFound | StateRefusal;

/** The parcel is on its way: what the carrier calls it is the proof of despatch from which a refund may wait no longer (BO-12). */
export async function noteSentBack(
  returnToken: string,
  tracking: string,
  ports: Ports = systemPorts,
): Promise<Result<Moved, ShopperMoveRefusal>> {
  return byShopper(returnToken, 'note-sent-back', ports, (tx, open, by) =>
    open.state === 'sent-back'
      ? Promise.resolve(ok(open))
      : advance(tx, open, { event: 'send', set: { sentBackAt: by.now, tracking } }, by),
  );
}

/** The shopper keeps the goods after all; nothing was brought yet. */
export async function dropReturn(returnToken: string, ports: Ports = systemPorts): Promise<Result<Moved, ShopperMoveRefusal>> {
  return byShopper(returnToken, 'drop-return', ports, (tx, open, by) =>
    advance(tx, open, { event: 'drop', detail: { by: 'shopper' } }, by),
  );
}

type Step = (
  tx: Parameters<typeof advance>[0],
  open: NonNullable<Awaited<ReturnType<typeof lockOfOrder>>>,
  by: By,
) => Promise<Result<unknown, StateRefusal>>;

async function byShopper(returnToken: string, useCase: string, ports: Ports, step: Step): Promise<Result<Moved, ShopperMoveRefusal>> {
  const found = await findByToken(returnToken);
  if (!found) return err({ kind: 'return-not-found' });
  return observed({ useCase, actor: 'order', ids: { orderId: found.orderId } }, () =>
    withTransaction(async (tx): Promise<Result<Moved, ShopperMoveRefusal>> => {
      const open = await lockOfOrder(tx, found.orderId, found.id);
      if (!open) return err({ kind: 'return-not-found' });
      const by: By = { actor: { kind: 'shopper', id: undefined }, now: ports.clock.now(), ids: ports.ids, quietly: open.isReplayed };
      const done = await step(tx, open, by);
      return done.ok ? ok({ number: open.number }) : done;
    }),
  );
}

/** The return behind a pass; undefined for a token that is none of ours. */
export async function findByToken(returnToken: string): Promise<(OrderScope & { readonly id: ReturnId }) | undefined> {
  const number = readReturnToken(returnToken);
  if (number === undefined) return undefined;
  const [row] = await reader()
    .select({ id: returnCases.id, orderId: returnCases.orderId })
    .from(returnCases)
    .where(and(eq(returnCases.number, number)));
  return row ? { kind: 'order', ...row } : undefined;
}
