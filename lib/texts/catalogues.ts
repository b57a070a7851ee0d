import type { Locale } from '@/lib/kernel';
import frCity from './fr/city.json' with { type: 'json' };
import frCommon from './fr/common.json' with { type: 'json' };
import frDocuments from './fr/documents.json' with { type: 'json' };
import frHome from './fr/home.json' with { type: 'json' };
import frSearch from './fr/search.json' with { type: 'json' };
import frListing from './fr/listing.json' with { type: 'json' };
import frShop from './fr/shop.json' with { type: 'json' };
import frBasket from './fr/basket.json' with { type: 'json' };
import frCheckout from './fr/checkout.json' with { type: 'json' };
import frCourier from './fr/courier.json' with { type: 'json' };
import frTracking from './fr/tracking.json' with { type: 'json' };
import frAccount from './fr/account.json' with { type: 'json' };
import frMerchant from './fr/merchant.json' with { type: 'json' };
import frMachines from './fr/machines.json' with { type: 'json' };
import frAdmin from './fr/admin.json' with { type: 'json' };
import frLegal from './fr/legal.json' with { type: 'json' };
import frMail from './fr/mail.json' with { type: 'json' };
import frModules from './fr/modules.json' with { type: 'json' };
import frMoney from './fr/money.json' with { type: 'json' };
import frOnboarding from './fr/onboarding.json' with { type: 'json' };
import frProduct from './fr/product.json' with { type: 'json' };
import frPayouts from './fr/payouts.json' with { type: 'json' };
import frPush from './fr/push.json' with { type: 'json' };
import frRequests from './fr/requests.json' with { type: 'json' };
import frReturns from './fr/returns.json' with { type: 'json' };
import frRefusals from './fr/refusals.json' with { type: 'json' };
import frImports from './fr/imports.json' with { type: 'json' };
import frShelf from './fr/shelf.json' with { type: 'json' };
import frSources from './fr/sources.json' with { type: 'json' };
import frTeam from './fr/team.json' with { type: 'json' };
import frWallet from './fr/wallet.json' with { type: 'json' };
import enCity from './en/city.json' with { type: 'json' };
import enCommon from './en/common.json' with { type: 'json' };
import enDocuments from './en/documents.json' with { type: 'json' };
import enHome from './en/home.json' with { type: 'json' };
import enSearch from './en/search.json' with { type: 'json' };
import enListing from './en/listing.json' with { type: 'json' };
import enShop from './en/shop.json' with { type: 'json' };
import enBasket from './en/basket.json' with { type: 'json' };
import enCheckout from './en/checkout.json' with { type: 'json' };
import enCourier from './en/courier.json' with { type: 'json' };
import enTracking from './en/tracking.json' with { type: 'json' };
import enAccount from './en/account.json' with { type: 'json' };
import enMerchant from './en/merchant.json' with { type: 'json' };
import enMachines from './en/machines.json' with { type: 'json' };
import enAdmin from './en/admin.json' with { type: 'json' };
import enLegal from './en/legal.json' with { type: 'json' };
import enMail from './en/mail.json' with { type: 'json' };
import enModules from './en/modules.json' with { type: 'json' };
import enMoney from './en/money.json' with { type: 'json' };
import enOnboarding from './en/onboarding.json' with { type: 'json' };
import enProduct from './en/product.json' with { type: 'json' };
import enPayouts from './en/payouts.json' with { type: 'json' };
import enPush from './en/push.json' with { type: 'json' };
import enRequests from './en/requests.json' with { type: 'json' };
import enReturns from './en/returns.json' with { type: 'json' };
import enRefusals from './en/refusals.json' with { type: 'json' };
import enImports from './en/imports.json' with { type: 'json' };
import enShelf from './en/shelf.json' with { type: 'json' };
import enSources from './en/sources.json' with { type: 'json' };
import enTeam from './en/team.json' with { type: 'json' };
import enWallet from './en/wallet.json' with { type: 'json' };

const fr = {
  city: frCity,
  common: frCommon,
  documents: frDocuments,
  home: frHome,
  search: frSearch,
  listing: frListing,
  shop: frShop,
  basket: frBasket,
  checkout: frCheckout,
  courier: frCourier,
  tracking: frTracking,
  account: frAccount,
  merchant: frMerchant,
  machines: frMachines,
  admin: frAdmin,
  legal: frLegal,
  mail: frMail,
  modules: frModules,
  money: frMoney,
  onboarding: frOnboarding,
  payouts: frPayouts,
  product: frProduct,
  refusals: frRefusals,
  push: frPush,
  requests: frRequests,
  returns: frReturns,
  imports: frImports,
  shelf: frShelf,
  sources: frSources,
  team: frTeam,
  wallet: frWallet,
};

const en = {
  city: enCity,
  common: enCommon,
  documents: enDocuments,
  home: enHome,
  search: enSearch,
  listing: enListing,
  shop: enShop,
  basket: enBasket,
  checkout: enCheckout,
  courier: enCourier,
  tracking: enTracking,
  account: enAccount,
  merchant: enMerchant,
  machines: enMachines,
  admin: enAdmin,
  legal: enLegal,
  mail: enMail,
  modules: enModules,
  money: enMoney,
  onboarding: enOnboarding,
  payouts: enPayouts,
  product: enProduct,
  refusals: enRefusals,
  push: enPush,
  requests: enRequests,
  returns: enReturns,
  imports: enImports,
  shelf: enShelf,
  sources: enSources,
  team: enTeam,
  wallet: enWallet,
};

/** The shape of a catalogue: French is the reference, a test holds the other languages to the same keys. */
export type Messages = typeof fr;

export const catalogues: Readonly<Record<Locale, Messages>> = { fr, en };
