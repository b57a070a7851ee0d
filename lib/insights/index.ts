/** Measures and their definitions. Reads across tables, writes none. */
export { explainRouting } from './explain-routing';
export { listShopActivity } from './list-shop-activity';
export type * from './views';
