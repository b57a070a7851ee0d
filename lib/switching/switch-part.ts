import { PAYMENT_MINUTES, TERMS_VERSION, writePartOrder } from '@/lib/checkout';
import { answerBy, findOpenReplacement, lockAllOfOrder, replacePart } from '@/lib/fulfilment';
import type { Minor, OrderScope, Result, SubOrderId } from '@/lib/kernel';
import { MINUTE, err, ok, plusMs } from '@/lib/kernel';
import { token } from '@/lib/platform/ids';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { partRows } from './part-rows';
import type { Switched, SwitchTo } from './pose-switch';
import { askSwitch } from './pose-switch';
import type { Address, FoundSwitch } from './read-switch';
import { readSwitch } from './read-switch';

export type SwitchWish = {
  readonly subOrderId: SubOrderId;
  readonly to: SwitchTo;
  /** The total that was read: another one has to be read first. */
  readonly totalSeenMinor: Minor;
  readonly address?: Address | undefined;
};

export type SwitchPartRefusal =
  | { readonly kind: 'sub-order-not-found' }
  | { readonly kind: 'already-picked' }
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'not-available' }
  | { readonly kind: 'price-changed' };

/** `to-pay`: it costs more, so it is an order of its own; the part stands until that is paid. */
export type PartSwitch =
  { readonly kind: 'switched'; readonly subOrderId: SubOrderId } | { readonly kind: 'to-pay'; readonly orderToken: string };

type Outcome = Result<PartSwitch, SwitchPartRefusal>;

/**
 * Before the first pick the shopper receives a part in another way, or has it from another shop. What costs no more takes its place at once and
 * the difference is not taken, or comes back; what costs more is ordered by itself, with its own obligation to pay, and the old part ends in
 * the transaction in which that money is held. Nothing is ever taken for both.
 */
export async function switchPart(scope: OrderScope, wish: SwitchWish, ports: Ports = systemPorts): Promise<Outcome> {
  const { orderId } = scope;
  return observed({ useCase: 'switch-part', actor: scope.kind, ids: { orderId, subOrderId: wish.subOrderId } }, () =>
    withTransaction(async (tx): Promise<Outcome> => {
      const parts = await lockAllOfOrder(tx, orderId);
      const before = parts.find(({ id }) => id === wish.subOrderId);
      if (!before) return err({ kind: 'sub-order-not-found' });
      const now = ports.clock.now();
      const found = await readSwitch(tx, scope, { subOrderId: wish.subOrderId, address: wish.address, now });
      if (!found?.isOpen) return err({ kind: 'already-picked' });
      const asked = askSwitch(found, wish.to);
      if (!asked.ok) return err(asked.error);
      if (asked.value.totalMinor !== wish.totalSeenMinor) return err({ kind: 'price-changed' });
      if (asked.value.differenceMinor > 0) return orderIt(tx, { found, switched: asked.value }, ports);
      const { row, lines } = partRows(asked.value, found, { orderId, now, ids: ports.ids });
      const position = 1 + Math.max(...parts.map(({ number }) => Number(number.split('-').at(-1))));
      const shop = found.book.get(wish.to.shopId);
      const part = {
        row: { ...row, number: `${before.orderNumber}-${position}` },
        lines,
        acceptBy: answerBy(shop?.openings ?? [], now, shop?.acceptanceMinutes ?? 60),
        address: row.method === 'pickup' || found.order.addressLabel !== null ? undefined : found.address,
      };
      const by = { actor: { kind: 'shopper', id: undefined }, now, ids: ports.ids, quietly: false } as const;
      const replaced = await replacePart(tx, { before, part }, by, ports);
      if (replaced.ok) return ok({ kind: 'switched', subOrderId: replaced.value });
      return err({ kind: replaced.error.kind === 'goods-gone' ? 'not-available' : 'already-picked' });
    }),
  );
}

/** An order of its own for the part, paid like any other; asked again with the same wish it is the same order. */
async function orderIt(
  tx: Tx,
  { found, switched }: { readonly found: FoundSwitch; readonly switched: Switched },
  ports: Ports,
): Promise<Outcome> {
  const now = ports.clock.now();
  const known = await findOpenReplacement(tx, found.subOrder.id, { ...switched, now });
  if (known !== undefined) return ok({ kind: 'to-pay', orderToken: known });
  const orderId = ports.ids.make('order');
  const orderToken = token();
  const { row, lines } = partRows(switched, found, { orderId, now, ids: ports.ids });
  const { order, address } = found;
  await writePartOrder(
    tx,
    {
      order: {
        id: orderId,
        token: orderToken,
        basketId: null,
        personId: order.personId,
        shopperName: order.shopperName,
        email: order.email,
        phone: order.phone,
        addressLabel: address?.label ?? null,
        addressLatitude: address?.latitude ?? null,
        addressLongitude: address?.longitude ?? null,
        locale: order.locale,
        plan: order.plan,
        rescueWish: order.rescueWish,
        goodsMinor: switched.goodsMinor,
        deliveryMinor: switched.deliveryMinor,
        totalMinor: switched.totalMinor,
        currency: order.currency,
        termsVersion: TERMS_VERSION,
        payBy: plusMs(now, PAYMENT_MINUTES * MINUTE),
        placedAt: now,
      },
      split: [{ row: { ...row, position: 1 }, lines }],
      decision: { asked: { switches: found.subOrder.id, to: { shopId: switched.shopId, method: switched.method } }, answered: switched },
      actorId: order.personId ?? undefined,
    },
    ports.ids,
  );
  const actor = { kind: 'shopper', id: order.personId ?? undefined } as const;
  const placed = { name: 'OrderPlaced', subject: orderId, facts: { basketId: undefined } } as const;
  await appendEvents(tx, [placed], { actor, now, ids: ports.ids, quietly: false });
  return ok({ kind: 'to-pay', orderToken });
}
