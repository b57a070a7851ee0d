import type { OrderScope, ShopId, SubOrderId } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { methods } from '@/lib/promise/views';
import type { Switched, SwitchTo } from './pose-switch';
import { askSwitch } from './pose-switch';
import type { Address, FoundSwitch } from './read-switch';
import { readSwitch } from './read-switch';
import type { SwitchOptionView, SwitchesView } from './views';

/** Other shops that are shown; more would be a search of their own. */
const MOST_SHOPS = 3;

/** How a part could be received otherwise, now; undefined when it is another's or can no longer be changed. */
export async function listSwitches(
  scope: OrderScope,
  { subOrderId, address }: { readonly subOrderId: SubOrderId; readonly address?: Address | undefined },
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<SwitchesView | undefined> {
  const found = await readSwitch(reader(), scope, { subOrderId, address, now: clock.now() });
  if (!found?.isOpen) return undefined;
  return {
    subOrderId,
    number: found.subOrder.number,
    paidMinor: found.part.paidMinor,
    currency: found.subOrder.currency,
    address: found.address?.label,
    options: optionsOf(found),
  };
}

function optionsOf(found: FoundSwitch): readonly SwitchOptionView[] {
  const { shopId, method } = found.subOrder;
  const ask = (to: SwitchTo): readonly Switched[] => {
    const asked = askSwitch(found, to);
    return asked.ok ? [asked.value] : [];
  };
  const own = methods.filter((other) => other !== method).flatMap((other) => ask({ shopId, method: other }));
  const elsewhere = othersWithAll(found)
    .flatMap((other) => ask({ shopId: other, method }))
    .toSorted((a, b) => inHand(a) - inHand(b) || a.totalMinor - b.totalMinor || (a.shopId < b.shopId ? -1 : 1))
    .slice(0, MOST_SHOPS);
  return [...own, ...elsewhere].flatMap((option) => viewOf(option, found));
}

function inHand({ method, promisedFrom, promisedTo }: Switched): number {
  return method === 'pickup' ? promisedFrom : promisedTo;
}

/** Shops that have something of every line. */
function othersWithAll({ candidates, lines, subOrder }: FoundSwitch): readonly ShopId[] {
  const shops = new Set(candidates.filter(({ available }) => available > 0).map((candidate) => candidate.shopId));
  return [...shops].filter(
    (shopId) =>
      shopId !== subOrder.shopId &&
      lines.every(({ line }) => candidates.some((candidate) => candidate.shopId === shopId && candidate.listingId === line.listingId)),
  );
}

function viewOf(option: Switched, { book, subOrder }: FoundSwitch): readonly SwitchOptionView[] {
  const shop = book.get(option.shopId);
  if (!shop) return [];
  const { shopId, method, goodsMinor, deliveryMinor, totalMinor, differenceMinor } = option;
  const to = method === 'pickup' ? undefined : option.promisedTo;
  const isSameShop = shopId === subOrder.shopId;
  const amounts = { goodsMinor, deliveryMinor, totalMinor, differenceMinor };
  return [{ shopId, shopName: shop.name, street: shop.street, isSameShop, method, from: option.promisedFrom, to, ...amounts }];
}
