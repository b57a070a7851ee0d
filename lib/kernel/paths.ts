import { invariant } from './invariant';
import type { Locale } from './locale';
import { isLocale, locales, unprefixedLocale } from './locale';

/**
 * The one dictionary of public addresses. The key names the page, `en` is also the folder below `app/[locale]/(storefront)`,
 * `:name` is one segment, `*name` the rest of the path. Shops' and the city's desks keep fixed English addresses and are not here.
 */
const dictionary = {
  home: { fr: '', en: '' },
  search: { fr: 'recherche', en: 'search' },
  department: { fr: 'rayons/*slug', en: 'departments/*slug' },
  listing: { fr: 'p/:slugId', en: 'p/:slugId' },
  shops: { fr: 'boutiques', en: 'shops' },
  shop: { fr: 'boutiques/:slug', en: 'shops/:slug' },
  map: { fr: 'plan', en: 'map' },
  place: { fr: 'adresse', en: 'place' },
  basket: { fr: 'panier', en: 'basket' },
  checkout: { fr: 'commande', en: 'checkout' },
  payment: { fr: 'commande/paiement/:token', en: 'checkout/payment/:token' },
  track: { fr: 'suivi/:token', en: 'track/:token' },
  pickup: { fr: 'retrait/:token', en: 'pickup/:token' },
  return: { fr: 'retour/:token', en: 'return/:token' },
  withdrawal: { fr: 'retractation', en: 'withdrawal' },
  ask: { fr: 'demander', en: 'ask' },
  request: { fr: 'demandes/:id', en: 'requests/:id' },
  run: { fr: 'tournee/:token', en: 'run/:token' },
  signIn: { fr: 'connexion', en: 'sign-in' },
  account: { fr: 'compte', en: 'account' },
  accountPage: { fr: 'compte/*page', en: 'account/*page' },
  alert: { fr: 'alertes', en: 'alerts' },
  vouchers: { fr: 'bons', en: 'vouchers' },
  help: { fr: 'aide', en: 'help' },
  ranking: { fr: 'classement', en: 'ranking' },
  accessibility: { fr: 'accessibilite', en: 'accessibility' },
  report: { fr: 'signaler', en: 'report' },
  terms: { fr: 'cgv', en: 'terms' },
  legalNotice: { fr: 'mentions-legales', en: 'legal-notice' },
  privacy: { fr: 'confidentialite', en: 'privacy' },
  join: { fr: 'rejoindre', en: 'join' },
  propose: { fr: 'proposer', en: 'propose' },
} as const satisfies Record<string, Record<Locale, string>>;

export type PublicRoute = keyof typeof dictionary;

export type PathParams = Readonly<Record<string, string>>;
export type PathQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

function fillSegment(segment: string, route: PublicRoute, params: PathParams): string {
  if (!segment.startsWith(':') && !segment.startsWith('*')) return segment;
  const value = params[segment.slice(1)];
  invariant(value !== undefined && value !== '', `the address of ${route} needs ${segment.slice(1)}`);
  return segment.startsWith('*') ? segmentsOf(value).map(encodeURIComponent).join('/') : encodeURIComponent(value);
}

/** `?a=1&a=2`, in the order of the keys; empty when nothing is set. */
function queryText(query: PathQuery): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) pairs.append(name, one);
  }
  const text = pairs.toString();
  return text === '' ? '' : `?${text}`;
}

/** The address of a public page in a language: `pathTo('fr', 'shop', { slug: 'morel' })` is `/boutiques/morel`. */
export function pathTo(locale: Locale, route: PublicRoute, params: PathParams = {}, query: PathQuery = {}): string {
  const filled = segmentsOf(dictionary[route][locale]).map((segment) => fillSegment(segment, route, params));
  const prefix = locale === unprefixedLocale ? [] : [locale];
  return `/${[...prefix, ...filled].join('/')}${queryText(query)}`;
}

function paramsOf(template: string, segments: readonly string[]): PathParams | undefined {
  const wanted = segmentsOf(template);
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    if (part.startsWith('*')) {
      if (segments.length <= index) return undefined;
      return { ...params, [part.slice(1)]: segments.slice(index).join('/') };
    }
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (part.startsWith(':')) params[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  return wanted.length === segments.length ? params : undefined;
}

export type PublicAddress = { readonly locale: Locale; readonly route: PublicRoute; readonly params: PathParams };

const routes = Object.keys(dictionary).filter((name): name is PublicRoute => name in dictionary);

/** Which page a public address means; `undefined` when it is none of ours. Segments must be decoded already. */
export function addressOf(pathname: string): PublicAddress | undefined {
  const segments = segmentsOf(pathname);
  const first = segments[0];
  const prefixed = isLocale(first) && first !== unprefixedLocale;
  const locale = prefixed ? first : unprefixedLocale;
  const rest = prefixed ? segments.slice(1) : segments;
  for (const route of routes) {
    const params = paramsOf(dictionary[route][locale], rest);
    if (params) return { locale, route, params };
  }
  return undefined;
}

/** The same page in every language, for `hreflang` and the language switch. */
export function alternatesOf(route: PublicRoute, params: PathParams = {}, query: PathQuery = {}): Readonly<Record<Locale, string>> {
  const [fr, en] = locales.map((locale) => pathTo(locale, route, params, query));
  return { fr: fr ?? '/', en: en ?? '/' };
}

/** The folder path that renders an address (English names, language first). */
export function internalPath({ locale, route, params }: PublicAddress): string {
  const filled = segmentsOf(dictionary[route].en).map((segment) => fillSegment(segment, route, params));
  return `/${[locale, ...filled].join('/')}`;
}
