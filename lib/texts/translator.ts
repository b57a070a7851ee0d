import { createTranslator } from 'use-intl/core';
import type { Locale } from '@/lib/kernel';
import { catalogues, type Messages } from './catalogues';

export type Namespace = keyof Messages;
export type Texts<Name extends Namespace> = ReturnType<typeof createTranslator<Messages[Name]>>;

type Translators = { readonly [Name in Namespace]: Texts<Name> };

function translator<Name extends Namespace>(locale: Locale, name: Name): Texts<Name> {
  return createTranslator<Messages[Name]>({
    locale,
    messages: catalogues[locale][name],
    onError: (error) => {
      throw error;
    },
  });
}

function translators(locale: Locale): Translators {
  return {
    city: translator(locale, 'city'),
    common: translator(locale, 'common'),
    documents: translator(locale, 'documents'),
    home: translator(locale, 'home'),
    search: translator(locale, 'search'),
    listing: translator(locale, 'listing'),
    shop: translator(locale, 'shop'),
    basket: translator(locale, 'basket'),
    checkout: translator(locale, 'checkout'),
    courier: translator(locale, 'courier'),
    tracking: translator(locale, 'tracking'),
    account: translator(locale, 'account'),
    merchant: translator(locale, 'merchant'),
    machines: translator(locale, 'machines'),
    admin: translator(locale, 'admin'),
    legal: translator(locale, 'legal'),
    mail: translator(locale, 'mail'),
    modules: translator(locale, 'modules'),
    money: translator(locale, 'money'),
    onboarding: translator(locale, 'onboarding'),
    payouts: translator(locale, 'payouts'),
    product: translator(locale, 'product'),
    push: translator(locale, 'push'),
    returns: translator(locale, 'returns'),
    refusals: translator(locale, 'refusals'),
    requests: translator(locale, 'requests'),
    imports: translator(locale, 'imports'),
    shelf: translator(locale, 'shelf'),
    sources: translator(locale, 'sources'),
    team: translator(locale, 'team'),
    wallet: translator(locale, 'wallet'),
  };
}

const byLocale: Readonly<Record<Locale, Translators>> = { fr: translators('fr'), en: translators('en') };

/**
 * Words of one room in one language. Made once per process, so each ICU message is parsed once, not once a request.
 * Errors: a missing key or value throws (the catalogues are held complete by a test). Server side only: the catalogues
 * must not travel to the browser, client leaves receive their strings as props.
 */
export function translatorOf<Name extends Namespace>(locale: Locale, name: Name): Texts<Name> {
  return byLocale[locale][name];
}
