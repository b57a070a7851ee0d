import { DAY, HOUR, daysAhead, type Instant, type Position, type ShopId } from '@/lib/kernel';
import { openState, takesOrdersAt, type ShopBook } from '@/lib/shops';
import { inHand, shopPromises } from '@/lib/promise';
import type { PromiseView, ShopPromise } from '@/lib/promise/views';
import type { SearchQuery } from './views';
import { whenChoices, type WhenChoice } from './views';

/** What a shop can promise for goods that need `leadTimeMinutes` to reach it, as one row the database can join. */
export type ShopWindow = {
  readonly shopId: ShopId;
  readonly slug: string;
  readonly leadTimeMinutes: number;
  readonly promises: readonly ShopPromise[];
  /** Start of the step in which the earliest promise that fits the query falls; undefined when none fits. */
  readonly rank: number | undefined;
  /** Bits of `whenChoices` reached by a promise whose way fits, and of the ways whose hour fits: what the facets count. */
  readonly whenBits: number;
  readonly wayBits: number;
  readonly isOpen: boolean;
  readonly metres: number | undefined;
  readonly walkingMinutes: number | undefined;
};

const NEAR_MINUTES = 10;
const wayOrder = ['pickup', 'courier', 'parcel'] as const;

/** Does a promise come as early as the choice asks? Later choices include the earlier ones. */
export function comesWithin(
  promise: Pick<PromiseView, 'from' | 'to'>,
  choice: WhenChoice,
  { now, timeZone }: { now: Instant; timeZone: string },
): boolean {
  const at = inHand(promise);
  switch (choice) {
    case 'heure':
      return at <= now + HOUR;
    case 'aujourdhui':
      return daysAhead(at, now, timeZone) <= 0;
    case 'demain':
      return daysAhead(at, now, timeZone) <= 1;
    case 'trois-jours':
      return at <= now + 3 * DAY;
  }
}

type Asked = Pick<SearchQuery, 'when' | 'ways'>;

/** Does a promise answer the hour and the way the shopper asked for? */
export function fits(promise: PromiseView, asked: Asked, moment: { now: Instant; timeZone: string }): boolean {
  const wayFits = asked.ways.length === 0 || asked.ways.includes(promise.method);
  return wayFits && (asked.when === undefined || comesWithin(promise, asked.when, moment));
}

export type WindowQuestion = {
  readonly book: ShopBook;
  readonly place: Position | undefined;
  readonly now: Instant;
  readonly leadTimes: readonly number[];
  readonly asked: Asked;
  readonly stepMs: number;
};

/** Windows of a second: a crowd that asks from one place, or from none, has them worked out once. */
const SECOND = 1_000;
const MOST_KEPT = 64;
const keptByBook = new WeakMap<ShopBook['all'], Map<string, readonly ShopWindow[]>>();

/** Every shop that takes orders, for each lead time there is; some hundred rows, at most a second old. */
export function shopWindows(question: WindowQuestion): readonly ShopWindow[] {
  const { book, place, now, leadTimes, asked, stepMs } = question;
  const kept = keptByBook.get(book.all) ?? new Map<string, readonly ShopWindow[]>();
  keptByBook.set(book.all, kept);
  const at = place === undefined ? '' : `${place.latitude},${place.longitude}`;
  const key = [at, Math.floor(now / SECOND), leadTimes.join(), asked.when ?? '', asked.ways.join(), stepMs].join('|');
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const made = workOut(question);
  kept.set(key, made);
  return made;
}

function workOut({ book, place, now, leadTimes, asked, stepMs }: WindowQuestion): readonly ShopWindow[] {
  const timeZone = book.city.timeZone;
  const open = book.all().filter((shop) => takesOrdersAt(shop, now));
  const promises = shopPromises(book, place, now);
  return leadTimes.flatMap((leadTimeMinutes) => {
    return open.flatMap((shop): readonly ShopWindow[] => {
      const given = promises(shop, leadTimeMinutes);
      const fitting = given.filter((promise) => fits(promise, asked, { now, timeZone })).map(inHand);
      const first = given[0];
      if (!first) return [];
      const earliest = Math.min(...fitting);
      return [
        {
          shopId: shop.id,
          slug: shop.slug,
          leadTimeMinutes,
          promises: given,
          rank: fitting.length === 0 ? undefined : Math.floor(earliest / stepMs) * stepMs,
          whenBits: bitsOf(whenChoices, (choice) =>
            given.some((promise) => fits(promise, { ways: asked.ways, when: choice }, { now, timeZone })),
          ),
          wayBits: bitsOf(wayOrder, (way) =>
            given.some((promise) => promise.method === way && fits(promise, { ways: [], when: asked.when }, { now, timeZone })),
          ),
          isOpen: openState(shop, now).isOpen,
          metres: first.metres,
          walkingMinutes: first.walkingMinutes,
        },
      ];
    });
  });
}

/** Is it a short walk? Unknown without a place. */
export function isNear(window: Pick<ShopWindow, 'walkingMinutes'>): boolean {
  return window.walkingMinutes !== undefined && window.walkingMinutes <= NEAR_MINUTES;
}

function bitsOf<Value>(values: readonly Value[], has: (value: Value) => boolean): number {
  return values.reduce((bits, value, index) => bits | (has(value) ? 1 << index : 0), 0);
}
