export * from './departments';
export * from './get-listing';
export { listPublishedSlugs } from './list-published-slugs';
export { changeOffer, saveOffer, type NewOffer, type OfferChange, type OfferOf, type SaveOfferRefusal } from './save-offer';
export { getShopOffer, listShopOffers, type ShopOffersWish } from './shop-offers';
export type * from './views';
