import { acceptSubOrder, handOver, markReady, tickLine } from '@/lib/fulfilment';
import type { OrderLineId, OrderScope, SubOrderId } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import type { Ports } from '@/lib/platform/ports';
import type { Inspection, StartReturn } from '@/lib/returns';
import { inspectReturn, startReturn } from '@/lib/returns';
import type { GivenShop } from './builders';
import { newKey, portsAt } from './builders';
import type { GivenOrder, GivenPart } from './paid-order';
import { carryOutEverything, linesOf, partOf } from './paid-order';

/** A shop accepts its part, picks it whole and hands it over; everything that follows is carried out. */
export async function handedOver(order: GivenOrder, shop: GivenShop, ports: Ports = portsAt()): Promise<GivenPart> {
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  await markReady(shop.scope, { subOrderId: part.id }, ports);
  const given = await handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
  if (!given.ok) throw new Error(`not handed over: ${given.error.kind}`);
  await carryOutEverything(ports);
  return part;
}

export const scopeOf = ({ orderId }: GivenOrder): OrderScope => ({ kind: 'order', orderId });

type Wish = Partial<Omit<StartReturn, 'key' | 'subOrderId'>>;

/** The command that returns every unit of a part, unless wished otherwise. */
export async function allOf(part: { readonly id: SubOrderId }, wish: Wish = {}): Promise<StartReturn> {
  const lines = await linesOf(part as GivenPart);
  return {
    subOrderId: part.id,
    cause: 'withdrawal',
    lines: lines.map((line) => ({ lineId: line.id, quantity: line.quantity })),
    key: newKey(),
    ...wish,
  };
}

/** A return that is open, to be brought to a shop. */
export async function openReturn(order: GivenOrder, part: GivenPart, toShop: GivenShop, wish: Wish = {}, ports: Ports = portsAt()) {
  const started = await startReturn(scopeOf(order), await allOf(part, { toShopId: toShop.shopId, ...wish }), ports);
  if (!started.ok) throw new Error(`the return was refused: ${JSON.stringify(started.error)}`);
  return started.value;
}

type Found = { readonly brought?: number; readonly good?: number };

/** Inspects everything the return is about: as good as new, unless said otherwise. */
export async function inspect(
  shop: GivenShop,
  pass: string,
  wish: { readonly verdict?: Inspection['verdict']; readonly note?: string; readonly found?: (lineId: OrderLineId) => Found } = {},
  ports: Ports = portsAt(),
) {
  const lines = await databaseHandle().sql<{ lineId: OrderLineId; quantity: number }[]>`
    select l.line_id as "lineId", l.quantity from return_lines l join return_cases c on c.id = l.return_id
    where c.number = ${pass.split('.')[0] ?? ''} order by l.line_id`;
  const counted = lines.map(({ lineId, quantity }) => {
    const { brought = quantity, good = brought } = wish.found?.(lineId) ?? {};
    return { lineId, brought, good };
  });
  const inspection = { pass, lines: counted, verdict: wish.verdict ?? 'accept', note: wish.note };
  return inspectReturn(shop.scope, inspection, ports);
}

/** Units on a shelf. */
export async function onHand(offerId: string): Promise<number> {
  const [row] = await databaseHandle().sql<{ onHand: number }[]>`
    select sum(on_hand)::int as "onHand" from stock_levels where offer_id = ${offerId}`;
  return row?.onHand ?? 0;
}

/** What all documents of a part say together: invoiced less credited. Minor units. */
export async function documented(part: {
  readonly id: SubOrderId;
}): Promise<{ readonly gross: number; readonly vat: number; readonly notes: number }> {
  const [row] = await databaseHandle().sql<{ gross: number; vat: number; notes: number }[]>`
    select coalesce(sum(case kind when 'invoice' then gross_minor else -gross_minor end), 0)::int as gross,
      coalesce(sum(case kind when 'invoice' then vat_minor else -vat_minor end), 0)::int as vat,
      count(*) filter (where kind = 'credit-note')::int as notes
    from documents where sub_order_id = ${part.id}`;
  return row ?? { gross: 0, vat: 0, notes: 0 };
}
