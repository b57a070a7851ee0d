import { isNotNull } from 'drizzle-orm';
import { orders } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import { DAY, HOUR, plusMs } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { payOut, sendPayouts, sendTransfers } from '@/lib/payouts';
import { lastCutOff, postOrder, settleVouchers } from '@/lib/settlement';
import { getCity } from '@/lib/shops';
import type { Replay } from './replay-step';
import { portsAt } from './replay-step';

const LANES = 6;

/** Keeps the books of the replayed history: every order's, then what issuers settled and the payouts of every midnight it saw, which the demo's bank took
 * at once. */
export async function settlePastOrders(
  { seed }: Pick<Replay, 'seed'>,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<void> {
  const paid = await reader().select({ id: orders.id }).from(orders).where(isNotNull(orders.paidAt)).orderBy(orders.placedAt);
  const work = async (): Promise<void> => {
    for (let next = paid.shift(); next !== undefined; next = paid.shift()) await postOrder(next.id, portsAt(seed, `books-${next.id}`, to));
  };
  await Promise.all(Array.from({ length: LANES }, work));
  const { timeZone } = await getCity();
  for (let at = plusMs(lastCutOff(from, timeZone), DAY + HOUR); at < to; at = plusMs(at, DAY)) {
    const ports = portsAt(seed, `payout-${at}`, at);
    await settleVouchers(portsAt(seed, `vouchers-${at}`, at));
    if ((await payOut(ports)) === 0) continue;
    await sendTransfers(ports, { isSilent: true });
    await sendPayouts(ports, { isSilent: true });
  }
}
