/** One thing an installation needs, and how it is. The sentence is for operators and says what to do. */
export type CheckView = {
  readonly name: 'database' | 'migrations' | 'search';
  readonly isOk: boolean;
  readonly sentence: string;
};

/** Whether this process may be sent requests. */
export type ReadinessView = { readonly isReady: boolean; readonly checks: readonly CheckView[] };
