import type { RoutingPolicy } from '@/lib/sourcing';
import { routingPolicy } from '@/lib/sourcing';

/** The figures of a policy in the order in which they are asked. */
export const figures = [
  'perShop',
  'perWalkingMinute',
  'perWaitingHour',
  'mostWaitingHours',
  'perSwitch',
  'perFailedPick',
  'nextBestExtra',
  'leastPartMinor',
  'smallPartCents',
  'mostShops',
  'rescueShops',
  'fairShareStrength',
  'fairShareCap',
  'fairShareDays',
] as const satisfies readonly (keyof RoutingPolicy)[];

const counts = ['mostWaitingHours', 'mostShops', 'rescueShops', 'fairShareDays'] as const;
type Count = (typeof counts)[number];

/** Cents; what is not money has a hint of its own. */
export function isMoney(key: (typeof figures)[number]): key is Exclude<(typeof figures)[number], Count> {
  return !counts.some((count) => count === key);
}

/** A draft out of an address or a form; undefined when nothing was drafted or a figure is none. */
export function draftFrom(wished: Readonly<Record<string, unknown>>, live?: RoutingPolicy): RoutingPolicy | undefined {
  if (!figures.some((key) => typeof wished[key] === 'string')) return undefined;
  const read = routingPolicy.safeParse(
    Object.fromEntries(
      figures.map((key) => {
        const text = wished[key];
        if (typeof text !== 'string') return [key, live?.[key]];
        return [key, text.trim() === '' ? (key === 'mostShops' ? null : undefined) : Number(text)];
      }),
    ),
  );
  return read.success ? read.data : undefined;
}
