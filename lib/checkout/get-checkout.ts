import { inArray } from 'drizzle-orm';
import { merchants } from '@/db/schema';
import type { BasketFacts, BasketPlan } from '@/lib/basket';
import { basketView, poseBasket, problemViews, problemsOf, readBasketFacts } from '@/lib/basket';
import type { Instant, MerchantId, ShopId, ShopperScope } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { TenderPreview } from '@/lib/wallet';
import { previewTenders } from '@/lib/wallet';
import { readAgreement, recentAgreement } from './agreement';
import { isOnlyThere, setAsideOffers, setAsidesOf, toPay } from './set-aside';
import { payingVouchers, positionsOfPlan } from './tender-positions';
import type { CheckoutView, MerchantView } from './views';

/**
 * The order as it was settled on entering checkout: what is read here is what will be ordered. Undefined when nothing was settled,
 * the basket changed since, or it was so long ago that its hours may have passed. Four statements, a fifth when something is left out.
 */
export async function getCheckout(shopper: ShopperScope, now: Instant): Promise<CheckoutView | undefined> {
  const facts = await readBasketFacts(reader(), shopper, now);
  if (!facts) return undefined;
  const { heldUntil, isExtended, setAside: wished } = readAgreement(facts.found.basket.checkout);
  const agreed = recentAgreement(facts.found.basket.checkout, now);
  if (!agreed) return undefined;
  const asked = poseBasket(facts);
  const offered = setAsideOffers(agreed.plan, facts);
  const setAside = setAsidesOf(
    agreed.plan,
    facts,
    wished.filter((shopId) => offered.includes(shopId)),
  );
  const [problems, people, tenders] = await Promise.all([
    problemViews(reader(), asked, problemsOf(asked, agreed.plan)),
    merchantsOf(facts, new Set(agreed.plan.parts.map((part) => part.merchantId))),
    tendersOf(facts, agreed.plan, { setAside, now }),
  ]);
  const basket = basketView(facts, { chosen: agreed.plan, plans: [], problems });
  const ages = basket.groups.flatMap((group) => group.lines.flatMap((line) => (line.minimumAge === undefined ? [] : [line.minimumAge])));
  const isHeld = heldUntil !== undefined && heldUntil > now;
  return {
    basket,
    merchants: people,
    heldUntil: isHeld ? heldUntil : undefined,
    canExtend: isHeld && !isExtended,
    needsAddress: agreed.plan.parts.some((part) => part.method !== 'pickup'),
    hasCourier: agreed.plan.parts.some((part) => part.method === 'courier'),
    tenders,
    minimumAge: ages.length === 0 ? undefined : Math.max(...ages),
    setAside: agreed.plan.parts
      .filter((part) => offered.includes(part.shopId) || setAside.includes(part.shopId))
      .map(({ shopId, goodsMinor: totalMinor }) => ({
        shopId,
        shopName: facts.book.get(shopId)?.name ?? '',
        totalMinor,
        isChosen: setAside.includes(shopId),
        isOnlyThere: isOnlyThere(shopId, facts.book),
      })),
    toPayMinor: toPay(agreed.plan, setAside).totalMinor,
    isOnlySetAside: setAside.length === agreed.plan.parts.length,
  };
}

/** What vouchers would pay now of what is paid before; nothing is read where none was brought. */
async function tendersOf(
  facts: BasketFacts,
  plan: BasketPlan,
  { setAside, now }: { readonly setAside: readonly ShopId[]; readonly now: Instant },
): Promise<TenderPreview> {
  const voucherIds = await payingVouchers(reader(), facts);
  if (voucherIds.length === 0) return { vouchers: [], paidMinor: minor(0), cardMinor: toPay(plan, setAside).totalMinor };
  const paidBefore = plan.parts.filter((part) => !setAside.includes(part.shopId));
  return previewTenders(reader(), voucherIds, { positions: await positionsOfPlan(reader(), paidBefore, facts), now });
}

async function merchantsOf({ book }: BasketFacts, ids: ReadonlySet<MerchantId>): Promise<readonly MerchantView[]> {
  if (ids.size === 0) return [];
  const rows = await reader()
    .select()
    .from(merchants)
    .where(inArray(merchants.id, [...ids]));
  return book
    .all()
    .filter((shop) => ids.has(shop.merchantId))
    .flatMap((shop): readonly MerchantView[] => {
      const merchant = rows.find((row) => row.id === shop.merchantId);
      return merchant
        ? [{ ...merchant, shopId: shop.id, vatNumber: merchant.vatNumber ?? undefined, verifiedAt: merchant.verifiedAt ?? undefined }]
        : [];
    });
}
