import type { LineProblem, PosedBasket } from '@/lib/basket';
import type { BasketLineId } from '@/lib/kernel';
import type { StockShortfall } from '@/lib/inventory';

/** A thing of the basket nobody can supply as wished. Units: steps of its sales unit. */
export type Shortfall = { readonly lineId: BasketLineId; readonly title: string; readonly wanted: number; readonly available: number };

/** What the engine could not serve, line by line. */
export function shortfallsOf({ facts }: PosedBasket, problems: readonly LineProblem[]): readonly Shortfall[] {
  return problems.flatMap(({ lineId, available }): readonly Shortfall[] => {
    const line = facts.found.lines.find((candidate) => candidate.id === lineId);
    return line ? [{ lineId, title: line.title, wanted: line.quantity, available }] : [];
  });
}

/** What somebody else took between the decision and the claim. */
export function lostTo(
  { facts }: Pick<PosedBasket, 'facts'>,
  lost: readonly StockShortfall[],
  supplied: readonly { readonly lineId: BasketLineId; readonly offerId: string }[],
): readonly Shortfall[] {
  return lost.flatMap((shortfall) =>
    supplied
      .filter((item) => item.offerId === shortfall.offerId)
      .flatMap((item): readonly Shortfall[] => {
        const line = facts.found.lines.find((candidate) => candidate.id === item.lineId);
        return line ? [{ lineId: line.id, title: line.title, wanted: shortfall.wanted, available: shortfall.available }] : [];
      }),
  );
}
