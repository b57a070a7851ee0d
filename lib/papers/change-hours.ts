import { z } from 'zod';
import type { Instant, Result, ShopScope } from '@/lib/kernel';
import { DAY, err, ok, plusMs } from '@/lib/kernel';
import type { DayRefusal, WeekDay } from '@/lib/onboarding';
import { lineOfHours } from '@/lib/onboarding';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { describeShop, findFounded, localDay, lockShop, whatIsWrongWith } from '@/lib/shops';
import { hoursOfLine, partHours, withDays, withWeek } from './hours-text';
import type { HoursView } from './views';

/** What cannot be told of hours. `day-wrong`: no day, past, or further away than anybody plans. */
export type HoursRefusal =
  | DayRefusal
  | { readonly kind: 'hours-of-day-unreadable' }
  | { readonly kind: 'day-wrong' }
  | { readonly kind: 'too-many-days'; readonly most: number };

export const MOST_DAYS = 60;
const FURTHEST_DAYS = 400;

/** A day as forms send it, with its line of hours; an empty line is closed. */
export const exceptionalDayInput = z.object({ date: z.string().trim().max(10), line: z.string().trim().max(80).default('') });

type Shop = Awaited<ReturnType<typeof findFounded>>['shop'];
type Changed = Result<{ readonly openingHours: string }, HoursRefusal>;

type HoursPorts = Pick<Ports, 'clock' | 'ids'>;

/** Writes hours anew from those of now, and tells of it. What is over is left out on the way; hours that are as they were change nothing. */
async function rewrite(
  scope: ShopScope,
  work: (shop: Shop, today: string) => Result<string, HoursRefusal>,
  { clock, ids }: HoursPorts,
): Promise<Changed> {
  return observed({ useCase: 'change-hours', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx: Tx): Promise<Changed> => {
      const now = clock.now();
      await lockShop(tx, scope.shopId);
      const { shop, merchant } = await findFounded(tx, scope.shopId);
      const today = localDay(now, shop.timeZone);
      const written = work(shop, today);
      if (!written.ok) return written;
      const openingHours = withDays(written.value, partHours(written.value).days.filter(({ date }) => date >= today)); // prettier-ignore
      if (openingHours === shop.openingHours) return ok({ openingHours });
      const { timeZone, latitude, longitude } = shop;
      if (whatIsWrongWith(openingHours, { timeZone, latitude, longitude, country: merchant.country, region: '' }) !== undefined)
        return err({ kind: 'hours-missing' });
      await describeShop(tx, scope.shopId, { openingHours }, now);
      const actor = { kind: 'shop', id: scope.personId } as const;
      await appendEvents(tx, [{ name: 'ShopHoursChanged', subject: scope.shopId, facts: { openingHours } }], { actor, now, ids });
      return ok({ openingHours });
    }),
  );
}

/** Another usual week, a line a day; exceptional days stay. Errors: the day that cannot be read. */
export async function changeWeek(
  scope: ShopScope,
  { holidaysOff, ...lines }: Readonly<Record<WeekDay, string>> & { readonly holidaysOff: boolean },
  ports: HoursPorts = systemPorts,
): Promise<Changed> {
  return rewrite(scope, ({ openingHours }) => withWeek(openingHours, lines, { holidaysOff }), ports);
}

function isPlannable(date: string, today: string, now: Instant, timeZone: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)) || new Date(date).toISOString().slice(0, 10) !== date)
    return false;
  return date >= today && date <= localDay(plusMs(now, FURTHEST_DAYS * DAY), timeZone);
}

/** Other hours on one day, or closed all day; said again it replaces what was said of that day. */
export async function setExceptionalDay(
  scope: ShopScope,
  { date, line }: { readonly date: string; readonly line: string },
  ports: HoursPorts = systemPorts,
): Promise<Changed> {
  return rewrite(
    scope,
    ({ openingHours, timeZone }, today) => {
      if (!isPlannable(date, today, ports.clock.now(), timeZone)) return err({ kind: 'day-wrong' });
      const hours = hoursOfLine(line);
      if (!hours.ok) return hours;
      const others = partHours(openingHours).days.filter((one) => one.date !== date && one.date >= today);
      if (others.length >= MOST_DAYS) return err({ kind: 'too-many-days', most: MOST_DAYS });
      return ok(withDays(openingHours, [...others, { date, hours: hours.value }]));
    },
    ports,
  );
}

/** The usual hours hold again on that day; a day of which nothing was said changes nothing. */
export async function dropExceptionalDay(scope: ShopScope, date: string, ports: HoursPorts = systemPorts): Promise<Changed> {
  return rewrite(scope, ({ openingHours }) => ok(withDays(openingHours, partHours(openingHours).days.filter((one) => one.date !== date))), ports); // prettier-ignore
}

/** Hours as the shop's own page shows them, in lines to be typed over. */
export async function getHours(scope: ShopScope, now: Instant): Promise<HoursView> {
  const { shop } = await findFounded(reader(), scope.shopId);
  const { week, holidaysOff, days } = partHours(shop.openingHours);
  const today = localDay(now, shop.timeZone);
  const lines = week ?? partHours('').week;
  return {
    lines: Object.fromEntries(Object.entries(lines ?? {}).map(([day, hours]) => [day, lineOfHours(hours)])),
    isShown: week !== undefined,
    written: shop.openingHours,
    holidaysOff,
    today,
    days: days.flatMap(({ date, hours }) => (date < today ? [] : [{ date, line: lineOfHours(hours) }])),
  };
}
