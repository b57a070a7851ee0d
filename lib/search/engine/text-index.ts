import { endsHead, isFunctionWord, isLeader, wordsIn } from '../text/words';
import { addByte, addNumber, growingBytes, growingNumbers, type GrowingBytes, type GrowingNumbers } from './growing';
import { emptyVocabulary, termIdOf, wordIdOf, type Vocabulary } from './vocabulary';

/** The words of a listing by where they stand; the order is the order of weight. */
export const textFields = ['title', 'brand', 'department', 'properties'] as const;
export type TextField = (typeof textFields)[number];
export type DocumentText = Readonly<Record<TextField, string>>;

/** Bits kept with each document of a term: the best field it stands in, and its place in the title. */
export const FIELD_BITS = 3;
export const IN_HEAD = 4;
export const FIRST = 8;

/** The documents that hold a term, in ascending order, each with its bits. */
export type Postings = { readonly documents: GrowingNumbers; readonly bits: GrowingBytes; firstCount: number };

/**
 * Which document holds which words. Documents are numbers handed out in turn; one that is changed gets a new number and its old one is
 * passed over. A title's terms are kept in their order, function words left out, for phrases and heads.
 */
export type TextIndex = {
  readonly vocabulary: Vocabulary;
  readonly postings: Postings[];
  readonly titleTerms: GrowingNumbers;
  readonly titleFrom: GrowingNumbers;
  readonly headLengths: GrowingBytes;
  size: number;
};

export function emptyTextIndex(): TextIndex {
  return {
    vocabulary: emptyVocabulary(),
    postings: [],
    titleTerms: growingNumbers(4096),
    titleFrom: growingNumbers(1024),
    headLengths: growingBytes(1024),
    size: 0,
  };
}

export type ReadWord = { readonly word: string; readonly isInHead: boolean };

/**
 * Words that mean something, in order. What is missing is one word with its `sans` (`sans gluten`): who asks for bread without gluten
 * means neither. The head lasts until the first word that begins a description.
 */
export function meaningfulWords(text: string): readonly ReadWord[] {
  const words = wordsIn(text);
  const read: ReadWord[] = [];
  let isInHead = true;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (read.length > 0 && endsHead(word)) isInHead = false;
    if (word === 'sans') {
      let next = at + 1;
      while (next < words.length && (isFunctionWord(words[next] ?? '') || /^aucune?s?$/.test(words[next] ?? ''))) next += 1;
      const missing = words[next];
      if (missing !== undefined) read.push({ word: `sans ${missing}`, isInHead });
      at = next;
    } else if (!isFunctionWord(word)) read.push({ word, isInHead });
  }
  return read;
}

function postingsOf(index: TextIndex, term: number): Postings {
  const known = index.postings[term];
  if (known) return known;
  const made: Postings = { documents: growingNumbers(4), bits: growingBytes(4), firstCount: 0 };
  index.postings[term] = made;
  return made;
}

/** Adds a term of the newest document; standing twice it keeps the better field and both places. */
function post(index: TextIndex, { term, document, bits }: { term: number; document: number; bits: number }): void {
  const { documents, bits: kept } = postingsOf(index, term);
  const last = documents.length - 1;
  if (last >= 0 && documents.values[last] === document) {
    const before = kept.values[last] ?? 0;
    kept.values[last] = Math.min(before & FIELD_BITS, bits & FIELD_BITS) | ((before | bits) & ~FIELD_BITS);
    return;
  }
  addNumber(documents, document);
  addByte(kept, bits);
}

function learn(index: TextIndex, word: string): number {
  const { vocabulary } = index;
  const id = wordIdOf(vocabulary, word);
  vocabulary.wordCounts.values[id] = (vocabulary.wordCounts.values[id] ?? 0) + 1;
  return vocabulary.termOfWord.values[id] ?? 0;
}

const LONGEST_TITLE = 60;
const LONGEST_FIELD = 400;

/** Indexes a document and gives its number. */
export function addDocument(index: TextIndex, text: DocumentText): number {
  const document = index.size;
  index.size += 1;
  addNumber(index.titleFrom, index.titleTerms.length);
  const title = meaningfulWords(text.title).slice(0, LONGEST_TITLE);
  const first = Math.max(
    0,
    title.findIndex(({ word }) => !isLeader(word)),
  );
  let headLength = 0;
  title.forEach(({ word, isInHead }, place) => {
    const term = learn(index, word);
    if (isInHead) headLength = place + 1;
    addNumber(index.titleTerms, term);
    post(index, { term, document, bits: (isInHead ? IN_HEAD : 0) | (place === first ? FIRST : 0) });
    if (place === first) postingsOf(index, term).firstCount += 1;
  });
  addByte(index.headLengths, headLength);
  textFields.forEach((field, weight) => {
    if (weight === 0 || text[field] === '') return;
    for (const { word } of meaningfulWords(text[field]).slice(0, LONGEST_FIELD))
      post(index, { term: learn(index, word), document, bits: weight });
  });
  return document;
}

/** In how many documents a term stands, those that were changed since included. */
export function frequencyOf(index: TextIndex, term: number): number {
  return index.postings[term]?.documents.length ?? 0;
}

/** The term of a word that may be unknown. */
export function knownTerm(index: TextIndex, termText: string): number | undefined {
  const term = index.vocabulary.termIds.get(termText);
  return term === undefined || frequencyOf(index, term) === 0 ? undefined : term;
}

export { termIdOf };
