export * from './departments';
export * from './get-listing';
export { listPublishedSlugs } from './list-published-slugs';
export type * from './views';
