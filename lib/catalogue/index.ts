export * from './departments';
export * from './get-listing';
export type * from './views';
