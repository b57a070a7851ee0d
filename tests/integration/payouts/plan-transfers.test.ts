import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minor, type LedgerTransactionId, type MerchantId, type SubOrderId, type TransferId } from '@/lib/kernel';
import { type PlannedTransfer, planTransfers } from '@/lib/payouts/plan-transfers';
import type { Unmoved } from '@/lib/settlement';

type Step = { readonly kind: 'earn' | 'owe' | 'pay-out'; readonly sub: number; readonly amount: number };

const steps = fc.array(
  fc.record<Step>({ kind: fc.constantFrom('earn', 'earn', 'owe', 'pay-out'), sub: fc.nat(3), amount: fc.integer({ min: 1, max: 500 }) }),
  { maxLength: 30 },
);
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** One merchant's account at the provider, as the plans move it. */
class Account {
  readonly moves: Unmoved[] = [];
  readonly made: PlannedTransfer[] = [];
  paidOut = 0;
  #ids = 0;

  note({ sub, amount }: Step, sign: 1 | -1): void {
    this.moves.push({
      transactionId: `txn_${this.moves.length}` as LedgerTransactionId,
      merchantId: 'mer_1' as MerchantId,
      orderId: null,
      subOrderId: `sub_${sub}` as SubOrderId,
      netMinor: minor(sign * amount),
      movedMinor: minor(0),
    });
  }

  plan(): readonly PlannedTransfer[] {
    const due = this.moves
      .map((move) => ({
        ...move,
        movedMinor: minor(sum(this.made.filter((one) => one.transactionId === move.transactionId).map((one) => one.amountMinor))),
      }))
      .filter((move) => move.movedMinor !== Math.abs(move.netMinor));
    const planned = planTransfers(due, this.made, minor(this.paidOut), () => `trf_${++this.#ids}` as TransferId);
    this.made.push(...planned);
    return planned;
  }

  left(transfer: PlannedTransfer): number {
    return transfer.amountMinor - sum(this.made.filter((one) => one.reversesId === transfer.id).map((one) => one.amountMinor));
  }

  get transfers(): readonly PlannedTransfer[] {
    return this.made.filter((one) => one.reversesId === null);
  }

  get balance(): number {
    return sum(this.transfers.map((one) => this.left(one))) - this.paidOut;
  }
}

test('an earning is moved whole and once; what is owed comes back as far as there is money, from its own sale first', () => {
  fc.assert(
    fc.property(steps, (history) => {
      const account = new Account();
      for (const step of history) {
        if (step.kind === 'pay-out') account.paidOut += Math.min(step.amount, Math.max(0, account.balance));
        else account.note(step, step.kind === 'earn' ? 1 : -1);
        const before = new Map(account.transfers.map((one) => [one.id, account.left(one)]));
        const planned = account.plan();
        expect(account.plan(), 'what was planned is not planned again').toEqual([]);
        expect(account.balance, 'nothing is taken that is not there').toBeGreaterThanOrEqual(0);
        for (const transfer of account.transfers) expect(account.left(transfer)).toBeGreaterThanOrEqual(0);
        for (const move of account.moves) {
          const moved = account.made.filter((one) => one.transactionId === move.transactionId);
          if (move.netMinor > 0) expect(moved.map((one) => one.amountMinor)).toEqual([move.netMinor]);
          else if (sum(moved.map((one) => one.amountMinor)) < -move.netMinor) expect(account.balance, 'all there is was taken').toBe(0);
        }
        for (const reversal of planned.filter((one) => one.reversesId !== null)) {
          const target = account.transfers.find((one) => one.id === reversal.reversesId);
          if (target?.subOrderId === reversal.subOrderId) continue;
          const own = account.transfers.filter((one) => one.subOrderId === reversal.subOrderId && before.has(one.id));
          expect(sum(own.map((one) => account.left(one))), 'another sale pays only when its own has nothing left').toBe(0);
        }
      }
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 300) },
  );
});
