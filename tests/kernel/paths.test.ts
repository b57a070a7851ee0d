import { expect, test } from 'vitest';
import { addressOf, alternatesOf, internalPath, pathTo } from '@/lib/kernel';

test('French addresses carry no prefix, the others do', () => {
  expect(pathTo('fr', 'home')).toBe('/');
  expect(pathTo('en', 'home')).toBe('/en');
  expect(pathTo('fr', 'shop', { slug: 'quincaillerie-morel' })).toBe('/boutiques/quincaillerie-morel');
  expect(pathTo('en', 'shop', { slug: 'quincaillerie-morel' })).toBe('/en/shops/quincaillerie-morel');
});

test('an address leads back to the page it was made for', () => {
  for (const locale of ['fr', 'en'] as const) {
    for (const [route, params] of [
      ['home', {}],
      ['search', {}],
      ['department', { slug: 'epicerie/pates' }],
      ['listing', { slugId: 'moka-lst_1' }],
      ['payment', { token: 'abc' }],
      ['accountPage', { page: 'orders' }],
    ] as const) {
      expect(addressOf(pathTo(locale, route, params))).toEqual({ locale, route, params });
    }
  }
});

test('the English word is no address of the French site, nor a language nobody speaks here', () => {
  expect(addressOf('/search')).toBeUndefined();
  expect(addressOf('/en/recherche')).toBeUndefined();
  expect(addressOf('/de')).toBeUndefined();
  expect(addressOf('/fr/recherche')).toBeUndefined();
});

test('every page is rendered by the folder with its English name', () => {
  const address = addressOf('/commande/paiement/xyz');
  expect(address && internalPath(address)).toBe('/fr/checkout/payment/xyz');
});

test('what is asked for is escaped, repeated and left out when unset', () => {
  expect(pathTo('fr', 'search', {}, { q: 'crème & sel', rayon: ['a', 'b'], page: undefined })).toBe(
    '/recherche?q=cr%C3%A8me+%26+sel&rayon=a&rayon=b',
  );
  expect(alternatesOf('map')).toEqual({ fr: '/plan', en: '/en/map' });
});
