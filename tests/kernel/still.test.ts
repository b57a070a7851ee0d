import fc from 'fast-check';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Facets } from '@/components/commerce/facets';
import { ProductCard } from '@/components/commerce/product-card';
import { ShopCard } from '@/components/commerce/shop-card';
import { FilledShopGrid } from '@/components/commerce/shop-strip';
import { WindowCard } from '@/components/commerce/window-card';
import { stillHtml } from '@/components/ui/still-html';
import { instant, minor, moneyOf, parseId } from '@/lib/kernel';
import type { CardView } from '@/lib/search/views';

/** React writes an input's attributes in an order of its own. */
const inOrder = (html: string): string =>
  html.replace(/<(\w+)((?: [\w:-]+="[^"]*")*)/g, (_, name: string, attributes: string) => {
    const sorted = [...attributes.matchAll(/ [\w:-]+="[^"]*"/g)].map(([one]) => one).toSorted();
    return `<${name}${sorted.join('')}`;
  });

/** React asks for early pictures ahead of the markup; the browser's own scanner finds them in it. */
const withoutPreloads = (html: string): string => html.replaceAll(/<link rel="preload"[^>]*>/g, '');

function same(node: ReactNode): void {
  expect(inOrder(stillHtml(node))).toBe(inOrder(withoutPreloads(renderToStaticMarkup(node))));
}

const id = <Kind extends 'listing' | 'offer'>(kind: Kind, text: string) => {
  const read = parseId(kind, text);
  if (read === undefined) throw new Error(text);
  return read;
};
const now = instant(Date.UTC(2026, 10, 25, 10));
const showing = { locale: 'fr', now, timeZone: 'Europe/Paris' } as const;

const card: CardView = {
  listingId: id('listing', `lst_${'0'.repeat(26)}`),
  slugId: `savon-lst_${'0'.repeat(26)}`,
  title: `Savon "d'Alep" <b>& laurier</b>`,
  keyAttribute: undefined,
  family: 'beaute',
  glyph: 'nothing-drawn',
  picture: undefined,
  badge: 'used',
  energy: undefined,
  offer: {
    offerId: id('offer', `off_${'0'.repeat(26)}`),
    shopName: 'L’Étal & Fils',
    price: moneyOf(minor(1_290)),
    quantity: 1,
    salesUnit: 'each',
    unitPrice: { money: moneyOf(minor(6_450)), per: 'kg' },
    promise: { method: 'courier', from: now, to: instant(now + 3_600_000), certainty: 'likely', cost: moneyOf(minor(490)) },
    walkingMinutes: 6,
  },
  isUnique: false,
  otherShops: 3,
  otherShopsFrom: moneyOf(minor(1_140)),
};

test('still markup of our own components is what React would write', () => {
  same(createElement(ProductCard, { card, ...showing }));
  const energy = { letter: 'C', rank: 2, best: 'A', worst: 'G', sheet: undefined };
  same(createElement(ProductCard, { card: { ...card, energy }, ...showing }));
  same(createElement(ProductCard, { card: { ...card, offer: undefined, badge: undefined, otherShops: 0 }, isEarly: true, ...showing }));
  const open = { isOpen: true, changesAt: instant(now + 600_000) };
  const shop = {
    slug: 'x',
    name: '<i>X</i>',
    trade: 'épicerie',
    street: '4 rue',
    phone: '04',
    directions: 'geo:0,0',
    awning: 3,
    open,
    walkingMinutes: 4,
    productCount: 12,
  };
  same(createElement(ShopCard, { shop, ...showing }));
  same(createElement(WindowCard, { shop, number: 2, ...showing }));
  same(createElement(FilledShopGrid, { shops: [shop], ...showing }));
  const values = ['a"b', 'c'].map((value, at) => ({ value, label: value, count: at, isOn: at === 0 }));
  const facets = [
    { name: 'quand', values: [{ value: 'demain', label: '', count: 3, isOn: true }] } as const,
    { name: 'marque', values } as const,
  ];
  same(createElement(Facets, { locale: 'en', action: '/search', facets, kept: [{ name: 'q', value: '<>' }], total: 3, closeHref: '#' }));
});

test('whatever words and attributes say, they stay words', () => {
  const node = fc.letrec<{ node: ReactNode; element: ReactNode }>((tie) => ({
    node: fc.oneof({ maxDepth: 3 }, fc.string(), fc.integer(), fc.constant(null), fc.boolean(), tie('element')),
    element: fc
      .tuple(
        fc.constantFrom('p', 'span', 'li', 'a'),
        fc.record(
          { title: fc.string(), className: fc.string(), 'aria-hidden': fc.boolean(), tabIndex: fc.integer() },
          { requiredKeys: [] },
        ),
        fc.array(tie('node'), { maxLength: 3 }),
      )
      .map(([type, properties, children]) => createElement(type, properties, ...children)),
  })).node;
  fc.assert(
    fc.property(node, (one) => same(one)),
    { numRuns: 300 },
  );
});

test('what would be dead in the page is refused', () => {
  expect(() => stillHtml(createElement('form', { action: () => {} }))).toThrow('acts in the browser');
  expect(() => stillHtml(createElement('button', { onClick: () => {} }))).toThrow('acts in the browser');
  expect(() => stillHtml(createElement(async () => 'late'))).toThrow('awaited');
});
