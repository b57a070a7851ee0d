import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../../support/browser';
import { repositoryFiles } from '../../support/source-files';
import {
  basketInCheckout,
  basketOfThreeShops,
  carryBasket,
  demoPeople,
  mailInMailbox,
  orderToPay,
  SHOP,
  stillLife,
} from '../../support/still-life';

type Life = Awaited<ReturnType<typeof stillLife>>;
type Visit = string | ((life: Life) => string | Promise<string>);

/**
 * Every page there is, by its folder below `app`, and where to see it. A page without a line here fails the first test.
 * `prepare` says what the browser must carry.
 */
const storefront: Readonly<Record<string, readonly Visit[]>> = {
  '': ['/', '/en'],
  '/[...rest]': ['/nulle-part'],
  '/accessibility': ['/accessibilite'],
  '/basket': ['/panier'],
  '/checkout': ['/commande'],
  '/checkout/payment/[token]': [async () => `/commande/paiement/${await orderToPay()}`],
  '/departments/[...slug]': ['/rayons/epicerie-sucree'],
  '/help': ['/aide'],
  '/join': ['/rejoindre'],
  '/legal-notice': ['/mentions-legales'],
  '/map': ['/plan'],
  '/p/[slugId]': [({ listing }) => listing],
  '/pickup/[token]': [({ pickup }) => pickup],
  '/privacy': ['/confidentialite'],
  '/ranking': ['/classement'],
  '/report': ['/signaler'],
  '/search': ['/recherche?q=cafeti%C3%A8re+italienne', '/en/search?q=zzzz'],
  '/shops': ['/boutiques'],
  '/shops/[slug]': [`/boutiques/${SHOP}`],
  '/sign-in': ['/connexion', '/connexion?sent=1'],
  '/terms': ['/cgv'],
  '/track/[token]': [({ track }) => track],
  '/withdrawal': ['/retractation'],
};
const shopper: Readonly<Record<string, readonly Visit[]>> = { '/account': ['/compte'] };
const desk = `/merchant/${SHOP}`;
const merchant: Readonly<Record<string, readonly Visit[]>> = {
  '': ['/merchant'],
  '/[shop]': [desk],
  '/[shop]/counter': [`${desk}/counter`],
  '/[shop]/counter/[sub]': [({ counterPart }) => counterPart],
  '/[shop]/handover': [`${desk}/handover`],
  '/[shop]/settings': [`${desk}/settings`],
  '/[shop]/stock': [`${desk}/stock`],
};
const admin: Readonly<Record<string, readonly Visit[]>> = {
  '': ['/admin'],
  '/mailbox': ['/admin/mailbox'],
  '/mailbox/[id]': [mailInMailbox],
  '/orders': ['/admin/orders'],
  '/orders/[id]': [({ order }) => order],
  '/shops': ['/admin/shops'],
};

/** The folder of a page as it is named above: groups in brackets are no part of an address. */
const pagesBelow = (room: string): readonly string[] =>
  repositoryFiles()
    .filter((file) => file.startsWith(`${room}/`) && file.endsWith('/page.tsx'))
    .map((file) => file.slice(room.length, -'/page.tsx'.length).replaceAll(/\/\([^)]+\)/gu, ''))
    .toSorted();

test('every page of the route tree is looked at', () => {
  expect(Object.keys({ ...storefront, ...shopper }).toSorted()).toEqual(pagesBelow('app/[locale]'));
  expect(Object.keys(merchant).toSorted()).toEqual(pagesBelow('app/merchant'));
  expect(Object.keys(admin).toSorted()).toEqual(pagesBelow('app/admin'));
  const others = repositoryFiles().filter((file) => /^app\/(?!\[locale\]\/|merchant\/|admin\/).*\/page\.tsx$/u.test(file));
  expect(others, 'a room of its own').toEqual([]);
});

/** The rules that a change of colours alone can break. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** What axe says of the page as it is: all rules, or those of colours only. */
async function complaintsOf(page: Page, what: string, rules?: readonly string[]): Promise<readonly string[]> {
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (rules ? builder.withRules([...rules]) : builder).analyze();
  return violations.map(({ id, nodes }) => `${page.url()} ${what}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Wide and narrow, by day and by night. */
async function look(page: Page, address: string): Promise<readonly string[]> {
  await page.setViewportSize({ width: 1340, height: 900 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const answer = await page.goto(address);
  expect(answer?.status(), address).toBe(address === '/nulle-part' ? 404 : 200);
  // Nothing runs in the frame around a mail, axe neither: it would wait for ever. What is looked at is our page.
  for (const frame of await page.locator('iframe').all()) await frame.evaluate((element) => element.remove());
  const complaints = [...(await complaintsOf(page, 'wide'))];
  await page.emulateMedia({ colorScheme: 'dark' });
  complaints.push(...(await complaintsOf(page, 'wide by night', ofColours)));
  await page.setViewportSize({ width: 390, height: 844 });
  complaints.push(...(await complaintsOf(page, 'narrow by night', ofColours)));
  await page.emulateMedia({ colorScheme: 'light' });
  complaints.push(...(await complaintsOf(page, 'narrow')));
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
  const { '/basket': basket = [], '/checkout': checkout = [], ...others } = storefront;
  const complaints = [...(await lookAtAll(page, { basket, checkout, ...others }))]; // the empty ones
  await carryBasket(context, baseURL ?? '', (await basketOfThreeShops()).token);
  complaints.push(...(await lookAtAll(page, { basket })));
  await carryBasket(context, baseURL ?? '', await basketInCheckout());
  complaints.push(...(await lookAtAll(page, { checkout })));
  expect(complaints).toEqual([]);
});

for (const [as, pages] of [
  ['shopper', shopper],
  ['shop', merchant],
  ['city', admin],
] as const) {
  test(`axe finds nothing on any page signed in as the ${as}`, async ({ page, signIn }) => {
    await signIn(demoPeople[as], '/');
    expect(await lookAtAll(page, pages)).toEqual([]);
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
  const {
    '': home = [],
    '/search': search = [],
    '/p/[slugId]': listing = [],
    '/basket': basket = [],
    '/checkout': checkout = [],
  } = storefront;
  const complaints = [...(await lookAtAll(page, { home, search, listing }))];
  expect(await page.locator('script').count(), 'no script is left').toBe(0);
  await carryBasket(context, baseURL ?? '', await basketInCheckout());
  complaints.push(...(await lookAtAll(page, { basket, checkout, payment: storefront['/checkout/payment/[token]'] ?? [] })));
  expect(complaints).toEqual([]);
});
