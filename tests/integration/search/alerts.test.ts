import { eq, ne } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { citySettings, messages, offers, shops, stockAlerts, stockLevels } from '@/db/schema';
import { askToBeTold, confirmAlert, getAlert, stopAlert, tellWaiting } from '@/lib/alerts';
import { DAY, plusMs, type CategoryId, type Instant, type ListingId } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { listProposals, proposeShop, seeProposal } from '@/lib/proposals';
import { systemIds, token } from '@/lib/platform/ids';
import { readStage } from '@/lib/shops';
import { given, portsAt, wednesdayMorning } from '../../support/builders';
import { whileOff } from '../../support/switched-off';

const email = () => `${crypto.randomUUID()}@example.org`;
const mailsTo = async (recipient: string) =>
  (await reader().select().from(messages).where(eq(messages.recipient, recipient))).map(({ kind }) => kind).toSorted();
const tokenOf = async (recipient: string) =>
  (await reader().select().from(stockAlerts).where(eq(stockAlerts.email, recipient)))[0]?.token ?? '';
const round = (later = 0) => tellWaiting(portsAt(plusMs(wednesdayMorning, later)));
const word = () => Array.from(crypto.getRandomValues(new Uint8Array(14)), (byte) => String.fromCharCode(97 + (byte % 26))).join('');

let categoryId: CategoryId;
beforeAll(async () => {
  categoryId = await given.category();
});

test('whoever waits for a thing is asked once, told once when it can be had, and then left alone', async () => {
  const loaf = await given.offer({ shop: await given.shop(), stock: 0, listing: await given.listing({ title: word(), categoryId }) });
  const to = email();
  for (const _ of [1, 2]) await askToBeTold({ email: to, locale: 'fr', listingId: loaf.listingId }, portsAt());
  await round();
  await round();
  expect(await mailsTo(to)).toEqual(['alert-confirm']);

  await reader().update(stockLevels).set({ onHand: 3 }).where(eq(stockLevels.offerId, loaf.offerId));
  await round();
  expect(await mailsTo(to)).toEqual(['alert-confirm']); // nobody said yes

  await reader().update(stockLevels).set({ onHand: 0 }).where(eq(stockLevels.offerId, loaf.offerId));
  const token = await tokenOf(to);
  await confirmAlert(token, portsAt());
  await round();
  expect([await mailsTo(to), (await getAlert(token))?.state]).toEqual([['alert-confirm'], 'waiting']);

  await reader().update(stockLevels).set({ onHand: 3 }).where(eq(stockLevels.offerId, loaf.offerId));
  await round();
  await round();
  expect([await mailsTo(to), (await getAlert(token))?.state]).toEqual([['alert-confirm', 'alert-found'], 'told']);
});

test('a search that found nothing tells when it finds something', async () => {
  const [to, words] = [email(), word()];
  await askToBeTold({ email: to, locale: 'en', words }, portsAt());
  await round();
  await confirmAlert(await tokenOf(to), portsAt());
  await round();
  expect(await mailsTo(to)).toEqual(['alert-confirm']);
  await given.offer({ shop: await given.shop(), listing: await given.listing({ title: words, categoryId }) });
  await new Promise((resolve) => setTimeout(resolve, 400));
  await round();
  expect(await mailsTo(to)).toEqual(['alert-confirm', 'alert-found']);
});

test('a hundred who wait in vain do not hide whoever asked after them', async () => {
  const [gone, there] = await Promise.all([given.listing({ title: word(), categoryId }), given.listing({ title: word(), categoryId })]);
  const shop = await given.shop();
  await given.offer({ shop, stock: 0, listing: gone });
  await given.offer({ shop, listing: there });
  const waiting = (listingId: ListingId, to: string, askedAt: Instant) =>
    ({ token: token(), listingId, email: to, locale: 'fr', askedAt, confirmMailedAt: askedAt, confirmedAt: askedAt }) as const;
  const to = email();
  const earlier = plusMs(wednesdayMorning, -DAY);
  await reader()
    .insert(stockAlerts)
    .values([
      ...Array.from({ length: 100 }, () => waiting(gone.listingId, email(), earlier)),
      waiting(there.listingId, to, wednesdayMorning),
    ]);
  await round();
  await round();
  expect(await mailsTo(to)).toEqual(['alert-found']);
  await reader().delete(stockAlerts).where(eq(stockAlerts.listingId, gone.listingId));
});

test('an address that stops, or never says yes, is forgotten', async () => {
  const [stopped, silent] = [email(), email()];
  for (const to of [stopped, silent]) await askToBeTold({ email: to, locale: 'fr', words: word() }, portsAt());
  await stopAlert(await tokenOf(stopped));
  expect(await tokenOf(stopped)).toBe('');
  await round();
  expect(await tokenOf(silent)).not.toBe('');
  await round(3 * DAY);
  expect(await tokenOf(silent)).toBe('');
  expect(await mailsTo(stopped)).toEqual([]);
});

test('nobody’s mailbox is filled by somebody else', async () => {
  const to = email();
  const asked = [];
  for (let at = 0; at < 12; at += 1) asked.push(await askToBeTold({ email: to, locale: 'fr', words: `${word()} ${at}` }, portsAt()));
  expect(asked.filter((one) => one.ok)).toHaveLength(10);
  expect(asked.at(-1)).toEqual({ ok: false, error: { kind: 'too-many-alerts', most: 10 } });
  expect(await askToBeTold({ email: to, locale: 'fr' }, portsAt())).toMatchObject({ ok: false, error: { kind: 'nothing-to-wait-for' } });
});

/** Sets from how many on each stage begins: `opening` and `city` as shops and products. */
const stagesFrom = (opening: readonly [number, number], full: readonly [number, number]) =>
  reader().update(citySettings).set({ openingShops: opening[0], openingProducts: opening[1], cityShops: full[0], cityProducts: full[1] });

test('the city is at the stage that both its shops and its products have reached; windows, drafts and empty shelves count for nothing', async () => {
  const orderable = new Set((await reader().select().from(stockLevels)).filter(({ onHand }) => onHand > 0).map(({ offerId }) => offerId));
  const sold = (await reader().select().from(offers)).filter(({ id }) => orderable.has(id));
  const [live, products] = [await reader().$count(shops, ne(shops.level, 'window')), new Set(sold.map(({ listingId }) => listingId)).size];
  await given.shop({ level: 'window' });
  await given.offer({ shop: await given.shop({ level: 'window' }), listing: await given.listing({ title: word(), categoryId }) });
  await given.offer({ shop: await given.shop(), stock: 0, listing: await given.listing({ title: word(), categoryId }) });
  const stages = [];
  for (const [opening, full] of [
    [
      [live + 2, 0],
      [live + 2, products],
    ],
    [
      [0, products + 1],
      [0, products + 1],
    ],
    [
      [live + 1, products],
      [live + 2, products],
    ],
    [
      [live + 1, products],
      [live + 1, products + 1],
    ],
    [
      [live + 1, products],
      [live + 1, products],
    ],
  ] as const) {
    await stagesFrom(opening, full);
    stages.push(await readStage(reader()));
  }
  expect(stages).toEqual(['soon', 'soon', 'opening', 'opening', 'full']);
  await expect(stagesFrom([2, 0], [1, 0]), 'a stage never begins after the next').rejects.toThrow();
});

test('whoever waits for the city to open confirms, is told once on that day and by one mail, and those who stopped or never said yes are not', async () => {
  const [told, silent, stopped] = [email(), email(), email()];
  for (const to of [told, told, silent, stopped]) await askToBeTold({ email: to, locale: 'fr', opening: true }, portsAt());
  const live = await reader().$count(shops, ne(shops.level, 'window'));
  await stagesFrom([live + 1, 0], [live + 1, 0]);
  await round();
  expect((await mailsTo(told)).concat(await mailsTo(silent))).toEqual(['alert-opening-confirm', 'alert-opening-confirm']);
  for (const to of [told, stopped]) await confirmAlert(await tokenOf(to), portsAt());
  await stopAlert(await tokenOf(stopped));
  await round();
  expect(await mailsTo(told), 'the city is not open').toEqual(['alert-opening-confirm']);

  await given.shop();
  await round();
  await round();
  expect([await mailsTo(told), await mailsTo(silent), await mailsTo(stopped)]).toEqual([
    ['alert-opening-confirm', 'alert-opening-found'],
    ['alert-opening-confirm'],
    ['alert-opening-confirm'],
  ]);
  expect(await getAlert(await tokenOf(told))).toMatchObject({ kind: 'opening', state: 'told' });
  await round(8 * DAY);
  expect(await tokenOf(told), 'the address is forgotten').toBe('');
});

test('a shop that is proposed twice is two wishes for one shop; read by the city it is off the list and still counted', async () => {
  const operator = { kind: 'operator', personId: systemIds.make('person'), role: 'admin' } as const;
  const name = word();
  const propose = (as: string) => proposeShop({ name: as, street: 'rue Brocherie', words: '' }, portsAt());
  const listed = async () => (await listProposals(operator)).filter((one) => one.name === `Chez ${name}`);
  for (const as of [`Chez ${name}`, `CHEZ  ${name} !`]) expect(await propose(as)).toMatchObject({ ok: true });
  const [proposal] = await listed();
  expect(proposal).toMatchObject({ wishes: 2, street: 'rue Brocherie' });
  await seeProposal(operator, proposal?.key ?? '', portsAt());
  await propose(`Chez ${name}`);
  expect(await listed()).toEqual([]);
});

test('switched off by the city nobody new is noted and nothing is told; whoever waits is told once it is on again', async () => {
  const loaf = await given.offer({ shop: await given.shop(), listing: await given.listing({ title: word(), categoryId }) });
  const [to, late] = [email(), email()];
  await askToBeTold({ email: to, locale: 'fr', listingId: loaf.listingId }, portsAt());
  await confirmAlert(await tokenOf(to), portsAt());
  await whileOff('alerts', async () => {
    expect(await askToBeTold({ email: late, locale: 'fr', listingId: loaf.listingId }, portsAt())).toMatchObject({
      error: { kind: 'module-off' },
    });
    await round();
    expect(await mailsTo(to)).toEqual([]);
  });
  await round();
  expect(await mailsTo(to)).toEqual(['alert-found']);
});
