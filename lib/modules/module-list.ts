/**
 * What the city switches on and off for itself, in the order of its page. A new one also wants a count of what is under way (`running.ts`), its
 * words (`modules.json`) and one place where it is enforced (ADR 0220).
 */
export const cityModules = [
  'click-and-collect',
  'local-delivery',
  'parcels',
  'set-aside',
  'vouchers',
  'bank-transfer',
  'returns-anywhere',
  'network-carries',
  'requests',
  'alerts',
  'automatic-openings',
] as const;

export type CityModule = (typeof cityModules)[number];

/** Until the city has said something everything is on but these. */
export const offUntilSaid: readonly CityModule[] = ['automatic-openings'];

const needs: Partial<Record<CityModule, readonly CityModule[]>> = {
  'set-aside': ['click-and-collect'],
  'network-carries': ['click-and-collect'],
};

/** Switched where the city looks at shops that ask to open, and nowhere else; the others have a card on the page of modules. */
export const cardModules = cityModules.filter((name) => name !== 'automatic-openings');

/** What has to be on as well: a module whose need is off does not work, whatever was said about it. */
export function needsOf(name: CityModule): readonly CityModule[] {
  return needs[name] ?? [];
}

/** What stops working with it. */
export function neededBy(name: CityModule): readonly CityModule[] {
  return cityModules.filter((other) => needsOf(other).includes(name));
}
