export type * from './counter-views';
export type * from './operator-views';
export * from './shopper-views';
export type * from './rescue/rescue-views';
