/** What a city sees to before it opens, in the order in which it is best done. */
export const openingSteps = ['identity', 'addresses', 'payment', 'mail', 'zones', 'commission', 'team', 'shops'] as const;
export type OpeningStepName = (typeof openingSteps)[number];

/**
 * `done`; `open`: nobody can buy well before it is; `advice`: the city lives without it, better with it. `count` is what there is of it, `needed` how many
 * there should be at the least.
 */
export type OpeningStepView = {
  readonly name: OpeningStepName;
  readonly state: 'done' | 'open' | 'advice';
  readonly count: number;
  readonly needed: number;
};
