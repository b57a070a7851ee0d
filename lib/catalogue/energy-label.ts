import type { EnergyLabelView } from './views';

const scales = [
  ['A', 'B', 'C', 'D', 'E', 'F', 'G'],
  ['A+++', 'A++', 'A+', 'A', 'B', 'C', 'D'], // labels not rescaled yet: ovens, hoods, heaters
] as const;

/** The product information sheet: a number in the European register of labels (EPREL), or an address by HTTPS. */
function sheetAddress(text: string): string | undefined {
  if (/^\d{3,10}$/.test(text)) return `https://eprel.ec.europa.eu/qr/${text}`;
  return URL.canParse(text) && new URL(text).protocol === 'https:' ? new URL(text).href : undefined;
}

/**
 * The nested arrow of a thing whose department bears an energy label: its class, where that stands on its scale, and its sheet. Undefined for
 * everything else, because what looks like a label on a thing without one misleads, and for a class that is none ("not applicable").
 * Source: Regulation (EU) 2017/1369, articles 5 and 6.
 */
export function energyLabelOf(
  gates: readonly string[],
  attributes: Readonly<Record<string, string | undefined>>,
): EnergyLabelView | undefined {
  const letter = (attributes['energyClass'] ?? '').trim().toUpperCase();
  const scale = scales.find((one) => one.some((step) => step === letter));
  if (!gates.includes('energy-label') || scale === undefined) return undefined;
  const rank = scale.findIndex((step) => step === letter);
  return { letter, rank, best: scale[0], worst: scale[6], sheet: sheetAddress((attributes['energySheet'] ?? '').trim()) };
}
