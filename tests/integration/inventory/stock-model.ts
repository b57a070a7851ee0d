import type { Instant } from '@/lib/kernel';
import { MINUTE, plusMs } from '@/lib/kernel';

/** A fact of the model, under the full name its source gives it. */
export type ModelFact = { readonly name: string; readonly at: number; readonly kind: 'count' | 'change'; readonly amount: number };

export type ModelClaim = {
  readonly offer: number;
  readonly quantity: number;
  state: 'none' | 'held' | 'ordered' | 'allocated' | 'over';
  heldUntil: number;
};

/** Stock as somebody would tell it without a database: a list of facts, a list of claims, and sums made anew each time. */
export class StockModel {
  now: Instant;
  readonly facts: ModelFact[][];
  readonly claims: ModelClaim[] = [];

  constructor(now: Instant, stocks: readonly number[], begunAt: Instant) {
    this.now = now;
    this.facts = stocks.map((amount, offer) => [{ name: `opening-${offer}`, at: begunAt, kind: 'count', amount }]);
  }

  /** The last count, and every change that is younger than it. */
  onHand(offer: number): number {
    const facts = this.facts[offer] ?? [];
    const counts = facts.filter((fact) => fact.kind === 'count');
    let last = counts[0];
    for (const count of counts) {
      if (last && (count.at > last.at || (count.at === last.at && count.name > last.name))) last = count;
    }
    const since = last?.at ?? -Infinity;
    const changes = facts.filter((fact) => fact.kind === 'change' && fact.at > since);
    return changes.reduce((sum, change) => sum + change.amount, last?.amount ?? 0);
  }

  private sum(offer: number, states: readonly ModelClaim['state'][]): number {
    return this.claims
      .filter((claim) => claim.offer === offer && states.includes(claim.state))
      .reduce((sum, { quantity }) => sum + quantity, 0);
  }

  reserved(offer: number): number {
    return this.sum(offer, ['held', 'ordered']);
  }

  allocated(offer: number): number {
    return this.sum(offer, ['allocated']);
  }

  available(offer: number): number {
    return Math.max(0, this.onHand(offer) - this.reserved(offer) - this.allocated(offer));
  }

  /** What a claim would find: holds that ran out give way. */
  claimable(offer: number): number {
    const lapsed = this.claims.filter((claim) => claim.offer === offer && claim.state === 'held' && claim.heldUntil <= this.now);
    const back = lapsed.reduce((sum, { quantity }) => sum + quantity, 0);
    return this.onHand(offer) - this.reserved(offer) - this.allocated(offer) + back;
  }

  /** Holds of an offer that ran out end; without an offer all of them do. */
  lapse(offer?: number): void {
    for (const claim of this.claims) {
      if (claim.state === 'held' && claim.heldUntil <= this.now && (offer === undefined || claim.offer === offer)) claim.state = 'none';
    }
  }

  tell(offer: number, fact: ModelFact): void {
    const facts = this.facts[offer] ?? [];
    if (!this.facts.some((of) => of.some(({ name }) => name === fact.name))) facts.push(fact);
  }

  advance(minutes: number): void {
    this.now = plusMs(this.now, minutes * MINUTE);
  }
}
