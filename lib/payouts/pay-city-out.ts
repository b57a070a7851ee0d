import { cityPayouts, citySettings } from '@/db/schema';
import type { Minor, OperatorScope, PayoutId, Result } from '@/lib/kernel';
import { err, minor, ok } from '@/lib/kernel';
import { posting } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { insertTransactions } from '@/lib/settlement';
import { mayHandleMoney } from './finance-roles';
import { readStanding } from './get-city-money';

export type CityPayout = { readonly payoutId: PayoutId; readonly amountMinor: Minor };
export type CityPayoutRefusal = { readonly kind: 'finance-only' } | { readonly kind: 'nothing-to-pay-out' };

/**
 * Pays the city out what it earned, less all it spent: its commission first pays what kept promises cost. `sendPayouts` has it carried out. Asked twice at once
 * it pays once: the second finds nothing left.
 */
export async function payCityOut(scope: OperatorScope, ports: Ports = systemPorts): Promise<Result<CityPayout, CityPayoutRefusal>> {
  return observed({ useCase: 'pay-city-out', actor: 'operator', ids: {} }, () =>
    withTransaction(async (tx): Promise<Result<CityPayout, CityPayoutRefusal>> => {
      if (!mayHandleMoney(scope)) return err({ kind: 'finance-only' });
      await tx.select({ row: citySettings.onlyRow }).from(citySettings).for('no key update'); // one at a time
      const standing = await readStanding(tx);
      await feedRescue(tx, standing, ports); // from one account of the city's to another: as much can leave as before
      const { commissionMinor, vatMinor } = posting.cityPayable(standing);
      const amountMinor = minor(commissionMinor + vatMinor);
      if (amountMinor === 0) return err({ kind: 'nothing-to-pay-out' });
      const now = ports.clock.now();
      const payoutId = ports.ids.make('payout');
      await tx
        .insert(cityPayouts)
        .values({ id: payoutId, commissionMinor, vatMinor, amountMinor, requestedBy: scope.personId, createdAt: now });
      const paid = { ...posting.cityPaidOut(commissionMinor, vatMinor), cause: `city-payout:${payoutId}`, payoutId, occurredAt: now };
      await insertTransactions(tx, [paid], { now, ids: ports.ids });
      return ok({ payoutId, amountMinor });
    }),
  );
}

/** What kept promises cost is taken from the commission, as far as it reaches. */
async function feedRescue(tx: Tx, standing: Awaited<ReturnType<typeof readStanding>>, ports: Ports): Promise<void> {
  const on = (account: 'rescue' | 'commission') => standing.find((one) => one.kind === account)?.amountMinor ?? 0;
  const amountMinor = minor(Math.max(0, Math.min(-on('rescue'), on('commission'))));
  const now = ports.clock.now();
  const fed = { ...posting.rescueFed(amountMinor), cause: `rescue-fed:${ports.ids.make('ledgerTransaction')}`, occurredAt: now };
  await insertTransactions(tx, [fed], { now, ids: ports.ids });
}
