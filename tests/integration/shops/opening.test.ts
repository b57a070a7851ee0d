import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { instant, metresBetween } from '@/lib/kernel';
import { promisesFor } from '@/lib/promise';
import { whatIsWrongWith, closeUntil, loadShopBook, momentOf, openState, setTakesOrders, takesOrdersAt } from '@/lib/shops';
import { given, grenoble, home, portsAt, wednesdayMorning } from '../../support/builders';

const utc = (text: string) => instant(Date.parse(text));
const said = (moment: number | undefined) => (moment === undefined ? 'never' : new Date(moment).toISOString());

beforeAll(given.city);

test('opening hours are the shop’s clock, summer and winter, holidays off', async () => {
  const { shopId } = await given.shop({ openingHours: 'Mo-Sa 09:00-12:30,14:00-19:00; PH off' });
  const spring = (await loadShopBook(utc('2027-03-26T20:00:00Z'))).get(shopId);
  expect(spring?.openings.slice(0, 3).map(({ from }) => said(from))).toEqual([
    '2027-03-27T08:00:00.000Z', // Saturday, winter time
    '2027-03-27T13:00:00.000Z',
    '2027-03-30T07:00:00.000Z', // Tuesday, summer time: Easter Monday is a holiday
  ]);
});

test('a server anywhere in the world gives the same hours', () => {
  const program = `
    import { openingIntervals } from '@/lib/shops/opening-intervals';
    const place = { timeZone: 'Europe/Paris', country: 'FR', region: 'Auvergne-Rhône-Alpes', latitude: 45.19, longitude: 5.72 };
    console.log(JSON.stringify(openingIntervals('Mo-Sa 09:00-19:00; Th 09:00-20:30; PH off', place, Date.parse('2026-10-23T20:00:00Z'))));`;
  const answers = ['UTC', 'Europe/Paris', 'America/New_York', 'Pacific/Apia', 'Asia/Kolkata'].map((TZ) =>
    execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      env: { ...process.env, TZ },
      encoding: 'utf8',
    }).trim(),
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain(String(Date.parse('2026-10-26T08:00:00Z'))); // the Monday after the clocks went back
});

test('a time that clocks skip or show twice is still one moment', () => {
  const at = (day: number, month: number, hour: number) => said(momentOf({ year: 2026, month, day, hour, minute: 30 }, 'Europe/Paris'));
  expect([at(29, 3, 1), at(29, 3, 2), at(29, 3, 3)]).toEqual([
    '2026-03-29T00:30:00.000Z',
    '2026-03-29T01:30:00.000Z',
    '2026-03-29T01:30:00.000Z',
  ]);
  expect([at(25, 10, 2), at(25, 10, 3)]).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T02:30:00.000Z']);
});

test('hours that cannot be read are refused at the door and never open, and no other shop suffers', async () => {
  const broken = await given.shop({ openingHours: 'quand il fait beau' });
  const fine = await given.shop();
  const book = await loadShopBook(wednesdayMorning);
  expect(whatIsWrongWith('quand il fait beau', grenoble)).toMatch(/quand/);
  expect(whatIsWrongWith('Tu-Sa 09:30-19:00', grenoble)).toBeUndefined();
  expect(book.get(broken.shopId)?.openings).toEqual([]);
  expect(book.get(fine.shopId)?.openings.length).toBeGreaterThan(5);
});

test('a switch and a closure take effect at once, and only in that shop', async () => {
  const [mine, other] = [await given.shop(), await given.shop()];
  await setTakesOrders(mine.scope, false, portsAt());
  await closeUntil(mine.scope, { until: utc('2026-11-25T15:00:00Z') }, portsAt());
  const book = await loadShopBook(wednesdayMorning);
  const [closed, open] = [book.get(mine.shopId), book.get(other.shopId)];
  expect(
    closed && [takesOrdersAt(closed, wednesdayMorning), openState(closed, wednesdayMorning).isOpen, said(closed.openings[0]?.from)],
  ).toEqual([false, false, '2026-11-25T15:00:00.000Z']);
  expect(open && [takesOrdersAt(open, wednesdayMorning), openState(open, wednesdayMorning).isOpen]).toEqual([true, true]);
});

test('a promise is the earliest true one: ready in opening time, a slot after its cut-off, working days for a parcel', async () => {
  const slots = [
    ['11:00', '13:00'],
    ['17:00', '19:00'],
  ] as const;
  const { shopId } = await given.shop({
    openingHours: 'Tu-Sa 10:00-19:00',
    preparationMinutes: 40,
    services: { courier: { priceMinor: 390, radiusMetres: 6_000, slots }, parcel: { priceMinor: 550, days: 2, maxGrams: 5_000 } },
  });
  const ask = async (text: string, place?: typeof home) => {
    const now = utc(text);
    const book = await loadShopBook(now);
    const offer = { offerId: 'off_X' as never, shopId, leadTimeMinutes: 0, available: 1, confidenceBps: 9_000 };
    return (promisesFor({ book, place, offers: [offer], now }).get(offer.offerId) ?? []).map(({ method, from, to }) => [
      method,
      said(from),
      said(to),
    ]);
  };
  expect(await ask('2026-11-25T09:00:00Z', home)).toEqual([
    ['pickup', '2026-11-25T09:45:00.000Z', 'never'], // 10:40, said as a quarter
    ['courier', '2026-11-25T16:00:00.000Z', '2026-11-25T18:00:00.000Z'], // 11:00 is inside the cut-off
    ['parcel', '2026-11-27T07:00:00.000Z', '2026-11-28T18:00:00.000Z'],
  ]);
  expect((await ask('2026-11-28T17:45:00Z'))[0]).toEqual(['pickup', '2026-12-01T09:30:00.000Z', 'never']); // fifteen minutes on Saturday, the rest on Tuesday
  expect(metresBetween(home, { latitude: 45.1885, longitude: 5.7245 })).toBeLessThan(1_000);
});
