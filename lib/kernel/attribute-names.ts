/**
 * Names of ours under which facts of a thing are kept: what files bring by them, what the law asks by them, what pages and filters say in
 * words. Every other name is a shop's own and stands as it is.
 */
export const attributeNames = [
  'material',
  'origin',
  'ingredients',
  'allergens',
  'nutrition',
  'storage',
  'alcohol',
  'ageAdvice',
  'hazards',
  'energyKind',
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
