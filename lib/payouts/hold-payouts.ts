import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { merchants, payoutHolds } from '@/db/schema';
import type { HoldId, OperatorScope, Result } from '@/lib/kernel';
import { DAY, err, ok, parseId, plusMs } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import { mayHandleMoney } from './finance-roles';
import { holdReasons } from './views';
import { writeHold } from './write-hold';

/** Longest without being looked at again. */
const MOST_DAYS = 90;

export const holdInput = z.object({
  merchantId: z.string().transform((text, context) => {
    const id = parseId('merchant', text);
    if (id === undefined) context.addIssue({ code: 'custom', message: 'no merchant' });
    return id ?? z.NEVER;
  }),
  reason: z.enum(holdReasons),
  statement: z.string().trim().min(10).max(1_000),
  days: z.coerce.number().int().min(1).max(MOST_DAYS),
});

export type HoldRefusal = { readonly kind: 'merchant-not-found' } | { readonly kind: 'hold-not-found' } | { readonly kind: 'finance-only' };

/**
 * Holds a merchant's payouts from now on, for a reason with its facts, up to a day; the merchant is written to in the same breath (OP-10). What was
 * sent before is not called back, and what it earns meanwhile stays its own.
 */
export async function holdPayouts(
  scope: OperatorScope,
  { days, ...hold }: z.output<typeof holdInput>,
  ports: Ports = systemPorts,
): Promise<Result<HoldId, HoldRefusal>> {
  return observed({ useCase: 'hold-payouts', actor: 'operator', ids: { merchantId: hold.merchantId } }, () =>
    withTransaction(async (tx): Promise<Result<HoldId, HoldRefusal>> => {
      if (!mayHandleMoney(scope)) return err({ kind: 'finance-only' });
      const [merchant] = await tx.select({ id: merchants.id }).from(merchants).where(eq(merchants.id, hold.merchantId));
      if (!merchant) return err({ kind: 'merchant-not-found' });
      const now = ports.clock.now();
      const by = { actor: { kind: 'operator', id: scope.personId }, placedBy: scope.personId, now, ids: ports.ids } as const;
      return ok(await writeHold(tx, { ...hold, freedAt: plusMs(now, days * DAY) }, by));
    }),
  );
}

/** Ends a hold before its day; the next payout pays what waited. */
export async function liftHold(scope: OperatorScope, holdId: HoldId, ports: Ports = systemPorts): Promise<Result<void, HoldRefusal>> {
  return observed({ useCase: 'lift-hold', actor: 'operator', ids: { holdId } }, () =>
    withTransaction(async (tx): Promise<Result<void, HoldRefusal>> => {
      if (!mayHandleMoney(scope)) return err({ kind: 'finance-only' });
      const lifted = await tx
        .update(payoutHolds)
        .set({ liftedAt: ports.clock.now(), liftedBy: scope.personId })
        .where(and(eq(payoutHolds.id, holdId), isNull(payoutHolds.liftedAt)))
        .returning({ id: payoutHolds.id });
      return lifted.length === 0 ? err({ kind: 'hold-not-found' }) : ok(undefined);
    }),
  );
}
