import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { readBaseUrl, readOptions } from './arguments';
import type { Command } from './command';
import { complain, say, sayJson } from './command';
import { sentenceOf } from './sentence';
import type { Client, Page } from './shopping/client';
import { FailedStep, openClient } from './shopping/client';
import { amountsIn } from './shopping/html';
import { readMail } from './shopping/mailbox';
import type { ShownOffer } from './shopping/purchase';
import { addToBasket, enterCheckout, offersOn, pay, placeOrder, shownListings } from './shopping/purchase';
import type { TrackedOrder } from './shopping/tracking';
import { readTracking } from './shopping/tracking';

const SHOPS = 3;

type Report = Record<string, unknown>;

export const smoke: Command = {
  summary: 'Buys from three shops of a running site, by forms over plain HTTP, and checks what happened.',
  usage: [
    'Usage: npm run --silent halles -- smoke --base-url URL [--city-link URL] [--json]',
    '',
    '  --base-url    address of the site, which pays by the demo bank',
    '  --city-link   a one-click sign-in link of the city, to read the mail; made here when the site uses the database of this folder',
    '',
    'Checks the three sub-orders, their totals to the cent, the stock taken and the mail. Exit codes: 0 all is well, 1 the step that failed.',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { 'base-url': 'text', 'city-link': 'text', json: 'switch' });
    const baseUrl = readBaseUrl(options.required('base-url'));
    const report: Report = {};
    try {
      await buyAndCheck(baseUrl, options.text('city-link'), report);
      if (options.has('json')) sayJson({ ok: true, ...report });
      else
        say(`All is well: ${String(report['order'])}, ${SHOPS} shops, ${String(report['totalMinor'])} cents, stock taken, mail written.`);
      return 0;
    } catch (error) {
      const step = error instanceof FailedStep ? error.step : 'connection';
      const reason = error instanceof TypeError && error.message === 'fetch failed' ? `${baseUrl} does not answer` : sentenceOf(error);
      if (options.has('json')) sayJson({ ok: false, step, reason, ...report });
      complain(`The step "${step}" failed: ${reason}.`.replace('..', '.'));
      return 1;
    }
  },
};

async function buyAndCheck(baseUrl: string, cityLink: string | undefined, report: Report): Promise<void> {
  const client = openClient(baseUrl);
  const ready = await client.get('/api/ready');
  if (ready.status !== 200) throw new FailedStep('ready', `/api/ready answered ${ready.status}`);

  const chosen = await fillBasket(client);
  report['shops'] = chosen.map(({ shopName }) => shopName);
  const buyer = { email: `essai-${randomBytes(5).toString('hex')}@exemple.fr`, name: 'Camille Essai' };
  const payment = await placeOrder(client, await enterCheckout(client), buyer);
  const tracking = await pay(client, payment);
  const order = readTracking(tracking);
  Object.assign(report, { order: order.number, totalMinor: order.totalMinor, subOrders: order.subOrders });

  checkParts(order, chosen);
  checkTotals(order, chosen, payment);
  report['stock'] = await checkStock(client, chosen);
  const mail = await readMail(openClient(baseUrl), cityLink ?? (await ownCityLink(baseUrl)), buyer.email);
  checkMail(mail, order);
  report['mail'] = { to: buyer.email, checked: true };
}

/** One offer each of three shops, from three listing pages; enough on the shelf that nobody else is disturbed. */
async function fillBasket(client: Client): Promise<readonly ShownOffer[]> {
  const chosen: ShownOffer[] = [];
  for await (const { page, offers } of shownListings(client)) {
    const offer = offers.find(({ shopName, stock }) => stock >= 3 && chosen.every((other) => other.shopName !== shopName));
    if (offer === undefined || chosen.some(({ listingPath }) => listingPath === offer.listingPath)) continue;
    const after = await addToBasket(client, page, offer.offerId);
    if (after.status !== 200) throw new FailedStep('add', `adding "${offer.title}" answered ${after.status}`);
    chosen.push(offer);
    if (chosen.length === SHOPS) return chosen;
  }
  throw new FailedStep('search', `offers of ${SHOPS} different shops were not found, only of ${chosen.length}`);
}

function checkParts(order: TrackedOrder, chosen: readonly ShownOffer[]): void {
  const shops = order.subOrders.map(({ shopName }) => shopName).toSorted();
  const wanted = chosen.map(({ shopName }) => shopName).toSorted();
  if (`${shops}` !== `${wanted}`)
    throw new FailedStep('sub-orders', `bought from ${wanted.join('; ')}, but the order has parts of ${shops.join('; ')}`);
  const numbers = order.subOrders.map(({ number }) => number).toSorted();
  const expectedNumbers = chosen.map((_, index) => `${order.number}-${index + 1}`);
  if (`${numbers}` !== `${expectedNumbers}`) throw new FailedStep('sub-orders', `the parts are numbered ${numbers.join(', ')}`);
}

/** To the cent: each line what its listing said, each part its lines and delivery, the order its parts, the payment the order. */
function checkTotals(order: TrackedOrder, chosen: readonly ShownOffer[], payment: Page): void {
  const euros = (minor: number): string => (minor / 100).toFixed(2);
  const deliveries = order.subOrders.map(({ number, lines, totalMinor, shopName }) => {
    const offer = chosen.find((one) => one.shopName === shopName);
    const goods = lines.reduce((sum, line) => sum + line.totalMinor, 0);
    if (offer === undefined || lines.length !== 1 || goods !== offer.priceMinor) {
      throw new FailedStep('totals', `the lines of ${number} come to ${euros(goods)}, the listing said ${euros(offer?.priceMinor ?? 0)}`);
    }
    if (totalMinor < goods) throw new FailedStep('totals', `${number} is worth ${euros(totalMinor)}, less than its lines ${euros(goods)}`);
    return totalMinor - goods;
  });
  const goods = chosen.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
  const delivery = deliveries.reduce((sum, one) => sum + one, 0);
  if (goods + delivery !== order.totalMinor) {
    throw new FailedStep(
      'totals',
      `goods ${euros(goods)} and delivery ${euros(delivery)} do not come to the total ${euros(order.totalMinor)}`,
    );
  }
  if (!amountsIn(payment.text).includes(order.totalMinor))
    throw new FailedStep('totals', `the payment page did not ask for ${euros(order.totalMinor)}`);
}

const STOCK_PATIENCE_MS = 6_000;

/** Each shelf has at least one less: others may buy meanwhile. */
async function checkStock(client: Client, chosen: readonly ShownOffer[]): Promise<readonly object[]> {
  return Promise.all(
    chosen.map(async ({ listingPath, offerId, stock, title }) => {
      for (const deadline = Date.now() + STOCK_PATIENCE_MS; ; await pause(500)) {
        const after = offersOn(await client.get(listingPath)).find((offer) => offer.offerId === offerId)?.stock ?? 0;
        if (after <= stock - 1) return { title, before: stock, after };
        if (Date.now() > deadline) throw new FailedStep('stock', `"${title}" had ${stock} before and has ${after} after one was bought`);
      }
    }),
  );
}

function checkMail(mail: Page, order: TrackedOrder): void {
  const missing = [order.number, ...order.subOrders.map(({ shopName }) => shopName)].filter(
    (words) => !mail.text.includes(words.replaceAll('\u00a0', ' ')),
  );
  if (missing.length > 0) throw new FailedStep('mail', `the confirmation does not name ${missing.join(', ')}`);
  if (!amountsIn(mail.text).includes(order.totalMinor)) throw new FailedStep('mail', 'the confirmation does not state the total');
}

/** The site shares this folder's database: then a link of the city can be made here. */
async function ownCityLink(baseUrl: string): Promise<string> {
  try {
    const [{ createSignInLink }, { closeDatabase }, { simulationDemoPeople }] = await Promise.all([
      import('@/lib/identity'),
      import('@/lib/platform/database'),
      import('@/lib/simulation'),
    ]);
    const link = await createSignInLink({ email: simulationDemoPeople.city, callbackPath: '/admin/mailbox', baseUrl });
    await closeDatabase();
    return link;
  } catch (error) {
    throw new FailedStep('mail', `no sign-in link of the city could be made here (${sentenceOf(error)}): pass one by --city-link`);
  }
}
