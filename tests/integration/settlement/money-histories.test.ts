import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { atRate, minor, sumMinor } from '@/lib/kernel';
import type { LedgerTransaction } from '@/lib/oms';
import { creditNoteAmounts, invoiceAmounts, posting } from '@/lib/oms';
import type { Wish } from '../../support/money-life';
import { MoneyLife } from '../../support/money-life';

const line = fc.record({ quantity: fc.integer({ min: 1, max: 4 }), price: fc.integer({ min: 1, max: 3_000 }) });
const part = fc.record({
  bps: fc.integer({ min: 0, max: 2_500 }),
  delivery: fc.constantFrom(0, 0, 290, 590),
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
});
const wish: fc.Arbitrary<Wish> = fc.record({
  parts: fc.array(part, { minLength: 1, maxLength: 3 }),
  vouchers: fc.array(fc.record({ available: fc.nat(6_000), issuer: fc.nat(1), accepts: fc.nat(255) }), { maxLength: 3 }),
});
const commands = [
  'accept',
  'refuse',
  'miss',
  'capture',
  'reroute',
  'give-up',
  'hand-over',
  'return',
  'give-back',
  'post',
  'settle',
  'pay-out',
  'dispute',
  'decide',
] as const;
const step = fc.record({ command: fc.constantFrom(...commands), a: fc.nat(11), b: fc.nat(11), c: fc.nat(3_000) });
type Step = { readonly command: (typeof commands)[number]; readonly a: number; readonly b: number; readonly c: number };

/** What happens around an order: payouts, issuers' settlements and banks' disputes, over the books alone. */
class Town {
  readonly others: LedgerTransaction[] = [];
  disputed: { readonly sale: string; readonly merchant: string; readonly amount: number } | undefined;
  constructor(readonly life: MoneyLife) {}
  get all(): readonly LedgerTransaction[] {
    return [...this.life.ledger.values(), ...this.others];
  }
  standing(kind: Parameters<typeof posting.balanceOf>[1]['kind'], holder: string | null = null): number {
    return posting.balanceOf(this.all, { kind, holder });
  }
}

const pick = <T>(list: readonly T[], at: number): T | undefined => (list.length === 0 ? undefined : list[at % list.length]);
const servable = ({ quantity, refusedQuantity }: { readonly quantity: number; readonly refusedQuantity: number }) =>
  quantity - refusedQuantity;

function act(town: Town, { command, a, b, c }: Step): void {
  const { life } = town;
  const chosen = pick(life.parts, a);
  const own =
    chosen &&
    pick(
      chosen.lines.filter((one) => servable(one) > 0),
      b,
    );
  switch (command) {
    case 'accept':
      if (chosen?.state === 'offered') chosen.state = 'accepted';
      break;
    case 'refuse':
      if (chosen?.state === 'offered' || (chosen?.state === 'accepted' && chosen.earnedAt === undefined))
        for (const one of chosen.lines.filter((each) => servable(each) > 0)) life.lose(chosen, one, servable(one), c % 2 === 0);
      break;
    case 'miss':
      if (chosen?.state === 'accepted' && own) life.lose(chosen, own, 1 + (c % servable(own)), c % 3 !== 0);
      break;
    case 'capture':
      if (life.canCapture()) life.capture();
      break;
    case 'reroute': {
      const rescue = pick(life.rescues, a);
      if (rescue)
        life.reroute(rescue, 1 + (c % (Math.ceil(rescue.goodsMinor / rescue.quantity) + 40)), rescue.deliveryMinor === 0 ? 0 : c % 700);
      break;
    }
    case 'give-up':
      if (life.rescues.length > 0) life.rescues.splice(a % life.rescues.length, 1);
      break;
    case 'hand-over':
      if (chosen?.state === 'accepted' && !life.rescues.some(({ subOrderId }) => subOrderId === chosen.id)) {
        chosen.state = 'handed-over';
        chosen.earnedAt = life.tick();
      }
      break;
    case 'return':
      if (chosen?.state === 'handed-over' && life.state !== 'voided' && own && servable(own) > own.returned)
        life.returnUnits(chosen, own, 1);
      break;
    case 'give-back':
      life.giveBack();
      if (c % 2 === 0) life.send();
      break;
    case 'post':
      life.post();
      break;
    default:
      move(town, command, a);
  }
}

/** What moves earned money on. */
function move(town: Town, command: 'settle' | 'pay-out' | 'dispute' | 'decide', a: number): void {
  const merchant = `mer${a % Math.max(1, town.life.parts.length)}`;
  if (command === 'settle') settleVouchers(town);
  if (command === 'pay-out') {
    const amount = posting.payable(minor(town.standing('merchant', merchant) - unsettled(town, merchant)));
    if (amount > 0) town.others.push(posting.paidOut(merchant, amount));
  }
  if (command === 'dispute' && !town.disputed && town.life.state === 'captured') {
    const share = pick(town.life.shares, a);
    const amount = share ? share.capturedMinor - share.refundedMinor : 0;
    if (!share || amount <= 0) return;
    town.disputed = { sale: share.subOrderId, merchant: `mer${share.subOrderId.slice(3)}`, amount };
    town.others.push(posting.disputeOpened(share.subOrderId, minor(amount), minor(1_500)));
  }
  if (command === 'decide' && town.disputed) {
    const { sale, merchant: bearer, amount } = town.disputed;
    town.others.push(
      a % 2 === 0 ? posting.disputeWon(sale, minor(amount)) : posting.disputeLost(sale, minor(amount), { merchant: bearer }),
    );
    town.disputed = undefined;
  }
}

/** What an issuer still owes a merchant for its vouchers, over the transactions of that merchant's sales. */
function owedBy(town: Town, issuer: string, merchant: string): number {
  const sold = [...town.life.ledger.values()].filter((draft) => draft.merchantId === merchant);
  const settled = town.others.filter(
    (one) => one.kind === 'voucher-settled' && one.postings.some(({ account }) => account.holder === merchant),
  );
  return -posting.balanceOf([...sold, ...settled], { kind: 'voucher', holder: issuer });
}

const issuers = ['issuer0', 'issuer1'];
const merchantsOf = ({ life }: Town) => life.parts.map((_, at) => `mer${at}`);
const unsettled = (town: Town, merchant: string) => sumMinor(issuers.map((issuer) => owedBy(town, issuer, merchant)));

function settleVouchers(town: Town): void {
  for (const issuer of issuers)
    for (const merchant of merchantsOf(town)) {
      const owed = owedBy(town, issuer, merchant);
      if (owed > 0) town.others.push(posting.voucherSettled(issuer, merchant, minor(owed)));
      if (owed < 0) town.others.push(posting.voucherGivenBack(issuer, merchant, minor(-owed)));
    }
}

/** Holds at every moment. */
function holdsAlways(town: Town): void {
  for (const transaction of town.all) if (!posting.isBalanced(transaction)) throw new Error(`${transaction.kind} does not balance`);
  for (const { amountMinor, capturedMinor, refundedMinor } of town.life.shares)
    if (refundedMinor > capturedMinor || capturedMinor > amountMinor || refundedMinor < 0)
      throw new Error('a share is beyond what was paid');
  for (const { amountMinor, capturedMinor, returnedMinor } of town.life.tenders)
    if (returnedMinor > capturedMinor || capturedMinor > amountMinor) throw new Error('a voucher is beyond what it paid');
  const funds = Map.groupBy(
    town.all.flatMap(({ postings }) => postings).filter(({ account, phase }) => account.kind === 'shopper-funds' && phase === 'posted'),
    ({ account }) => account.holder,
  );
  for (const [holder, own] of funds)
    if (sumMinor(own.map(({ amountMinor }) => amountMinor)) < 0) throw new Error(`money of ${holder} was spent that nobody paid`);
}

/** Everything that is begun is ended, in the order in which it would be. */
function finish(town: Town): void {
  const { life } = town;
  life.rescues.length = 0;
  for (const one of life.parts) if (one.state === 'offered') one.state = 'accepted';
  if (life.canCapture()) life.capture();
  for (const one of life.parts)
    if (one.state === 'accepted') {
      one.state = 'handed-over';
      one.earnedAt = life.tick();
    }
  life.giveBack();
  life.send();
  life.post();
  if (life.post().length > 0) throw new Error('books written twice say something new');
  if (town.disputed) move(town, 'decide', 0);
  settleVouchers(town);
}

function documentsEqualLedger(town: Town): void {
  for (const [at, sold] of town.life.parts.entries()) {
    const own = [...town.life.ledger.values()].filter((draft) => draft.merchantId === `mer${at}`);
    const worth = (kind: string) =>
      sumMinor(
        own
          .filter((draft) => draft.kind === kind)
          .flatMap(({ postings }) => postings)
          .filter(({ account }) => ['merchant', 'commission', 'commission-vat'].includes(account.kind))
          .map(({ amountMinor }) => amountMinor),
      );
    if (sold.state !== 'handed-over' || town.life.state !== 'captured') continue;
    const supplied = sold.lines.filter((one) => servable(one) > 0);
    const row = (one: (typeof supplied)[number], index: number, isReturned: boolean) => ({
      lineId: one.id,
      quantity: servable(one) - (isReturned ? one.returned : 0),
      goodsMinor: minor(one.unitPriceMinor * servable(one) - (isReturned ? town.life.returnedOf(one) : 0)),
      discountMinor: minor(0),
      deliveryMinor: index === 0 ? sold.deliveryMinor : minor(0),
      rateBps: index % 2 === 0 ? 550 : 2_000,
    });
    const before = supplied.map((one, index) => row(one, index, false));
    const invoice = invoiceAmounts(before, 'normal');
    const untakenMinor = sumMinor(
      town.life.credits.filter((one) => one.subOrderId === sold.id && one.isBeforeCapture).map((one) => one.shopperMinor),
    );
    // What came back before its money was taken was never earned.
    expect(invoice.totals.grossMinor - untakenMinor).toBe(worth('earned'));
    const after = supplied.map((one, index) => row(one, index, true));
    if (sold.lines.every((one) => one.returned === 0)) continue;
    expect(creditNoteAmounts(before, after, 'normal').totals.grossMinor - untakenMinor + worth('refunded')).toBe(0);
  }
}

/** What the city keeps of each rule is its rate of what stays sold, the VAT its rate of that, and both are what the books have. */
function feesExplainTheCommission(town: Town): void {
  for (const { fees = [], postings } of town.life.ledger.values()) {
    const booked = sumMinor(postings.filter(({ account }) => account.kind === 'commission').map(({ amountMinor }) => amountMinor));
    expect(sumMinor(fees.map(({ feeMinor }) => feeMinor))).toBe(booked);
  }
  for (const sold of town.life.parts) {
    const own = [...town.life.ledger.values()].filter((draft) => draft.subOrderId === sold.id);
    const fees = Map.groupBy(
      own.flatMap((draft) => draft.fees ?? []),
      ({ ruleId, rateBps }) => `${ruleId} ${rateBps}`,
    );
    for (const rows of fees.values()) {
      const basis = sumMinor(rows.map(({ basisMinor }) => basisMinor));
      expect(basis).toBeGreaterThanOrEqual(0);
      expect(sumMinor(rows.map(({ feeMinor }) => feeMinor))).toBe(atRate(basis, rows[0]?.rateBps ?? 0));
    }
    const standing = (kind: 'commission' | 'commission-vat') => posting.balanceOf(own, { kind, holder: null });
    expect(standing('commission-vat')).toBe(atRate(minor(standing('commission')), 2_000));
  }
}

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);

test(`${RUNS} histories of an order: every cent is somebody's, whoever refuses, steps in, returns, disputes or is paid, in any order`, () => {
  fc.assert(
    fc.property(wish, fc.array(step, { maxLength: 24 }), (wanted, steps) => {
      const town = new Town(new MoneyLife(wanted));
      for (const one of steps) {
        act(town, one);
        holdsAlways(town);
      }
      finish(town);
      holdsAlways(town);
      const { life } = town;
      const card = sumMinor(life.shares.map(({ capturedMinor, refundedMinor }) => capturedMinor - refundedMinor));
      const vouchers = sumMinor(life.tenders.map(({ capturedMinor, returnedMinor }) => capturedMinor - returnedMinor));
      // The shopper paid for what was kept and for nothing else, and never more than was agreed.
      expect(card + vouchers).toBe(life.state === 'captured' ? life.keptMinor() : 0);
      expect(card + vouchers).toBeLessThanOrEqual(life.shopperPaidBefore);
      // Captured is what merchants and the city have, what went back, and nothing held.
      const order = [...life.ledger.values()];
      expect(posting.balanceOf(order, { kind: 'provider', holder: null }) + card).toBe(0);
      expect(posting.balanceOf(order, { kind: 'provider', holder: null }, 'pending')).toBe(0);
      expect(posting.balanceOf(order, { kind: 'refunds', holder: 'ord' })).toBe(0);
      for (const one of life.parts) expect(posting.balanceOf(order, { kind: 'shopper-funds', holder: one.id })).toBe(0);
      // Each issuer paid what its vouchers bought, to the cent.
      for (const issuer of issuers) {
        const own = life.tenders.filter((tender) => tender.issuer === issuer);
        const spent = sumMinor(own.map(({ capturedMinor, returnedMinor }) => capturedMinor - returnedMinor));
        expect(posting.balanceOf(order, { kind: 'voucher', holder: issuer }) + spent).toBe(0);
        expect(town.standing('voucher', issuer)).toBe(0);
      }
      documentsEqualLedger(town);
      feesExplainTheCommission(town);
    }),
    { numRuns: RUNS },
  );
});
