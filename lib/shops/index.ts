export { getCity } from './city';
export { streetMapSvg } from './street-map';
export type { CityPageView } from './city-views';
export * from './local-time';
export { areOpeningHours, intervalsOnDay, OPENING_HORIZON_DAYS } from './opening-intervals';
export { cityDay, loadShopBook, type ShopBook } from './shop-book';
export * from './shop-state';
export * from './switch-shop';
export type * from './views';
