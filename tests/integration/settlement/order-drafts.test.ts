import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { minor } from '@/lib/kernel';
import type { EntryRow, LedgerDraft } from '@/lib/settlement/ledger-repository';
import { orderDrafts } from '@/lib/settlement/order-drafts';
import type { OrderMoneyFacts } from '@/lib/settlement/order-facts';

type Part = {
  readonly worth: number;
  readonly bps: number;
  readonly share: number;
  readonly isServed: boolean;
  readonly refunds: readonly number[];
};

const HOUR = 3_600_000;

/** The facts of an order at a stage of its life; later stages hold everything of the earlier ones. */
function factsAt(parts: readonly Part[], stage: number): OrderMoneyFacts {
  const at = (hours: number) => hours * HOUR;
  const isCaptured = stage >= 1;
  return {
    order: { id: 'ord', paidAt: at(1) },
    payment: { id: 'pay', state: isCaptured ? 'captured' : 'authorised', captureBefore: at(99), createdAt: at(0), updatedAt: at(2) },
    parts: parts.map((part, index) => ({
      id: `sub${index}`,
      merchantId: `mer${index}`,
      earnedAt: stage >= 2 && part.isServed ? at(5) : undefined,
      rescuePaidMinor: 0,
      share: { amountMinor: part.worth, capturedMinor: isCaptured ? part.share : 0 },
      lines: [
        {
          // What went back before the handover is a line that was not served.
          worthMinor: part.share - (part.refunds[0] ?? 0),
          totalMinor: part.worth,
          commissionMinor: Math.round((part.worth * part.bps) / 10_000),
          commissionBps: part.bps,
        },
      ],
    })),
    refunds: parts
      .flatMap((part, index) =>
        part.refunds.map((amount, number) => ({
          id: `ref${index}-${number}`,
          subOrderId: `sub${index}`,
          amountMinor: amount,
          createdAt: at(number === 0 ? 3 : 7 + number),
          sentAt: stage >= 3 ? at(20) : null,
        })),
      )
      .filter((refund) => stage >= (refund.createdAt < at(5) ? 2 : 3)),
  } as unknown as OrderMoneyFacts;
}

/** Writes what the facts call for, as the database would: each cause once. */
function post(facts: OrderMoneyFacts, ledger: Map<string, LedgerDraft>): void {
  const written = new Map(
    [...ledger].map(([cause, { postings }]) => [
      cause,
      postings.map(
        ({ account, phase, amountMinor }) => ({ account: account.kind, holder: account.holder, phase, amountMinor }) as EntryRow,
      ),
    ]),
  );
  for (const draft of orderDrafts(facts, written, 2_000)) {
    if (draft.postings.length > 0 && !ledger.has(draft.cause)) ledger.set(draft.cause, draft);
  }
}

const balance = (ledger: ReadonlyMap<string, LedgerDraft>, kinds: readonly string[], phase = 'posted') =>
  [...ledger.values()]
    .flatMap((draft) => draft.postings)
    .filter((posting) => posting.phase === phase && kinds.includes(posting.account.kind))
    .reduce((sum, posting) => sum + posting.amountMinor, 0);

const part = fc
  .record({
    worth: fc.integer({ min: 1, max: 20_000 }),
    bps: fc.integer({ min: 0, max: 3_000 }),
    served: fc.boolean(),
    kept: fc.nat(100),
    cuts: fc.array(fc.nat(100), { maxLength: 4 }),
  })
  .map(({ worth, bps, served, kept, cuts }): Part => {
    const share = Math.floor((worth * kept) / 100);
    let left = share;
    const refunds = cuts.map((cut) => {
      const amount = Math.floor((left * cut) / 100);
      left -= amount;
      return amount;
    });
    return { worth, bps, share, isServed: served, refunds: (served ? refunds : left > 0 ? [share] : []).filter((amount) => amount > 0) };
  });

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2_000);

test(`${RUNS} orders: whenever their books are written, every transaction sums to zero and every cent taken is earned, given back or held`, () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.subarray([0, 1, 2], { minLength: 0 }), (parts, stages) => {
      const ledger = new Map<string, LedgerDraft>();
      for (const stage of [...stages, 3, 3]) post(factsAt(parts, stage), ledger);
      for (const { postings } of ledger.values()) {
        for (const phase of ['pending', 'posted']) {
          expect(postings.filter((one) => one.phase === phase).reduce((sum, one) => sum + one.amountMinor, 0)).toBe(0);
        }
      }
      const taken = parts.reduce((sum, one) => sum + one.share, 0);
      const back = parts.reduce((sum, one) => sum + one.refunds.reduce((total, amount) => total + amount, 0), 0);
      expect(balance(ledger, ['provider'])).toBe(back - taken);
      expect(balance(ledger, ['provider', 'shopper-funds'], 'pending')).toBe(0);
      expect(balance(ledger, ['refunds'])).toBe(0);
      const kept = balance(ledger, ['merchant', 'commission', 'commission-vat', 'shopper-funds']);
      expect(kept).toBe(minor(taken - back));
      // Everything given back: nobody keeps anything of it.
      parts.forEach((one, index) => {
        if (one.share !== one.refunds.reduce((total, amount) => total + amount, 0)) return;
        const own = [...ledger.values()].filter((draft) => draft.subOrderId === `sub${index}`);
        expect(
          own
            .flatMap((draft) => draft.postings)
            .filter((posting) => posting.account.kind === 'commission')
            .reduce((sum, posting) => sum + posting.amountMinor, 0),
        ).toBe(0);
      });
    }),
    { numRuns: RUNS },
  );
});
