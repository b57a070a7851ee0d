import type { Chance } from './chance';

/** Nine digits with a right Luhn key, from 999: a range the register does not give out. */
export function sirenOf(index: number): string {
  const first = `999${String(10_000 + index * 37).slice(-5)}`;
  const sum = [...first].reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${first}${(10 - (sum % 10)) % 10}`;
}

/** French VAT number of a SIREN: key = (12 + 3 × (SIREN mod 97)) mod 97. */
export function vatNumberOf(siren: string): string {
  return `FR${String((12 + 3 * (Number(siren) % 97)) % 97).padStart(2, '0')}${siren}`;
}

/** Numbers the French regulator keeps for films and demonstrations: 04 65 71 00 00 to 04 65 71 99 99. */
export function phoneOf(index: number): string {
  const digits = String(1_000 + index * 83)
    .padStart(4, '0')
    .slice(-4);
  return `04\u00a065\u00a071\u00a0${digits.slice(0, 2)}\u00a0${digits.slice(2)}`;
}

/** People's own phones, from the range kept for fiction too: 06 39 98 00 00 to 06 39 98 99 99. */
export function mobileOf(chance: Chance): string {
  const digits = String(chance.between(0, 9_999)).padStart(4, '0');
  return `06\u00a039\u00a098\u00a0${digits.slice(0, 2)}\u00a0${digits.slice(2)}`;
}

type LegalForm = { readonly form: string; readonly capital: string | undefined };

/** Small exempt businesses are sole traders; others are companies with a capital, one in ten a co-operative. */
export function legalFormOf(trade: string, isExempt: boolean, chance: Chance): LegalForm {
  if (isExempt) return { form: 'Entrepreneur individuel', capital: undefined };
  if (trade === 'reemploi') return { form: 'Association loi 1901', capital: undefined };
  if (chance.isBelow(0.1)) return { form: 'SCOP SARL', capital: `${chance.between(8, 30)}\u00a0000\u00a0€ variable` };
  return {
    form: chance.pick(['SARL', 'SARL', 'SAS', 'EURL', 'SASU']),
    capital: `${chance.pick(['1', '2', '5', '8', '10', '15', '20'])}\u00a0000\u00a0€`,
  };
}
