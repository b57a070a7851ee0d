import { lockOpenBasket, touch } from '@/lib/basket';
import type { Instant, ShopperScope } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { withTransaction } from '@/lib/platform/transaction';

/** Makes the next entry into checkout settle the basket anew. */
export async function forgetAgreement(shopper: ShopperScope, now: Instant): Promise<void> {
  await withTransaction(async (tx) => {
    const basket = await lockOpenBasket(tx, shopper);
    if (basket) await touch(tx, basket.id, now);
    return ok(undefined);
  });
}
