/** What an alert waits for, as its own page shows it. */
export type AlertView = {
  readonly token: string;
  /** The thing's title, or the words of a search. */
  readonly what: string;
  readonly kind: 'listing' | 'search';
  readonly state: 'asked' | 'waiting' | 'told';
};
