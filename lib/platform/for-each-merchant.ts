import type { MerchantId, Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { observed } from './log';
import type { Tx } from './transaction';
import { withTransaction } from './transaction';

/**
 * One transaction and one line of the log for each merchant, one after another: what is done for one stands whatever becomes of the next. Returns the sum of
 * what was done.
 */
export async function forEachMerchant(
  useCase: string,
  merchantIds: readonly MerchantId[],
  work: (tx: Tx, merchantId: MerchantId) => Promise<number>,
): Promise<number> {
  let sum = 0;
  for (const merchantId of merchantIds) {
    const done = await observed({ useCase, actor: 'system', ids: { merchantId } }, () =>
      withTransaction(async (tx): Promise<Result<{ readonly done: number }, never>> => ok({ done: await work(tx, merchantId) })),
    );
    sum += done.ok ? done.value.done : 0;
  }
  return sum;
}
