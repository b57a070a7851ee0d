import { expect, test } from '../../support/browser';
import { basketInCheckout, basketOfThreeShops, carryBasket, demoPeople, SHOP, standSomewhere, stillLife } from '../../support/still-life';

type Scene = {
  readonly name: string;
  readonly address: string | ((life: Awaited<ReturnType<typeof stillLife>>) => string);
  readonly as?: keyof typeof demoPeople;
  readonly basket?: 'three-shops' | 'in-checkout';
  /** Also by night. */
  readonly dark?: true;
  /** What differs from run to run for good reason. */
  readonly masked?: string;
};

const scenes: readonly Scene[] = [
  { name: 'home', address: '/', dark: true },
  { name: 'results', address: '/recherche?q=cafeti%C3%A8re+italienne', dark: true },
  { name: 'department', address: '/rayons/epicerie-sucree' },
  { name: 'listing', address: ({ listing }) => listing, dark: true },
  { name: 'shop', address: `/boutiques/${SHOP}` },
  { name: 'map', address: '/plan' },
  { name: 'basket', address: '/panier', basket: 'three-shops', dark: true },
  { name: 'checkout', address: '/commande', basket: 'in-checkout' },
  { name: 'tracking', address: ({ track }) => track },
  { name: 'pickup-pass', address: ({ pickup }) => pickup, masked: '.pass-qr', dark: true },
  { name: 'sign-in', address: '/connexion' },
  { name: 'counter', address: `/merchant/${SHOP}/counter`, as: 'shop', dark: true },
  { name: 'preparation', address: ({ counterPart }) => counterPart, as: 'shop' },
  { name: 'stock', address: `/merchant/${SHOP}/stock`, as: 'shop' },
  { name: 'live', address: '/admin', as: 'city' },
  { name: 'orders', address: '/admin/orders', as: 'city' },
  { name: 'order-360', address: ({ order }) => order, as: 'city', dark: true },
];

for (const { name, address, as, basket, dark, masked } of scenes) {
  test(`${name} looks as it did`, async ({ page, context, signIn, baseURL }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await standSomewhere(context, baseURL ?? '');
    if (basket === 'three-shops') await carryBasket(context, baseURL ?? '', (await basketOfThreeShops()).token);
    if (basket === 'in-checkout') await carryBasket(context, baseURL ?? '', await basketInCheckout());
    const path = typeof address === 'string' ? address : address(await stillLife());
    if (as === undefined) await page.goto(path);
    else await signIn(demoPeople[as], path);
    await page.evaluate(async () => document.fonts.ready);
    const mask = masked === undefined ? [] : [page.locator(masked)];
    await expect(page).toHaveScreenshot(`${name}.png`, { mask });
    if (dark !== true) return;
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(page).toHaveScreenshot(`${name}-dark.png`, { mask });
  });
}
