import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { familyNames } from '@/components/commerce/faience/families';
import { faienceSvg, fnv1a } from '@/components/commerce/faience/faience-svg';

test('the same product has the same tile for ever', () => {
  const tiles = familyNames.map((family) => faienceSvg({ seed: 'lst_01HALLES', family, glyph: 'moka' })).join('');
  expect(createHash('sha256').update(tiles).digest('hex').slice(0, 16)).toMatchInlineSnapshot(`"7bc40a7d14acbea0"`);
});

test('the hash is FNV-1a', () => {
  expect(fnv1a('')).toBe(0x811c9dc5);
  expect(fnv1a('a')).toBe(0xe40c292c);
});

test('nothing of the seed, an unknown family or an unknown drawing reaches the picture', () => {
  const svg = faienceSvg({ seed: '"><script>', family: '"><script>', glyph: '"><script>' });
  expect(svg).not.toContain('script');
  expect(svg.length).toBeLessThan(5000);
});
