/** What an alert waits for, as its own page shows it. */
export type AlertView = {
  readonly token: string;
  /** The thing's title, or the words of a search; empty for the opening of the city. */
  readonly what: string;
  readonly kind: 'listing' | 'search' | 'opening';
  readonly state: 'asked' | 'waiting' | 'told';
};
