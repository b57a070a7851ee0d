import type { Instant, Minor } from '@/lib/kernel';
import { atRate, invariant, minor, roundHalfUp, sumMinor } from '@/lib/kernel';
import type { LedgerTransaction, Posting, Share, Sources } from '@/lib/oms';
import { posting } from '@/lib/oms';
import { RETURNED } from '@/lib/payments';
import type { EntryRow, LedgerDraft } from './ledger-repository';
import { postingsOf } from './ledger-repository';
import type { OrderMoneyFacts, PartMoneyFacts } from './order-facts';

type Written = ReadonlyMap<string, readonly EntryRow[]>;
type Commission = { readonly feeMinor: Minor; readonly vatMinor: Minor };

/**
 * The ledger transactions an order's facts call for and that are not written yet, in the order of their causes: held, taken or let go, given
 * back, earned. Computed from facts, not from events, so that a message that comes late, twice or never changes nothing in the end.
 */
export function orderDrafts(facts: OrderMoneyFacts, written: Written, vatRateBps: number): readonly LedgerDraft[] {
  const fresh: LedgerDraft[] = [];
  const about = { orderId: facts.order.id };
  const find = (cause: string): readonly Posting[] | undefined => {
    const entries = written.get(cause);
    return entries ? postingsOf(entries, accountKind) : fresh.find((draft) => draft.cause === cause)?.postings;
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
    for (const draft of partDrafts(facts, part, find, vatRateBps)) add(draft.cause, draft.occurredAt, () => draft, draft);
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
  find: (cause: string) => readonly Posting[] | undefined,
  vatRateBps: number,
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
  const paidMinor = minor(shopperMinor + vouchersMinor(part));
  const commission = commissionOf(part, vatRateBps);
  const earned = posting.earned(part.id, part.merchantId, sources, commission);
  drafts.push({ ...earned, ...about, cause: `earned:${part.id}`, occurredAt: part.earnedAt });
  let booked = nothingBooked;
  for (const { cause, at, back } of returnsOf(facts, part)) {
    const written = find(cause);
    const givenMinor = posting.worthOf(back);
    const due = written ? bookedIn(written) : dueFor(part, { commission, paidMinor, booked, givenMinor }, vatRateBps);
    booked = plus(booked, due);
    const parties = { order: facts.order.id, merchant: part.merchantId };
    const returned = posting.refundedAfterEarning(parties, { ...back, rescueMinor: due.rescueMinor }, due);
    drafts.push({ ...returned, ...about, cause, occurredAt: at });
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

/** What refunds after the earning have given back, and what besides. */
type Booked = Commission & { readonly rescueMinor: Minor; readonly givenMinor: Minor };
const nothingBooked: Booked = { feeMinor: minor(0), vatMinor: minor(0), rescueMinor: minor(0), givenMinor: minor(0) };

function plus(a: Booked, b: Booked): Booked {
  return {
    feeMinor: minor(a.feeMinor + b.feeMinor),
    vatMinor: minor(a.vatMinor + b.vatMinor),
    rescueMinor: minor(a.rescueMinor + b.rescueMinor),
    givenMinor: minor(a.givenMinor + b.givenMinor),
  };
}

function bookedIn(written: readonly Posting[]): Booked {
  const on = (kind: Posting['account']['kind']) =>
    sumMinor(written.filter(({ account }) => account.kind === kind).map((one) => one.amountMinor));
  return {
    feeMinor: minor(-on('commission')),
    vatMinor: minor(-on('commission-vat')),
    rescueMinor: on('rescue'),
    givenMinor: minor(on('refunds') + on('voucher')),
  };
}

type Refunding = {
  readonly commission: Commission;
  /** By card and vouchers. */
  readonly paidMinor: Minor;
  readonly booked: Booked;
  readonly givenMinor: Minor;
};

/**
 * What a refund gives back besides the shopper's money, on card or voucher: the commission on the lines that came back and what the rescue account paid of them,
 * by difference to what earlier refunds gave (golden case C5). Money without lines credits its share of the commission.
 */
function dueFor(part: PartMoneyFacts, { commission, paidMinor, booked, givenMinor }: Refunding, vatRateBps: number): Booked {
  if (part.returned.length === 0) {
    return { ...creditOf(commission, paidMinor, booked.givenMinor, givenMinor), rescueMinor: minor(0), givenMinor };
  }
  const left = part.lines.map((line) => {
    const own = part.returned.filter((one) => one.lineId === line.id);
    return { ...line, worthMinor: minor(line.worthMinor - sumMinor(own.map((one) => one.shopperMinor + one.rescueMinor))) };
  });
  const after = commissionOf({ lines: left }, vatRateBps);
  const rescueMinor = sumMinor(part.returned.map((one) => one.rescueMinor));
  const rest = (amount: number, gone: Minor) => minor(Math.max(0, amount - gone));
  return {
    feeMinor: rest(commission.feeMinor - after.feeMinor, booked.feeMinor),
    vatMinor: rest(commission.vatMinor - after.vatMinor, booked.vatMinor),
    rescueMinor: rest(rescueMinor, booked.rescueMinor),
    givenMinor,
  };
}

function vouchersMinor({ vouchers }: PartMoneyFacts): Minor {
  return sumMinor(vouchers.map((voucher) => voucher.amountMinor));
}

/** What the shopper paid by card for what was served of a part, goods and delivery; vouchers and the rescue account paid the rest of its worth. */
function servedMinor(part: PartMoneyFacts): Minor {
  const { lines, deliveryMinor, rescuePaidMinor } = part;
  return minor(sumMinor(lines.map((line) => line.worthMinor)) + deliveryMinor - rescuePaidMinor - vouchersMinor(part));
}

/** The city's fee on the goods that were served, at the rates frozen at placement; the VAT on the rounded fee. */
function commissionOf({ lines }: Pick<PartMoneyFacts, 'lines'>, vatRateBps: number): Commission {
  const feeMinor = sumMinor(
    lines.map((line) => (line.worthMinor === line.totalMinor ? line.commissionMinor : atRate(line.worthMinor, line.commissionBps))),
  );
  return { feeMinor, vatMinor: atRate(feeMinor, vatRateBps) };
}

/**
 * The commission credited when money goes back, by difference to what had gone back before: all of it is credited when all of the shopper's
 * money is back.
 */
function creditOf(commission: Commission, paidMinor: Minor, givenMinor: Minor, amountMinor: Minor): Commission {
  const after = (amount: Minor, given: number): number =>
    paidMinor === 0 ? 0 : roundHalfUp(BigInt(amount) * BigInt(given), BigInt(paidMinor));
  const part = (amount: Minor): Minor => minor(after(amount, givenMinor + amountMinor) - after(amount, givenMinor));
  return { feeMinor: part(commission.feeMinor), vatMinor: part(commission.vatMinor) };
}

function accountKind(account: string) {
  const kind = posting.accountKinds.find((one) => one === account);
  invariant(kind, 'the ledger holds accounts of ours');
  return kind;
}
