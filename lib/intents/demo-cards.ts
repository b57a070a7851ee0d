/** What a test card does. Shown on the demo's pay page, so that everything which happens with real cards can be tried. */
export type DemoCardBehaviour =
  'succeeds' | 'declines' | 'asks-for-challenge' | 'card-expired' | 'insufficient-funds' | 'webhook-twice' | 'webhook-late' | 'disputed';

export type DemoCard = { readonly number: string; readonly behaviour: DemoCardBehaviour };

/** The numbers are those Stripe publishes for tests: no bank ever issued them. */
export const demoCards: readonly DemoCard[] = [
  { number: '4242424242424242', behaviour: 'succeeds' },
  { number: '4000000000000002', behaviour: 'declines' },
  { number: '4000002760003184', behaviour: 'asks-for-challenge' },
  { number: '4000000000000069', behaviour: 'card-expired' },
  { number: '4000000000009995', behaviour: 'insufficient-funds' },
  { number: '4000000000000077', behaviour: 'webhook-twice' },
  { number: '4000003720000278', behaviour: 'webhook-late' },
  { number: '4000000000000259', behaviour: 'disputed' },
];

/** The test card of that number; undefined for any other, which the demo never accepts: it may be somebody's real card. */
export function demoCardOf(digits: string): DemoCard | undefined {
  return demoCards.find(({ number }) => number === digits);
}
