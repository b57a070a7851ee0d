import type { Locale } from '@/lib/kernel';
import { translatorOf } from './translator';

/** Attributes that files bring under names of ours; every other name is the shop's own and stands as it is. */
const named = [
  'material',
  'origin',
  'ingredients',
  'allergens',
  'nutrition',
  'storage',
  'alcohol',
  'ageAdvice',
  'hazards',
  'energyClass',
  'repairIndex',
  'spareParts',
  'model',
  'author',
  'publisher',
  'botanicalName',
  'plantHazard',
  'plantPassport',
  'feedKind',
  'feedConstituents',
  'feedUse',
  'batteryKind',
  'batteryCapacity',
  'energySheet',
] as const;

/** What a property of a thing is called: our word where the name is one of ours, else the shop's own. */
export function attributeName(name: string, locale: Locale): string {
  const known = named.find((one) => one === name);
  return known === undefined ? name : translatorOf(locale, 'imports')(`fields.${known}`);
}
