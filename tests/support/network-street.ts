import { inArray } from 'drizzle-orm';
import { networks, shops } from '@/db/schema';
import { answerRescue, getTracking, type RefusalReason, refuseSubOrder, resolveRescues } from '@/lib/fulfilment';
import type { OrderScope, ShopId, StockTransferId } from '@/lib/kernel';
import { MINUTE, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { listAskedToCarry } from '@/lib/shelves';
import { type GivenOffer, type GivenShop, given, portsAt, wednesdayMorning } from './builders';
import { type GivenOrder, paidOrder, partOf } from './paid-order';

const ports = portsAt();
const in20Minutes = portsAt(plusMs(wednesdayMorning, 20 * MINUTE));

type ShopWish = NonNullable<Parameters<typeof given.shop>[0]>;

export type Sold = { readonly shop: GivenShop; readonly offer: GivenOffer };
export type Street = { readonly near: Sold; readonly sister: Sold; readonly stranger: Sold };

/** Shops of one network. */
export async function joinNetwork(...members: readonly { readonly shopId: ShopId }[]): Promise<void> {
  const networkId = systemIds.make('network');
  await reader().insert(networks).values({ id: networkId, name: 'Enseigne', slug: networkId.toLowerCase(), kind: 'branch' });
  const ids = members.map(({ shopId }) => shopId);
  await reader().update(shops).set({ networkId }).where(inArray(shops.id, ids));
}

/** Two shops of one network and a stranger next door that sells the same, cheaper; each has ten. */
export async function street(sisterWish: ShopWish = {}, strangersStock = 10): Promise<Street> {
  const listing = await given.listing({ title: 'Moulin à café' });
  const sold = async (priceMinor: number, wish: ShopWish = {}, stock = 10): Promise<Sold> => {
    const shop = await given.shop(wish);
    return { shop, offer: await given.offer({ shop, listing, priceMinor, stock }) };
  };
  const made = { near: await sold(450), sister: await sold(900, sisterWish), stranger: await sold(400, {}, strangersStock) };
  await joinNetwork(made.near.shop, made.sister.shop);
  return made;
}

/** The near shop has not what was ordered, and its network is looked through. */
export async function refused(
  { near }: Street,
  reason: RefusalReason = 'missing',
  wish: 'elsewhere' | 'ask' = 'elsewhere',
): Promise<GivenOrder> {
  const order = await paidOrder([{ offer: near.offer, quantity: 2 }], ports, wish);
  await refuseSubOrder(near.shop.scope, { subOrderId: (await partOf(order, near.shop)).id, reason }, ports);
  await resolveRescues(order.orderId, ports);
  return order;
}

/** The books of a shelf. */
export async function level({ offer }: Sold) {
  const [row] = await databaseHandle().sql<
    { on_hand: number; reserved: number; allocated: number }[]
  >`select on_hand, reserved, allocated from stock_levels where offer_id = ${offer.offerId}`;
  return row;
}

/** What the shop is asked to carry first. */
export async function askedOf({ shop }: Pick<Sold, 'shop'>): Promise<StockTransferId> {
  const [asked] = await listAskedToCarry(shop.scope);
  if (!asked) throw new Error('the shop is asked to carry');
  return asked.transferId;
}

/** What the link of an order opens. */
export const linkOf = ({ orderId }: GivenOrder): OrderScope => ({ kind: 'order', orderId });

/** What its shopper reads of what is missing. */
export async function rescueShown(order: GivenOrder) {
  return (await getTracking(order.orderToken, ports))?.rescues[0];
}

/** The network has it, but not for the hour that was told; nobody else has it at all. */
export async function askedLater() {
  const made = await street({ openingHours: 'Mo-Sa 14:00-19:00' }, 0);
  const order = await refused(made);
  const shown = await rescueShown(order);
  const option = shown?.options.findIndex(({ kind }) => kind === 'carried') ?? -1;
  if (!shown || option < 0) throw new Error('the shopper is asked');
  const answer = (choice: Parameters<typeof answerRescue>[1]['choice']) =>
    answerRescue(linkOf(order), { rescueId: shown.rescueId, choice }, in20Minutes);
  return { ...made, order, shown, option, answer };
}
