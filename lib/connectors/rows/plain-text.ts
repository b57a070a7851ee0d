import { compile } from 'html-to-text';

const LONGEST = 8_000;

const asText = {
  wordwrap: false as const,
  limits: { maxInputLength: 200_000, maxDepth: 50, maxChildNodes: 2_000 },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { ignoreHref: true } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', format: 'block' },
  ],
};

const toText = compile(asText);

/**
 * The words of a description, whatever mark-up it came in: tags, scripts, styles and addresses are dropped, paragraphs and lists stay as
 * lines. The result is plain text and is shown as such, so nothing in it can run.
 */
export function plainText(text: string): string {
  if (text === '') return text;
  const words = /<[a-z!/][^>]*>|&(?:#\d+|[a-z]+);/i.test(text) ? toText(text) : text;
  return words
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/\s*\n\s*\n\s*/g, '\n\n')
    .trim()
    .slice(0, LONGEST);
}

/** Nothing to clean: no mark-up, no signs of control, no runs of spaces, none at the ends. Most cells are so, and every cell is asked. */
const tidy = /^(?! )(?:[!-%'-;=?-~\u00A1-\u017F’“”«»€–—]| (?! |$))*$/;

/** One line of words: a title, a brand. */
export function oneLine(text: string, longest: number): string {
  if (text === '' || tidy.test(text)) return text.slice(0, longest);
  const plain = /<[a-z/][^>]*>|&(?:#\d+|[a-z]+);/i.test(text) ? toText(text) : text;
  return plain.replaceAll(/\p{C}/gu, ' ').replaceAll(/\s+/g, ' ').trim().slice(0, longest);
}
