import type { Page } from '@playwright/test';
import { addressOf, pathTo } from '@/lib/kernel';
import { complaintsOfAxe, ofColours } from '../../support/axe';
import { expect, test } from '../../support/browser';
import { runSheet } from '../../support/run';
import { repositoryFiles } from '../../support/source-files';
import {
  basketInCheckout,
  basketOfThreeShops,
  carryBasket,
  demoPeople,
  fileToImport,
  mailInMailbox,
  networkToRule,
  orderToPay,
  ownProduct,
  requestWithOffer,
  SHOP,
  stillLife,
  voucherSeries,
} from '../../support/still-life';

type Life = Awaited<ReturnType<typeof stillLife>>;
type Visit = string | ((life: Life) => string | Promise<string>);
type Visits = Readonly<Record<string, readonly Visit[]>>;

/**
 * Where pages are seen that cannot be found by their folder below `app` alone, or that have more than one face. Any other page is visited
 * at its own address; a page with a parameter that has no line here fails the first test.
 */
const storefront: Visits = {
  '': ['/', '/en'],
  '/[...rest]': ['/nulle-part'],
  '/checkout/payment/[token]': [async () => `/commande/paiement/${await orderToPay()}`],
  '/departments/[...slug]': ['/rayons/epicerie-sucree'],
  '/p/[slugId]': [({ listing }) => listing],
  '/pickup/[token]': [({ pickup }) => pickup],
  '/requests/[id]': [requestWithOffer],
  '/return/[token]': [({ startReturn }) => startReturn, ({ returnForm }) => returnForm, ({ returnPass }) => returnPass],
  '/run/[token]': [async () => `/tournee/${await runSheet()}`],
  '/search': ['/recherche?q=cafeti%C3%A8re+italienne', '/en/search?q=zzzz'],
  '/shops/[slug]': [`/boutiques/${SHOP}`],
  '/sign-in': ['/connexion', '/connexion?sent=1'],
  '/track/[token]': [({ track }) => track],
};
const merchant: Visits = {
  '/[...rest]': ['/merchant/nulle/part'],
  '/[shop]/counter/[sub]': [({ counterPart }) => counterPart],
  '/[shop]/products/[id]': [ownProduct],
  '/[shop]/products/new': [`/merchant/${SHOP}/products/new?gtin=3017620422003`],
  '/[shop]/stock/import/[id]': [fileToImport],
  '/network/[id]': [networkToRule],
  '/network/[id]/team': [async () => `${await networkToRule()}/team`],
};
const admin: Visits = {
  '/[...rest]': ['/admin/nulle/part'],
  '/mailbox/[id]': [mailInMailbox],
  '/orders/[id]': [({ order }) => order],
  '/vouchers/[id]': [voucherSeries],
};

/** Storefront pages that only somebody signed in is shown. */
const isOwn = (page: string): boolean => page.startsWith('/account');

/** The folder of a page as it is named above: groups in brackets are no part of an address. */
const pagesBelow = (room: string): readonly string[] =>
  repositoryFiles()
    .filter((file) => file.startsWith(`${room}/`) && file.endsWith('/page.tsx'))
    .map((file) => file.slice(room.length, -'/page.tsx'.length).replaceAll(/\/\([^)]+\)/gu, ''))
    .toSorted();

const rooms = {
  storefront: { pages: pagesBelow('app/[locale]'), visits: storefront },
  merchant: { pages: pagesBelow('app/merchant'), visits: merchant },
  admin: { pages: pagesBelow('app/admin'), visits: admin },
} as const;

/** A page's own address, in French; undefined when its folder does not tell it. */
function ownAddress(room: keyof typeof rooms, page: string): string | undefined {
  const path = room === 'merchant' ? page.replace('/[shop]', `/${SHOP}`) : page;
  if (path.includes('[')) return undefined;
  if (room !== 'storefront') return `/${room}${path}`;
  const address = addressOf(`/en${path}`);
  return address && pathTo('fr', address.route, address.params);
}

/** Where to see each page of a room, those of one kind only. */
function visitsTo(room: keyof typeof rooms, wanted: (page: string) => boolean = () => true): Visits {
  const { pages, visits } = rooms[room];
  return Object.fromEntries(
    pages.filter(wanted).map((page): [string, readonly Visit[]] => {
      const own = ownAddress(room, page);
      return [page, visits[page] ?? (own === undefined ? [] : [own])];
    }),
  );
}

test('every page of the route tree is looked at', () => {
  for (const room of ['storefront', 'merchant', 'admin'] as const) {
    const unseen = Object.entries(visitsTo(room)).filter(([, visits]) => visits.length === 0);
    expect(
      unseen.map(([page]) => page),
      `pages of ${room} that need a line in this file`,
    ).toEqual([]);
    expect(
      Object.keys(rooms[room].visits).filter((page) => !rooms[room].pages.includes(page)),
      'lines for pages that are gone',
    ).toEqual([]);
  }
  const others = repositoryFiles().filter((file) => /^app\/(?!\[locale\]\/|merchant\/|admin\/).*\/page\.tsx$/u.test(file));
  expect(others, 'a room of its own').toEqual([]);
});

/** What axe says of the page as it is: all rules, or those of colours only. */
async function complaintsOf(page: Page, what: string, rules?: readonly string[]): Promise<readonly string[]> {
  return (await complaintsOfAxe(page, rules)).map(({ rule, elements }) => `${page.url()} ${what}: ${rule}: ${elements.join(', ')}`);
}

/**
 * Each width and each scheme is looked at once. `LOOKS_THOROUGH=1` adds the crossings, where only colours of a width of their own could
 * differ: before a change of tokens or of breakpoints is landed.
 */
const views: readonly (readonly [what: string, width: number, colorScheme: 'light' | 'dark', rules?: readonly string[]])[] = [
  ['wide', 1340, 'light'],
  ['narrow by night', 390, 'dark'],
  ...(process.env['LOOKS_THOROUGH'] === undefined
    ? []
    : ([
        ['narrow', 390, 'light'],
        ['wide by night', 1340, 'dark', ofColours],
      ] as const)),
];

/** Wide and narrow, by day and by night. */
async function look(page: Page, address: string): Promise<readonly string[]> {
  await page.setViewportSize({ width: 1340, height: 900 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const answer = await page.goto(address);
  expect(answer?.status(), address).toBe(/\/nulle.part$/u.test(address) ? 404 : 200);
  // A page that hears news reads itself again; its title is away for that moment.
  await expect(page, address).toHaveTitle(/./u);
  // Nothing runs in the frame around a mail, axe neither: it would wait for ever. What is looked at is our page.
  for (const frame of await page.locator('iframe').all()) await frame.evaluate((element) => element.remove());
  const complaints: string[] = [];
  for (const [what, width, colorScheme, rules] of views) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    complaints.push(...(await complaintsOf(page, what, rules)));
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    if (needed > width) complaints.push(`${page.url()} ${what}: the page is ${needed} wide`);
  }
  return complaints;
}

async function lookAtAll(page: Page, pages: Readonly<Record<string, readonly Visit[]>>): Promise<readonly string[]> {
  const life = await stillLife();
  const complaints: string[] = [];
  for (const visit of Object.values(pages).flat()) {
    complaints.push(...(await look(page, typeof visit === 'string' ? visit : await visit(life))));
  }
  return complaints;
}

test('axe finds nothing on any page a shopper sees', async ({ page, context, baseURL }) => {
  const complaints = [
    ...(await lookAtAll(
      page,
      visitsTo('storefront', (one) => !isOwn(one)),
    )),
  ]; // the basket is empty
  await carryBasket(context, baseURL ?? '', (await basketOfThreeShops()).token);
  complaints.push(...(await lookAtAll(page, { basket: ['/panier'] })));
  await carryBasket(context, baseURL ?? '', await basketInCheckout());
  complaints.push(...(await lookAtAll(page, { checkout: ['/commande'] })));
  expect(complaints).toEqual([]);
});

for (const [as, room, wanted] of [
  ['shopper', 'storefront', isOwn],
  ['shop', 'merchant', () => true],
  ['city', 'admin', () => true],
] as const) {
  test(`axe finds nothing on any page signed in as the ${as}`, async ({ page, signIn }) => {
    await signIn(demoPeople[as], '/');
    expect(await lookAtAll(page, visitsTo(room, wanted))).toEqual([]);
  });
}

/** Pages as a browser without JavaScript shows them: axe is a script itself, so that the page's own are taken out on the way. */
async function withoutScripts(page: Page): Promise<void> {
  await page.route(
    (url) => !url.pathname.startsWith('/_next/'),
    async (route) => {
      if (route.request().resourceType() !== 'document') return route.continue();
      const response = await route.fetch();
      const html = (await response.text()).replaceAll(/<script\b[\s\S]*?<\/script>|<\/?noscript[^>]*>/gu, '');
      return route.fulfill({ response, body: html });
    },
  );
}

test('axe finds nothing on the way to an order, without JavaScript either', async ({ page, context, baseURL }) => {
  await withoutScripts(page);
  const complaints = [...(await lookAtAll(page, { home: ['/'], search: ['/recherche?q=roman'], listing: [({ listing }) => listing] }))];
  expect(await page.locator('script').count(), 'no script is left').toBe(0);
  await carryBasket(context, baseURL ?? '', await basketInCheckout());
  const payment = storefront['/checkout/payment/[token]'] ?? [];
  complaints.push(...(await lookAtAll(page, { basket: ['/panier'], checkout: ['/commande'], payment })));
  expect(complaints).toEqual([]);
});
