import { describe, expect, test } from 'vitest';
import { readOptions } from '@/lib/command/arguments';
import { amountsIn, centsOf, formsOf, linksOf, wordsOf } from '@/lib/command/shopping/html';

describe('reading a page as a browser without scripts does', () => {
  test('a form sends what a browser would send', () => {
    const [form] = formsOf(`
      <form id="f" action="" method="POST"><input type="hidden" name="$ACTION_ID_1"/><input type=radio name=offer value=a><input type="radio" name="offer" value="b" checked="">
        <input type="checkbox" name="age"><textarea name="note">a &amp; b</textarea><input name="off" value="1" disabled><button type="submit" name="go" value="1">Aller &gt;</button></form>
      <input form="f" name="far" value="&#233;"><input name="nobody" value="x">`);
    expect(form?.method).toBe('post');
    expect(form?.text).toBe('a & b Aller >');
    expect(form?.fields.filter(({ isSent }) => isSent).map(({ name, value }) => [name, value])).toEqual([
      ['$ACTION_ID_1', ''],
      ['offer', 'b'],
      ['note', 'a & b'],
      ['far', 'é'],
    ]);
  });

  test.each([
    ['6,00 €', 600],
    ['1 234,50 €', 123_450],
    ['1\u202f234,50\u00a0€', 123_450],
    ['€1,234.50', 123_450],
    ['gratuit', undefined],
  ])('%s is %s cents', (text, cents) => {
    expect(centsOf(text)).toBe(cents);
  });

  test('amounts are found among words', () => {
    expect(amountsIn('Commande H-1004 32,10 € et H-1005 320,10 € puis 1 234,00 €')).toEqual([3210, 32_010, 123_400]);
    expect(amountsIn('Articles 32,10 € Remise 4,90 € Total TTC 37,00 €')).toEqual([3210, 490, 3700]);
  });

  test('scripts and tags are no words; links are read once', () => {
    expect(wordsOf('<p>Bon<script>jour()</script> <b>soir</b></p>')).toBe('Bon soir');
    expect(linksOf('<a href="/p/a">a</a><a class="x" href="/p/a">a</a><a href="/q">q</a>', /^\/p\//)).toEqual(['/p/a']);
  });
});

test('options that are unknown, missing or out of range are wrong usage', () => {
  expect(() => readOptions(['--nope'], {})).toThrow('--nope');
  expect(() => readOptions(['word'], {})).toThrow('one word too many');
  expect(() => readOptions([], { url: 'text' }).required('url')).toThrow('--url is missing');
  expect(() => readOptions(['--n', '7'], { n: 'text' }).wholeNumber('n', 1, 1, 5)).toThrow('from 1 to 5');
});
