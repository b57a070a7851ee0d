import { expect, test } from 'vitest';
import { plainWords, slugOf } from '@/lib/kernel';

test('words are compared without case, accents, ligatures and signs', () => {
  expect(plainWords('  Rue du Sacré-Cœur, N° 12 ')).toBe('rue du sacre coeur n 12');
  expect(plainWords('« … »')).toBe('');
});

test('a part of an address is short, and neither begins nor ends with a dash', () => {
  expect(slugOf('Café moulu « Vieux Port », 250 g')).toBe('cafe-moulu-vieux-port-250-g');
  expect(slugOf('Saint-Étienne (Nord)')).toBe('saint-etienne-nord');
  expect(slugOf('Hyper centre', 6)).toBe('hyper');
});
