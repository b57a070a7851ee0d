import type { Instant, Minor } from '@/lib/kernel';
import { atRate, invariant, minor, roundHalfUp, sumMinor } from '@/lib/kernel';
import type { LedgerTransaction, Posting, RuleFee, Share, Sources } from '@/lib/oms';
import { apportion, feesByRule, posting } from '@/lib/oms';
import { RETURNED } from '@/lib/payments';
import type { EntryRow, LedgerDraft, WrittenTransaction } from './ledger-repository';
import { postingsOf } from './ledger-repository';
import type { OrderMoneyFacts, PartMoneyFacts } from './order-facts';

type Written = ReadonlyMap<string, WrittenTransaction>;

/**
 * The ledger transactions an order's facts call for and that are not written yet, in the order of their causes: held, taken or let go, given
 * back, earned. Computed from facts, not from events, so that a message that comes late, twice or never changes nothing in the end.
 */
export function orderDrafts(facts: OrderMoneyFacts, written: Written, vatRateAt: (earnedAt: Instant) => number): readonly LedgerDraft[] {
  const fresh: LedgerDraft[] = [];
  const about = { orderId: facts.order.id };
  const find = (cause: string): readonly Posting[] | undefined => {
    const known = written.get(cause);
    return known ? postingsOf(known.entries, accountKind) : fresh.find((draft) => draft.cause === cause)?.postings;
  };
  const add = (cause: string, occurredAt: Instant, transaction: () => LedgerTransaction, extra: Partial<LedgerDraft> = {}): void => {
    if (find(cause) === undefined) fresh.push({ ...transaction(), ...about, ...extra, cause, occurredAt });
  };
  const { payment } = facts;
  const held = `authorised:${payment.id}`;
  if (wasHeld(facts)) add(held, facts.order.paidAt ?? payment.createdAt, () => posting.authorised(sharesOf(facts, 'amountMinor')));
  if (payment.state === 'voided' && find(held)) {
    add(`voided:${payment.id}`, payment.updatedAt, () => letGo('voided', find(held) ?? []));
  }
  if (payment.state === 'captured') {
    const taken = () => posting.paidAtOnce(sharesOf(facts, 'capturedMinor'));
    add(`captured:${payment.id}`, payment.updatedAt, () => posting.joined('captured', [letGo('captured', find(held) ?? []), taken()]));
    const moves = movesOf(payment.id, written);
    const changes = changedShares(
      facts,
      [`captured:${payment.id}`, ...moves].flatMap((cause) => find(cause) ?? []),
    );
    const next = `moved:${payment.id}:${moves.length + 1}`;
    if (changes.length > 0) add(next, payment.updatedAt, () => posting.movedShares(changes));
  }
  for (const part of facts.parts) {
    for (const draft of partDrafts(facts, part, written, vatRateAt)) add(draft.cause, draft.occurredAt, () => draft, draft);
  }
  for (const refund of facts.refunds) {
    if (refund.sentAt !== null) {
      add(`refund-sent:${refund.id}`, refund.sentAt, () => posting.refundSent(facts.order.id, refund.amountMinor), {
        subOrderId: refund.subOrderId,
      });
    }
  }
  return fresh;
}

/** Money was held for it at some time: a payment that was declined or only begun never was. */
function wasHeld({ order, payment }: OrderMoneyFacts): boolean {
  return payment.captureBefore !== null && (order.paidAt !== null || payment.state !== 'declined');
}

function sharesOf({ parts }: OrderMoneyFacts, which: 'amountMinor' | 'capturedMinor') {
  return parts.flatMap(({ id, share }) => (share && share[which] > 0 ? [{ subOrder: id, amountMinor: share[which] }] : []));
}

/** The causes under which money of this payment was moved between its sub-orders so far. */
function movesOf(paymentId: string, written: Written): readonly string[] {
  return [...written.keys()].filter((cause) => cause.startsWith(`moved:${paymentId}:`));
}

/** How far each sub-order's share of what was taken is from what the books say was taken for it. */
function changedShares({ parts }: OrderMoneyFacts, booked: readonly Posting[]): readonly Share[] {
  return parts.flatMap(({ id, share }) => {
    const own = booked.filter(({ account, phase }) => account.kind === 'shopper-funds' && account.holder === id && phase === 'posted');
    const amountMinor = minor((share?.capturedMinor ?? 0) - sumMinor(own.map((one) => one.amountMinor)));
    return amountMinor === 0 ? [] : [{ subOrder: id, amountMinor }];
  });
}

function letGo(kind: string, held: readonly Posting[]): LedgerTransaction {
  return { ...posting.reversalOf({ kind, postings: held }), kind };
}

/**
 * What went back for a part, and what its merchant earned by it. A merchant earns what was served, no more: what was taken beyond it waits
 * in the shopper's funds until it goes back or to the shop that serves it instead. Nothing is earned before all of it is there.
 */
function partDrafts(
  facts: OrderMoneyFacts,
  part: PartMoneyFacts,
  written: Written,
  vatRateAt: (earnedAt: Instant) => number,
): readonly LedgerDraft[] {
  const about = { orderId: facts.order.id, subOrderId: part.id, merchantId: part.merchantId };
  const drafts: LedgerDraft[] = [];
  const own = facts.refunds.filter((refund) => refund.subOrderId === part.id);
  const unserved = own.filter((refund) => refund.reason !== RETURNED);
  for (const refund of unserved) {
    const back = posting.refundedBeforeEarning(part.id, facts.order.id, refund.amountMinor);
    drafts.push({ ...back, ...about, cause: `refund:${refund.id}`, occurredAt: refund.createdAt });
  }
  const shopperMinor = servedMinor(part);
  const takenMinor = (part.share?.capturedMinor ?? 0) - sumMinor(unserved.map((refund) => refund.amountMinor));
  if (facts.payment.state !== 'captured' || part.earnedAt === undefined || takenMinor < shopperMinor) return drafts;
  const sources: Sources = { ...nothing, shopperMinor, vouchers: part.vouchers, rescueMinor: part.rescuePaidMinor };
  const feeVatBps = vatRateAt(part.earnedAt); // also for what is given back of it later, whatever the rate is then
  const before = written.get(`earned:${part.id}`);
  let kept = before && before.fees.length > 0 ? keptIn(before) : keptOf(feesByRule(part.lines.map(ratedLine)), feeVatBps);
  const earned = posting.earned(part.id, part.merchantId, sources, kept);
  drafts.push({ ...earned, ...about, fees: kept.fees, feeVatBps, cause: `earned:${part.id}`, occurredAt: part.earnedAt });
  const whole = { ...kept, paidMinor: minor(shopperMinor + vouchersMinor(part)) };
  let [givenMinor, rescuedMinor] = [minor(0), minor(0)];
  for (const { cause, at, back } of returnsOf(facts, part)) {
    const known = written.get(cause);
    givenMinor = minor(givenMinor + posting.worthOf(back));
    const after = known ? keptAfter(kept, known) : keptOf(feesLeft(part, whole, { kept: kept.fees, givenMinor }), feeVatBps);
    const rescueMinor = known ? on(known.entries, 'rescue') : rescueLeft(part, rescuedMinor);
    rescuedMinor = minor(rescuedMinor + rescueMinor);
    const credited = { feeMinor: minor(kept.feeMinor - after.feeMinor), vatMinor: minor(Math.max(0, kept.vatMinor - after.vatMinor)) };
    const parties = { order: facts.order.id, merchant: part.merchantId };
    const returned = posting.refundedAfterEarning(parties, { ...back, rescueMinor }, credited);
    drafts.push({ ...returned, ...about, fees: stepOf(kept.fees, after.fees), feeVatBps, cause, occurredAt: at });
    kept = { ...after, vatMinor: minor(kept.vatMinor - credited.vatMinor) };
  }
  return drafts;
}

const nothing: Sources = { shopperMinor: minor(0), cityDiscountMinor: minor(0), vouchers: [], rescueMinor: minor(0) };

/** What came back of a part after it was served, to the card and to vouchers, in the order in which it did. */
function returnsOf({ refunds, voucherReturns }: OrderMoneyFacts, { id }: PartMoneyFacts) {
  const toCard = refunds
    .filter(({ subOrderId, reason }) => subOrderId === id && reason === RETURNED)
    .map((refund) => ({ cause: `refund:${refund.id}`, at: refund.createdAt, back: { ...nothing, shopperMinor: refund.amountMinor } }));
  const toVouchers = voucherReturns
    .filter(({ subOrderId }) => subOrderId === id)
    .map(({ id: returnId, issuerId, amountMinor, createdAt }) => ({
      cause: `voucher-refund:${returnId}`,
      at: createdAt,
      back: { ...nothing, vouchers: [{ issuer: issuerId, amountMinor }] },
    }));
  return [...toCard, ...toVouchers].toSorted((a, b) => a.at - b.at || (a.cause < b.cause ? -1 : 1));
}

/** What the city keeps of a part, rule by rule, with the VAT on it. */
type Kept = { readonly fees: readonly RuleFee[]; readonly feeMinor: Minor; readonly vatMinor: Minor };

/** The VAT is taken on the rounded fee. */
function keptOf(fees: readonly RuleFee[], vatRateBps: number): Kept {
  const feeMinor = sumMinor(fees.map((fee) => fee.feeMinor));
  return { fees, feeMinor, vatMinor: atRate(feeMinor, vatRateBps) };
}

const keptIn = ({ entries, fees }: WrittenTransaction): Kept => ({
  fees,
  feeMinor: on(entries, 'commission'),
  vatMinor: on(entries, 'commission-vat'),
});

/** What was kept after a refund that is written. One written before fees had rules gave back of each its share. */
function keptAfter({ fees, feeMinor, vatMinor }: Kept, { entries, fees: steps }: WrittenTransaction): Kept {
  const creditMinor = on(entries, 'commission');
  const shares = apportion(
    minor(-creditMinor),
    fees.map((fee) => Math.max(0, fee.feeMinor)),
  );
  const left = fees.map((fee, index) => {
    const step = steps.find((one) => isOfRule(one, fee));
    if (steps.length > 0) return step ? { ...fee, ...plusFee(fee, step) } : fee;
    return { ...fee, feeMinor: minor(fee.feeMinor - (shares.ok ? (shares.value[index] ?? 0) : 0)) };
  });
  return { fees: left, feeMinor: minor(feeMinor + creditMinor), vatMinor: minor(vatMinor + on(entries, 'commission-vat')) };
}

/**
 * What the city still keeps when money went back to card or voucher: the commission on the lines that are left, never more than it kept until now (golden case
 * C5). Money without lines leaves of each rule its share, by what went back in all; all of it is credited when all of the shopper's money is back.
 */
function feesLeft(
  part: PartMoneyFacts,
  whole: Kept & { readonly paidMinor: Minor },
  now: { readonly kept: readonly RuleFee[]; readonly givenMinor: Minor },
): readonly RuleFee[] {
  const { paidMinor } = whole;
  const leftMinor = Math.max(0, paidMinor - now.givenMinor);
  const share = (amount: Minor) => (paidMinor === 0 ? amount : minor(roundHalfUp(BigInt(amount) * BigInt(leftMinor), BigInt(paidMinor))));
  const left =
    part.returned.length === 0 ? [] : feesByRule(part.lines.map((line) => ratedLine({ ...line, worthMinor: worthLeft(part, line) })));
  return now.kept.map((kept) => {
    const first = whole.fees.find((fee) => isOfRule(fee, kept)) ?? kept;
    const after =
      part.returned.length > 0
        ? left.find((fee) => isOfRule(fee, kept))
        : { basisMinor: share(first.basisMinor), feeMinor: share(first.feeMinor) };
    return {
      ...kept,
      basisMinor: minor(Math.min(kept.basisMinor, after?.basisMinor ?? 0)),
      feeMinor: minor(Math.min(kept.feeMinor, after?.feeMinor ?? 0)),
    };
  });
}

/** What a line is worth without what came back of it. */
function worthLeft({ returned }: PartMoneyFacts, line: PartMoneyFacts['lines'][number]): Minor {
  const own = returned.filter((one) => one.lineId === line.id);
  return minor(line.worthMinor - sumMinor(own.map((one) => one.shopperMinor + one.rescueMinor)));
}

/** What the rescue account is owed of what came back and has not had yet. */
function rescueLeft({ returned }: PartMoneyFacts, rescuedMinor: Minor): Minor {
  return minor(Math.max(0, sumMinor(returned.map((one) => one.rescueMinor)) - rescuedMinor));
}

/** What a refund takes off each rule it touches. */
function stepOf(before: readonly RuleFee[], after: readonly RuleFee[]): readonly RuleFee[] {
  return before.flatMap((fee, index) => {
    const then = after[index] ?? fee;
    const step = { ...fee, basisMinor: minor(then.basisMinor - fee.basisMinor), feeMinor: minor(then.feeMinor - fee.feeMinor) };
    return step.basisMinor === 0 && step.feeMinor === 0 ? [] : [step];
  });
}

const isOfRule = (a: RuleFee, b: RuleFee): boolean => a.ruleId === b.ruleId && a.rateBps === b.rateBps;

const plusFee = (a: RuleFee, b: RuleFee) => ({
  basisMinor: minor(a.basisMinor + b.basisMinor),
  feeMinor: minor(a.feeMinor + b.feeMinor),
});

/** A line as a rule sees it: its rate and rule frozen at placement, and what was served of it. */
const ratedLine = ({ worthMinor, commissionBps, commissionRuleId }: PartMoneyFacts['lines'][number]) => ({
  worthMinor,
  rateBps: commissionBps,
  ruleId: commissionRuleId,
});

const on = (entries: readonly EntryRow[], account: Posting['account']['kind']): Minor =>
  sumMinor(entries.filter((entry) => entry.account === account).map((entry) => entry.amountMinor));

function vouchersMinor({ vouchers }: PartMoneyFacts): Minor {
  return sumMinor(vouchers.map((voucher) => voucher.amountMinor));
}

/** What the shopper paid by card for what was served of a part, goods and delivery; vouchers and the rescue account paid the rest of its worth. */
function servedMinor(part: PartMoneyFacts): Minor {
  const { lines, deliveryMinor, rescuePaidMinor } = part;
  return minor(sumMinor(lines.map((line) => line.worthMinor)) + deliveryMinor - rescuePaidMinor - vouchersMinor(part));
}

function accountKind(account: string) {
  const kind = posting.accountKinds.find((one) => one === account);
  invariant(kind, 'the ledger holds accounts of ours');
  return kind;
}
