import * as cityBuilders from './city';
import * as shelfBuilders from './shelf';
import * as shoppingBuilders from './shopping';
import * as walletBuilders from './wallet';

/** `given.shop()`, `given.offer({ shop, stock: 1 })`, `given.basketOf([{ offer }])`: facts a test starts from, as rows. */
export const given = {
  city: cityBuilders.city,
  shop: cityBuilders.shop,
  category: cityBuilders.category,
  listing: shelfBuilders.listing,
  offer: shelfBuilders.offer,
  basketOf: shoppingBuilders.basketOf,
  oneLoafIn: shoppingBuilders.oneLoafIn,
  issuer: walletBuilders.issuer,
  voucher: walletBuilders.voucher,
  bring: walletBuilders.bring,
};

export { grenoble, wednesdayMorning, type GivenShop } from './city';
export type { GivenOffer } from './shelf';
export { cityFinance } from './wallet';
export { home, livesNearby, newKey, orderFor, portsAt, type GivenBasket } from './shopping';
