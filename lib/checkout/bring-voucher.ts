import { z } from 'zod';
import { bringVouchers, findBasketToChange } from '@/lib/basket';
import type { Result, ShopperScope, VoucherId } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { ModuleOff } from '@/lib/modules';
import { isModuleOn } from '@/lib/modules';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import type { CodeRefusal, VoucherUnusable } from '@/lib/wallet';
import { openCode, unusableBecause } from '@/lib/wallet';

/** Vouchers in one basket: enough for a family's drawer, too few to try codes with. */
const MOST_VOUCHERS = 5;

export const voucherCodeInput = z.object({ code: z.string().trim().min(1).max(60) });

export type BringRefusal =
  ModuleOff | CodeRefusal | VoucherUnusable | { readonly kind: 'basket-not-found' } | { readonly kind: 'too-many-vouchers' };

/**
 * Brings a voucher to the basket by its code. Nothing is held by that: what it pays is settled when the order is placed. Bringing it twice is
 * bringing it once. `sender` is who is counted for wrong codes.
 */
export async function bringVoucher(
  shopper: ShopperScope,
  { code, sender }: { readonly code: string; readonly sender: string },
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<{ readonly voucherId: VoucherId }, BringRefusal>> {
  return observed({ useCase: 'bring-voucher', actor: shopper.kind, ids: { basketId: shopper.basketId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly voucherId: VoucherId }, BringRefusal>> => {
      if (!(await isModuleOn(tx, 'vouchers'))) return err({ kind: 'module-off', module: 'vouchers' });
      const now = clock.now();
      const found = await findBasketToChange(tx, shopper);
      if (!found || found.basket.orderedAt !== null) return err({ kind: 'basket-not-found' });
      const opened = await openCode(tx, { code, sender, now });
      if (!opened.ok) return opened;
      const { voucher, series } = opened.value;
      const because = unusableBecause(voucher, series, now);
      if (because) return err(because);
      const brought = found.basket.voucherIds;
      if (brought.includes(voucher.id)) return ok({ voucherId: voucher.id });
      if (brought.length >= MOST_VOUCHERS) return err({ kind: 'too-many-vouchers' });
      await bringVouchers(tx, found.basket.id, [...brought, voucher.id]);
      return ok({ voucherId: voucher.id });
    }),
  );
}

/** Takes a voucher out of the basket again; one that is not there is out already. */
export async function takeVoucherBack(
  shopper: ShopperScope,
  voucherId: VoucherId,
): Promise<Result<void, { readonly kind: 'basket-not-found' }>> {
  return observed({ useCase: 'take-voucher-back', actor: shopper.kind, ids: { basketId: shopper.basketId } }, () =>
    withTransaction(async (tx): Promise<Result<void, { readonly kind: 'basket-not-found' }>> => {
      const found = await findBasketToChange(tx, shopper);
      if (!found || found.basket.orderedAt !== null) return err({ kind: 'basket-not-found' });
      await bringVouchers(
        tx,
        found.basket.id,
        found.basket.voucherIds.filter((id) => id !== voucherId),
      );
      return ok(undefined);
    }),
  );
}
