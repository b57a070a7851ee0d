export * from './departments';
export type * from './views';
