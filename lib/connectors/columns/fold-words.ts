/** Words of English letters with single spaces between them need no more than lower case. */
const plain = /^(?:[a-z\d]+(?: [a-z\d]+)*)?$/i;

/** Lower case, without accents, signs or doubled spaces: how headings and names are compared. */
export function foldWords(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/œ/gi, 'oe')
    .replaceAll(/æ/gi, 'ae')
    .replaceAll(/ß/g, 'ss')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
