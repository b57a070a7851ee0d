import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, signInLinkFor, test } from '../../support/browser';
import { root } from '../../support/source-files';
import { basketInCheckout, carryBasket, demoPeople, SHOP, stillLife } from '../../support/still-life';

type Weights = {
  readonly html: number;
  readonly styles: number;
  readonly scripts: number;
  readonly ownScripts: number;
  readonly fonts: readonly number[];
};

const compressed = (body: Buffer): number => gzipSync(body).byteLength / 1000;
const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);

/** The scripts every page of Next has, whatever is on it. */
function frameworkFiles(): ReadonlySet<string> {
  const manifest: { readonly rootMainFiles: readonly string[] } = JSON.parse(readFileSync(join(root, '.next/build-manifest.json'), 'utf8'));
  return new Set(manifest.rootMainFiles.map((file) => `/_next/${file}`));
}

/** What a first visit costs in kilobytes, compressed; fonts as they are. */
async function weigh(page: Page, path: string): Promise<Weights> {
  const framework = frameworkFiles();
  const parts: { readonly kind: string; readonly file: string; readonly weight: number }[] = [];
  const reading: Promise<void>[] = [];
  const read = (response: Awaited<ReturnType<Page['waitForResponse']>>): void => {
    const kind = response.request().resourceType();
    if (!['document', 'stylesheet', 'script', 'font'].includes(kind) || response.status() >= 300) return;
    reading.push(
      response.body().then((body) => {
        parts.push({ kind, file: new URL(response.url()).pathname, weight: kind === 'font' ? body.byteLength / 1000 : compressed(body) });
      }),
    );
  };
  page.on('response', read);
  await page.goto(path, { waitUntil: 'load' });
  await Promise.all(reading);
  page.off('response', read);
  const of = (kind: string) => parts.filter((part) => part.kind === kind);
  const scripts = of('script');
  return {
    html: sum(of('document').map(({ weight }) => weight)),
    styles: sum(of('stylesheet').map(({ weight }) => weight)),
    scripts: sum(scripts.map(({ weight }) => weight)),
    ownScripts: sum(scripts.filter(({ file }) => !framework.has(file)).map(({ weight }) => weight)),
    fonts: of('font').map(({ weight }) => weight),
  };
}

type Budget = {
  readonly page: string | ((life: Awaited<ReturnType<typeof stillLife>>) => string);
  readonly scripts: number;
  readonly own: number;
  readonly html: number;
  readonly as?: keyof typeof demoPeople;
  readonly basket?: true;
};

const budgets: readonly Budget[] = [
  { page: '/', scripts: 140, own: 25, html: 40 },
  { page: '/recherche?q=cafeti%C3%A8re+italienne', scripts: 140, own: 25, html: 40 },
  { page: ({ listing }) => listing, scripts: 140, own: 25, html: 40 },
  { page: `/boutiques/${SHOP}`, scripts: 140, own: 25, html: 40 },
  { page: '/panier', scripts: 140, own: 30, html: 40, basket: true },
  { page: '/commande', scripts: 150, own: 35, html: 35, basket: true },
  { page: ({ track }) => track, scripts: 140, own: 20, html: 25 },
  { page: ({ pickup }) => pickup, scripts: 140, own: 20, html: 25 },
  { page: `/merchant/${SHOP}/counter`, scripts: 180, own: 70, html: 20, as: 'shop' },
  { page: `/merchant/${SHOP}/stock`, scripts: 200, own: 80, html: 40, as: 'shop' },
  { page: '/admin', scripts: 240, own: 110, html: 60, as: 'city' },
  { page: '/admin/orders', scripts: 240, own: 110, html: 60, as: 'city' },
];

test('no page is heavier than a first visit may be', async ({ browser, baseURL }) => {
  test.setTimeout(120_000);
  const life = await stillLife();
  const tooHeavy: string[] = [];
  for (const { page: wanted, scripts, own, html, as, basket } of budgets) {
    const path = typeof wanted === 'string' ? wanted : wanted(life);
    const context = await browser.newContext({ baseURL: baseURL ?? '' }); // nothing is cached: a first visit
    const page = await context.newPage();
    if (as !== undefined) await page.goto(await signInLinkFor(demoPeople[as], baseURL ?? ''));
    if (basket) await carryBasket(context, baseURL ?? '', await basketInCheckout());
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
    const weighed = await weigh(page, path);
    const over = (what: string, weight: number, most: number) =>
      weight > most && tooHeavy.push(`${path}: ${what} weighs ${weight.toFixed(1)} kB, ${most} allowed`);
    over('HTML', weighed.html, html);
    over('CSS', weighed.styles, 30);
    over('script', weighed.scripts, scripts);
    over('our own script', weighed.ownScripts, own);
    over('fonts', sum(weighed.fonts), 80);
    over('the number of fonts', weighed.fonts.length, as === 'city' ? 3 : 2);
    await context.close();
  }
  expect(tooHeavy).toEqual([]);
});
