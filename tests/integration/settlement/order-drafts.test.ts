import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { minor } from '@/lib/kernel';
import type { EntryRow, LedgerDraft } from '@/lib/settlement/ledger-repository';
import { RETURNED } from '@/lib/payments';
import { orderDrafts } from '@/lib/settlement/order-drafts';
import type { OrderMoneyFacts } from '@/lib/settlement/order-facts';

type Part = {
  readonly worth: number;
  readonly bps: number;
  /** Taken for it in the end. */
  readonly share: number;
  readonly isServed: boolean;
  /** The first is of what was not served, the others of what came back afterwards. */
  readonly refunds: readonly number[];
};
type Life = {
  readonly parts: readonly Part[];
  /** Of the second part's share, so much was taken for the first and moved. */ readonly moved: number;
};

const HOUR = 3_600_000;
const at = (hours: number) => hours * HOUR;
const LAST_STAGE = 4;

/** The facts of an order at a stage of its life: held, taken, handed over, moved and made good, given back. Later stages hold everything of the earlier ones. */
function factsAt({ parts, moved }: Life, stage: number): OrderMoneyFacts {
  const takenFor = (part: Part, index: number) => {
    if (stage < 1) return 0;
    return stage >= 3 ? part.share : part.share + (index === 0 ? moved : index === 1 ? -moved : 0);
  };
  return {
    order: { id: 'ord', paidAt: at(1) },
    payment: { id: 'pay', state: stage >= 1 ? 'captured' : 'authorised', captureBefore: at(99), createdAt: at(0), updatedAt: at(2) },
    parts: parts.map((part, index) => ({
      id: `sub${index}`,
      merchantId: `mer${index}`,
      earnedAt: stage >= 2 && part.isServed ? at(5) : undefined,
      rescuePaidMinor: 0,
      returned: [],
      deliveryMinor: 0,
      vouchers: [],
      share: { amountMinor: part.worth, capturedMinor: takenFor(part, index) },
      lines: [
        {
          worthMinor: part.share - (part.refunds[0] ?? 0),
          totalMinor: part.worth,
          commissionBps: part.bps,
          commissionRuleId: null,
        },
      ],
    })),
    voucherReturns: [],
    refunds: parts.flatMap((part, index) =>
      part.refunds.flatMap((amountMinor, number) => {
        const refund = { id: `ref${index}-${number}`, subOrderId: `sub${index}`, amountMinor, sentAt: stage >= 4 ? at(20) : null };
        if (number === 0) return stage >= 3 ? [{ ...refund, createdAt: at(6), reason: 'less-than-ordered' }] : [];
        return stage >= 4 ? [{ ...refund, createdAt: at(7 + number), reason: RETURNED }] : [];
      }),
    ),
  } as unknown as OrderMoneyFacts;
}

/** Writes what the facts call for, as the database would: each cause once. */
function post(facts: OrderMoneyFacts, ledger: Map<string, LedgerDraft>): void {
  const written = new Map(
    [...ledger].map(([cause, { postings, fees = [] }]) => {
      const entries = postings.map(
        ({ account, phase, amountMinor }) => ({ account: account.kind, holder: account.holder, phase, amountMinor }) as EntryRow,
      );
      return [cause, { entries, fees }];
    }),
  );
  for (const draft of orderDrafts(facts, written, () => 2_000)) {
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

const life = fc
  .record({ parts: fc.array(part, { minLength: 1, maxLength: 4 }), moved: fc.nat(100) })
  .map(({ parts, moved }): Life => ({ parts, moved: Math.floor(((parts[1]?.share ?? 0) * moved) / 100) }));

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 500);

test(`${RUNS} orders: whenever their books are written, every transaction sums to zero and every cent taken is earned, given back or held`, () => {
  fc.assert(
    fc.property(life, fc.subarray([0, 1, 2, 3], { minLength: 0 }), (lived, stages) => {
      const { parts } = lived;
      const ledger = new Map<string, LedgerDraft>();
      for (const stage of [...stages, LAST_STAGE, LAST_STAGE]) post(factsAt(lived, stage), ledger);
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
