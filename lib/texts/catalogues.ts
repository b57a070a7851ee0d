import type { Locale } from '@/lib/kernel';
import frCommon from './fr/common.json';
import frHome from './fr/home.json';
import frSearch from './fr/search.json';
import frListing from './fr/listing.json';
import frShop from './fr/shop.json';
import frBasket from './fr/basket.json';
import frCheckout from './fr/checkout.json';
import frTracking from './fr/tracking.json';
import frAccount from './fr/account.json';
import frMerchant from './fr/merchant.json';
import frAdmin from './fr/admin.json';
import frLegal from './fr/legal.json';
import frMail from './fr/mail.json';
import frRefusals from './fr/refusals.json';
import enCommon from './en/common.json';
import enHome from './en/home.json';
import enSearch from './en/search.json';
import enListing from './en/listing.json';
import enShop from './en/shop.json';
import enBasket from './en/basket.json';
import enCheckout from './en/checkout.json';
import enTracking from './en/tracking.json';
import enAccount from './en/account.json';
import enMerchant from './en/merchant.json';
import enAdmin from './en/admin.json';
import enLegal from './en/legal.json';
import enMail from './en/mail.json';
import enRefusals from './en/refusals.json';

const fr = {
  common: frCommon,
  home: frHome,
  search: frSearch,
  listing: frListing,
  shop: frShop,
  basket: frBasket,
  checkout: frCheckout,
  tracking: frTracking,
  account: frAccount,
  merchant: frMerchant,
  admin: frAdmin,
  legal: frLegal,
  mail: frMail,
  refusals: frRefusals,
};

const en = {
  common: enCommon,
  home: enHome,
  search: enSearch,
  listing: enListing,
  shop: enShop,
  basket: enBasket,
  checkout: enCheckout,
  tracking: enTracking,
  account: enAccount,
  merchant: enMerchant,
  admin: enAdmin,
  legal: enLegal,
  mail: enMail,
  refusals: enRefusals,
};

/** The shape of a catalogue: French is the reference, a test holds the other languages to the same keys. */
export type Messages = typeof fr;

export const catalogues: Readonly<Record<Locale, Messages>> = { fr, en };
