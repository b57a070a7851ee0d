import type { Instant, Position, ShopId, StockLocationId } from '@/lib/kernel';
import { MINUTE, instant, minor, quantity } from '@/lib/kernel';
import type { SourcingLine, SourcingLocation, SourcingOffer, SourcingProblem } from '@/lib/oms';
import { riskCents } from '@/lib/oms';
import type { Method } from '@/lib/promise';
import type { ShopBook } from '@/lib/shops';
import { takesOrdersAt } from '@/lib/shops';
import { shownAsOf } from './shown-promise';
import type { FoundLine } from './basket-repository';
import type { Candidate } from './candidates';
import { policy } from './policy';
import { servicesOf } from './sourcing-services';

export type ProblemFacts = {
  readonly id: string;
  readonly now: Instant;
  readonly book: ShopBook;
  readonly place: Position | undefined;
  readonly methodByShop: Readonly<Record<string, Method>>;
  readonly lines: readonly FoundLine[];
  readonly candidates: readonly Candidate[];
};

/** Why a line cannot be had whole; `available` units can. */
export type LineProblem = {
  readonly lineId: FoundLine['id'];
  readonly reason: 'no-longer-sold' | 'sold-out' | 'less-left' | 'shop-closed' | 'cannot-be-received';
  readonly available: number;
};

export type Posed = {
  readonly problem: SourcingProblem;
  /** The same, with things just shown on a card bound to the shop they were shown with: what the suggested plan is asked. */
  readonly suggested: SourcingProblem;
  readonly lineProblems: readonly LineProblem[];
  /** Which shop and shelf an engine's location is. */
  readonly places: ReadonlyMap<string, { readonly shopId: ShopId; readonly locationId: StockLocationId; readonly leadTimeMinutes: number }>;
};

/**
 * Turns a basket and live facts into the question for the engine.
 *
 * Guarantees: pure; a line asks for no more than can be had, and what it asks less is told as a problem; units of a chosen line are not
 * offered to another line of the same listing.
 */
export function poseProblem(facts: ProblemFacts): Posed {
  const places = new Map<string, { shopId: ShopId; locationId: StockLocationId; leadTimeMinutes: number }>();
  const lineProblems: LineProblem[] = [];
  const lines = facts.lines.flatMap((line): readonly SourcingLine[] => {
    const { usable, problem } = usableFor(line, facts);
    if (problem) lineProblems.push(problem);
    const available = sum(usable.map((candidate) => candidate.available));
    if (available === 0) return [];
    for (const candidate of usable) places.set(engineLocation(candidate), candidate);
    return [sourcingLine(line, usable, available)];
  });
  const locations = locationsOf({ ...facts, shownAsOf: shownByShop(facts) }, places, lines);
  const wishes = { deadline: null, maxSources: null, maxParcels: null, allowPartial: true };
  const problem = { id: facts.id, now: facts.now, home: facts.place ?? null, wishes, lines, locations };
  return { problem, suggested: { ...problem, lines: lines.map((line) => remembered(line, facts)) }, lineProblems, places };
}

/** The moment as of which each shop's promises were shown with things added a little while ago: what was shown then is kept (F1c). */
function shownByShop(facts: ProblemFacts): ReadonlyMap<ShopId, Instant> {
  const moments = new Map<ShopId, Instant>();
  for (const line of facts.lines) {
    if (line.promiseSeenAt === null || facts.now - line.addedAt > policy.rememberedMinutes * MINUTE) continue;
    const shop = facts.book.get(line.shownShopId);
    const leadTimeMinutes = facts.candidates.find((candidate) => candidate.offerId === line.offerId)?.leadTimeMinutes ?? 0;
    const shown = { seenAt: line.promiseSeenAt, addedAt: line.addedAt };
    const moment = shop && shownAsOf({ shop, place: facts.place, currency: facts.book.city.currency, leadTimeMinutes }, shown);
    if (moment !== undefined) moments.set(line.shownShopId, instant(Math.min(moment, moments.get(line.shownShopId) ?? moment)));
  }
  return moments;
}

/** A thing added a moment ago stays with its shop while that shop can serve it whole. */
function remembered(asked: SourcingLine, { lines, candidates, now }: ProblemFacts): SourcingLine {
  const line = lines.find((candidate) => candidate.id === asked.id);
  if (!line || asked.chosenShopId !== null || now - line.addedAt > policy.rememberedMinutes * MINUTE) return asked;
  const shown = candidates.find((candidate) => candidate.offerId === line.offerId);
  const canServe = asked.offers.some((offer) => offer.offerId === line.offerId && offer.available >= asked.quantity);
  return shown && canServe ? { ...asked, chosenShopId: shown.shopId } : asked;
}

/** The candidates that may serve a line, and what to say when they do not suffice. */
function usableFor(
  line: FoundLine,
  facts: ProblemFacts,
): { readonly usable: readonly Candidate[]; readonly problem: LineProblem | undefined } {
  const fitting = facts.candidates.filter(
    (candidate) =>
      candidate.listingId === line.listingId &&
      candidate.condition === line.condition &&
      (!line.shopChosen || candidate.shopId === line.shownShopId),
  );
  const open = fitting.filter((candidate) => {
    const shop = facts.book.get(candidate.shopId);
    return shop !== undefined && takesOrdersAt(shop, facts.now);
  });
  const usable = open
    .map((candidate) => ({ ...candidate, available: spared(candidate, line, facts.lines) }))
    .filter((candidate) => candidate.available > 0);
  const available = sum(usable.map((candidate) => candidate.available));
  const told = (reason: LineProblem['reason']) => ({ usable, problem: { lineId: line.id, reason, available } });
  if (fitting.length === 0) return told('no-longer-sold');
  if (open.length === 0) return told('shop-closed');
  if (available === 0) return told('sold-out');
  return available < line.quantity ? told('less-left') : { usable, problem: undefined };
}

/** What is left of a candidate once other lines of the same listing that are bound to its shop have theirs. */
function spared(candidate: Candidate, line: FoundLine, lines: readonly FoundLine[]): number {
  const bound = lines.filter(
    (other) =>
      other.id !== line.id &&
      other.shopChosen &&
      !line.shopChosen &&
      other.listingId === line.listingId &&
      other.shownShopId === candidate.shopId,
  );
  return Math.max(0, candidate.available - sum(bound.map((other) => other.quantity)));
}

function sourcingLine(line: FoundLine, usable: readonly Candidate[], available: number): SourcingLine {
  const wanted = Math.min(line.quantity, available);
  const isWhole = usable.some((candidate) => candidate.available >= wanted);
  const priced = usable.some((candidate) => candidate.priceSteps !== 1);
  // A price by the kilogram is one bundle from one place: what no place has whole is asked as far as the fullest has it.
  const asked = priced && !isWhole ? Math.max(...usable.map((candidate) => candidate.available)) : wanted;
  return {
    id: line.id,
    quantity: quantity(asked),
    weightGrams: line.weightGrams,
    volumeCm3: line.volumeCm3,
    isSplittable: !isWhole && !priced,
    chosenShopId: line.shopChosen ? line.shownShopId : null,
    offers: usable.map((candidate): SourcingOffer => ({
      offerId: candidate.offerId,
      locationId: engineLocation(candidate),
      available: quantity(candidate.available),
      priceMinor: minor(candidate.priceMinor),
      priceSteps: candidate.priceSteps,
      riskMinor: rankingOf(candidate, line, asked),
    })),
  };
}

/** Ranking cents per step: a doubtful shelf, and another shop than the one it was shown with. */
function rankingOf(candidate: Candidate, line: FoundLine, asked: number): number {
  const doubt = riskCents(candidate.confidenceBps, policy.perFailedPick, policy.nextBestExtra);
  const switched = candidate.offerId === line.offerId ? 0 : policy.perSwitch / Math.max(1, asked);
  return line.salesUnit === 'each' ? Math.round(doubt + switched) : Math.round(doubt / Math.max(1, asked) + switched);
}

export function locationsOf(
  facts: Pick<ProblemFacts, 'book' | 'now' | 'place' | 'methodByShop'> & { readonly shownAsOf?: ReadonlyMap<ShopId, Instant> },
  places: Posed['places'],
  lines: readonly SourcingLine[],
): readonly SourcingLocation[] {
  return [...places].flatMap(([id, place]): readonly SourcingLocation[] => {
    const shop = facts.book.get(place.shopId);
    if (!shop || !isLocationId(id)) return [];
    const units = sum(
      lines
        .filter((line) => line.offers.some((offer) => offer.locationId === id))
        .map((line) => (line.offers.some((offer) => offer.priceSteps !== 1) ? 1 : line.quantity)),
    );
    const { leadTimeMinutes } = place;
    const now = facts.shownAsOf?.get(shop.id) ?? facts.now;
    const services = servicesOf({ shop, now, place: facts.place, leadTimeMinutes, units, fixed: facts.methodByShop[shop.id] });
    return [{ id, shopId: shop.id, merchantId: shop.merchantId, at: shop.at, biasMinor: policy.perShop, unitBiasMinor: 0, services }];
  });
}

/** One warehouse may serve many shops: to the engine it is a place of its own for each. */
export function engineLocation(candidate: Pick<Candidate, 'shopId' | 'locationId' | 'isShelf'>): StockLocationId {
  const id = candidate.isShelf ? candidate.locationId : `${candidate.locationId}@${candidate.shopId}`;
  return isLocationId(id) ? id : candidate.locationId;
}

function isLocationId(text: string): text is StockLocationId {
  return text.startsWith('loc_');
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
