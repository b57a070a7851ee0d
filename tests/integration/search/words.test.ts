import { describe, expect, test } from 'vitest';
import { editDistance } from '@/lib/search/text/edit-distance';
import { soundOf } from '@/lib/search/text/sound';
import { stem } from '@/lib/search/text/stem';
import { wordsIn } from '@/lib/search/text/words';

describe('a quantity is one word, however it is written', () => {
  test.each([
    ['Eau 1,5 L', ['eau', '1500ml']],
    ['eau 150cl', ['eau', '1500ml']],
    ['Eau 6x1,5l', ['eau', '6x', '6x1500ml', '1500ml']],
    ['Lait 1/2 l', ['lait', '500ml']],
    ['Lait ½ litre', ['lait', '500ml']],
    ['Café 0,25 kg', ['cafe', '250g']],
    ['Chocolat 70 %', ['chocolat', '70%']],
    ['Œufs x 6', ['oeufs', '6x']],
    ['Planche 2 m', ['planche', '2000mm']],
    ['Vitamine B12 2.0', ['vitamine', 'b12', '2.0']],
  ])('%s', (text, words) => {
    expect(wordsIn(text)).toEqual(words);
  });
});

test('elisions stand apart', () => {
  expect(wordsIn("Huile d’olive, l'eau")).toEqual(['huile', 'd', 'olive', 'l', 'eau']);
});

describe('forms of one word share a stem, other words do not', () => {
  test.each([
    ['grillées', 'grillé'],
    ['minéraux', 'minérale'],
    ['fraîche', 'frais'],
    ['sèches', 'sec'],
    ['gâteaux', 'gâteau'],
    ['naturelle', 'naturel'],
    ['végétarienne', 'végétarien'],
    ['légers', 'légère'],
  ])('%s is %s', (a, b) => {
    const [left = '', right = ''] = [a, b].flatMap((word) => wordsIn(word).map(stem));
    expect(left).toBe(right);
  });

  test.each([
    ['noix', 'noisette'],
    ['base', 'basse'],
    ['frais', 'fraise'],
    ['poire', 'poireau'],
  ])('%s is not %s', (a, b) => {
    const [left = '', right = ''] = [a, b].flatMap((word) => wordsIn(word).map(stem));
    expect(left).not.toBe(right);
  });
});

test('what sounds the same has one key', () => {
  for (const [a, b] of [
    ['philadelphia', 'filadelfia'],
    ['champignon', 'champinion'],
    ['bayonne', 'baillonne'],
    ['nutella', 'nutela'],
  ] as const)
    expect(soundOf(a)).toBe(soundOf(b));
  expect(soundOf('marteau')).not.toBe(soundOf('morteau'));
});

test('edits count a swap as one, and stop where they are too many', () => {
  expect(editDistance('fromage', 'formage', 2)).toBe(1);
  expect(editDistance('saucisson', 'sauscisson', 2)).toBe(1);
  expect(editDistance('lait', 'lait', 0)).toBe(0);
  expect(editDistance('lait', 'pain', 2)).toBe(2);
  expect(editDistance('lait', 'chocolat', 3)).toBe(4);
});
