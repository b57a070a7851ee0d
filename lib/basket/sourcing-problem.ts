import type { Instant, Position, ShopId } from '@/lib/kernel';
import { MINUTE, instant } from '@/lib/kernel';
import type { SourcingLine, SourcingProblem } from '@/lib/oms';
import type { Method } from '@/lib/promise';
import type { ShopBook } from '@/lib/shops';
import { MOST_PIECES } from '@/lib/set-aside';
import { onlySetsAside, takesOrdersAt } from '@/lib/shops';
import type { Ask, Candidate, Place, Places, RoutingSettings } from '@/lib/sourcing';
import { REMEMBERED_MINUTES, engineLocation, lineOf, locationsOf, postcodeIn, shownAsOf, underSettings, withRounds } from '@/lib/sourcing';
import type { FoundLine } from './basket-repository';

export type ProblemFacts = {
  readonly id: string;
  readonly now: Instant;
  readonly book: ShopBook;
  readonly settings: RoutingSettings;
  readonly place: Position | undefined;
  /** The place in words: territories go by its postcode. */
  readonly address: string | undefined;
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
  readonly places: ReadonlyMap<string, Place>;
  /** How the engine is asked under the live rules. */
  readonly ask: Ask;
};

/**
 * Turns a basket and live facts into the question for the engine.
 *
 * Guarantees: pure; a line asks for no more than can be had, and what it asks less is told as a problem; units of a chosen line are not
 * offered to another line of the same listing.
 */
export function poseProblem(facts: ProblemFacts): Posed {
  const places: Places = new Map();
  const lineProblems: LineProblem[] = [];
  const lines = facts.lines.flatMap((line): readonly SourcingLine[] => {
    const { usable, problem } = usableFor(line, facts);
    if (problem) lineProblems.push(problem);
    const available = sum(usable.map((candidate) => candidate.available));
    if (available === 0) return [];
    for (const candidate of usable) places.set(engineLocation(candidate), candidate);
    const wanted = { ...line, units: Math.min(line.quantity, available), chosenShopId: line.shopChosen ? line.shownShopId : null };
    // Taking a thing from another shop than the one it was shown with must be worth it.
    const ranking = ({ offerId }: Candidate, units: number) =>
      offerId === line.offerId ? 0 : facts.settings.policy.perSwitch / Math.max(1, units);
    return [lineOf(wanted, usable, { policy: facts.settings.policy, ranking })];
  });
  const locations = locationsOf({ ...facts, shownAsOf: shownByShop(facts) }, places, lines);
  const wishes = { deadline: null, maxSources: null, maxParcels: null, allowPartial: true };
  const alone = { id: facts.id, now: facts.now, home: facts.place ?? null, wishes, lines, locations };
  const posed = withRounds(alone, facts.book);
  const shownWith = new Map(facts.lines.map((line) => [line.id, line.shownShopId]));
  const { ruled: problem, ask } = underSettings(posed, { settings: facts.settings, shownWith, postcode: postcodeIn(facts.address) });
  const suggested = { ...problem, lines: problem.lines.map((line) => remembered(line, facts)) };
  return { problem, suggested, lineProblems, places, ask };
}

/** The moment as of which each shop's promises were shown with things added a little while ago: what was shown then is kept (F1c). */
function shownByShop(facts: ProblemFacts): ReadonlyMap<ShopId, Instant> {
  const moments = new Map<ShopId, Instant>();
  for (const line of facts.lines) {
    if (line.promiseSeenAt === null || facts.now - line.addedAt > REMEMBERED_MINUTES * MINUTE) continue;
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
  if (!line || asked.chosenShopId !== null || now - line.addedAt > REMEMBERED_MINUTES * MINUTE) return asked;
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
    // Nobody is moved from a sale to a reservation: what is only set aside is had where it was put into the basket.
    return shop !== undefined && takesOrdersAt(shop, facts.now) && (!onlySetsAside(shop) || candidate.shopId === line.shownShopId);
  });
  const usable = open
    .map((candidate) => ({ ...candidate, available: Math.min(spared(candidate, line, facts.lines), mostOf(candidate, line, facts.book)) }))
    .filter((candidate) => candidate.available > 0);
  const available = sum(usable.map((candidate) => candidate.available));
  const told = (reason: LineProblem['reason']) => ({ usable, problem: { lineId: line.id, reason, available } });
  if (fitting.length === 0) return told('no-longer-sold');
  if (open.length === 0) return told('shop-closed');
  if (available === 0) return told('sold-out');
  return available < line.quantity ? told('less-left') : { usable, problem: undefined };
}

/** A shop that only sets aside does so for a household. */
function mostOf({ shopId }: Candidate, { salesUnit }: FoundLine, book: ShopBook): number {
  const shop = book.get(shopId);
  return shop && onlySetsAside(shop) && salesUnit === 'each' ? MOST_PIECES : Infinity;
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

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
