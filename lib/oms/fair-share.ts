import { invariant } from '@/lib/kernel';

/** What one shop may expect, and what it got lately: both in the same measure, usually cents of goods. */
export type ShareOfShop = {
  readonly shop: string;
  /** How large its share ought to be; a weight, usually one for each shop that had the goods. */
  readonly weight: number;
  readonly received: number;
};

export type FairShareRule = {
  /** Ranking cents for a whole share too much: η of the routing model. */
  readonly strengthCents: number;
  /** No shop is ever moved by more: so a plan never costs a shopper more than this for each shop used. */
  readonly capCents: number;
};

/**
 * Ranking cents for using each shop: more for who received more than a fair share, none for who received less.
 *
 * Units: cents. `bias = clamp(η · (received share − fair share), 0, cap)`, the received share being of all that was received.
 * Guarantees: whole, between zero and the cap (a reward would be a negative cost, which the engine does not know: to favour one is to burden
 *   the others); the same for any order of shops; nothing received burdens nobody; receiving more never lowers a shop's bias.
 * Source: routing model §5.
 */
export function fairShareBias(shares: readonly ShareOfShop[], { strengthCents, capCents }: FairShareRule): ReadonlyMap<string, number> {
  invariant(
    shares.every(({ weight, received }) => weight >= 0 && received >= 0) && strengthCents >= 0 && capCents >= 0,
    'shares, strength and cap are not negative',
  );
  const weights = total(shares.map(({ weight }) => weight));
  const received = total(shares.map((share) => share.received));
  return new Map(
    shares.map((share) => {
      const fair = weights === 0 ? 0 : share.weight / weights;
      const got = received === 0 ? fair : share.received / received;
      return [share.shop, Math.min(capCents, Math.max(0, Math.round(strengthCents * (got - fair))))];
    }),
  );
}

/**
 * The ledger of what shops received, after an order: what is old counts for less and less.
 *
 * Units: any; `keptBps` is what one order leaves of what was before. Guarantees: never negative; an order's goods are added once.
 */
export function afterOrder(shares: readonly ShareOfShop[], order: ReadonlyMap<string, number>, keptBps: number): readonly ShareOfShop[] {
  invariant(keptBps >= 0 && keptBps <= 10_000, 'a share is between 0 and 10 000 basis points');
  return shares.map((share) => ({
    ...share,
    received: (share.received * keptBps) / 10_000 + Math.max(0, order.get(share.shop) ?? 0),
  }));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
