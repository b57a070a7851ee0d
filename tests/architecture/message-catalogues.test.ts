import { describe, expect, test } from 'vitest';
import { repositoryFiles, textOf } from '../support/source-files';
import { legalFields } from '@/lib/catalogue/legal-gates';
import { attributeName } from '@/lib/texts';

type Messages = { readonly [key: string]: string | Messages };

/** Every message of a catalogue by its dotted key. */
function flat(messages: Messages, before = ''): readonly (readonly [key: string, message: string])[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as const] : flat(value, `${before}${key}.`),
  );
}

const rooms = (language: string): readonly string[] =>
  repositoryFiles()
    .filter((path) => path.startsWith(`lib/texts/${language}/`) && path.endsWith('.json'))
    .map((path) => path.split('/').at(-1) ?? '')
    .toSorted();

const catalogue = (language: string, room: string) => new Map(flat(JSON.parse(textOf(`lib/texts/${language}/${room}`)) as Messages));

/** Names of the values a message is given: `{count}`, `{count, plural, …}`, and its tags. */
function placesIn(message: string): readonly string[] {
  const values = [...message.matchAll(/\{\s*([a-zA-Z]\w*)\s*[,}]/g)].map((match) => match[1] ?? '');
  const tags = [...message.matchAll(/<([a-z]\w*)>/g)].map((match) => `<${match[1]}>`);
  return [...new Set([...values, ...tags])].toSorted();
}

test('French and English have the same catalogues', () => {
  expect(rooms('en')).toEqual(rooms('fr'));
  expect(rooms('fr').length).toBeGreaterThan(5);
});

describe.each(rooms('fr'))('%s', (room) => {
  const [french, english] = [catalogue('fr', room), catalogue('en', room)];

  test('says the same things in both languages', () => {
    expect([...english.keys()].toSorted()).toEqual([...french.keys()].toSorted());
  });

  test('fills in the same values in both languages', () => {
    const different = [...french].filter(([key, message]) => `${placesIn(message)}` !== `${placesIn(english.get(key) ?? message)}`);
    expect(different.map(([key]) => key)).toEqual([]);
  });

  test('keeps French typography: a space that does not break before : ; ! ? % € and inside « »', () => {
    const wrong = [...french].filter(([, message]) =>
      / [:;!?%€»]|« |[a-zà-ÿ][!?](?!\w)/i.test(message.replaceAll(/\{[^}]*\}|<[^>]*>|https?:\S*/g, 'x')),
    );
    expect(wrong.map(([key, message]) => `${key}: ${message}`)).toEqual([]);
  });

  test('leaves no message empty', () => {
    expect([...french, ...english].filter(([, message]) => message.trim() === '').map(([key]) => key)).toEqual([]);
  });
});

test.each(['fr', 'en'] as const)(
  'what the law asks of a thing is called by a word, not by its key, on pages and in filters: %s',
  (locale) => {
    const columns = ['netContent', 'manufacturer', 'warnings']; // fields of their own, no attributes
    for (const field of legalFields) if (!columns.includes(field)) expect(attributeName(field, locale)).not.toBe(field);
  },
);
