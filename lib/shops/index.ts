export { cityMoment, getCity } from './city';
export { getShopPage, type ShopPageView } from './get-shop-page';
export { merchantIdentity } from './merchant-identity';
export { type HoursReader, type OpeningPlace, readHours, type StatedInterval, type UnreadableHours } from './opening-hours-adapter';
export { countProductsByShop } from './list-directory';
export { groundMapSvg } from './ground-map';
export { isLive, readStage, stageOf } from './city-stage';
export type { CityPageView, CityStage } from './city-views';
export * from './local-time';
export { holidaysBetween, intervalsOnDay, OPENING_HORIZON_DAYS, openingIntervals, whatIsWrongWith } from './opening-intervals';
export { type CourierReach, courierReach, withRoom } from './courier-reach';
export { ratesOf, type RuleInForce } from './commission-rates';
export { cityDay, forgetShopBook, loadShopBook, readShopsAgain, type ShopBook } from './shop-book';
export * from './shop-state';
export * from './switch-shop';
export type * from './views';
export { weekHours, type DayHours } from './week-hours';
export {
  describeMerchant,
  describeShop,
  findFounded,
  foundShop,
  lockShop,
  notePspState,
  stateVatRegime,
  type FoundedShop,
  type MerchantStatement,
  type ShopSign,
} from './found-shop';
