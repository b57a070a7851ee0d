import type { Alternative, ReadQuery } from './read-query';
import { FIELD_BITS, FIRST, IN_HEAD, frequencyOf, type Postings, type TextIndex } from './text-index';

/** What each part of a query found: for every document the weight of the best reading and where that stands. Reused from query to query. */
export type MatchBoard = {
  readonly weights: Float32Array[];
  readonly bits: Uint8Array[];
  touched: Int32Array;
  isTouched: Uint8Array;
  touchedCount: number;
  /** How many parts the last query had: rows beyond are clean. */
  partCount: number;
};

/** Beside the bits of the postings: found by a reading that can be relied on. */
export const SURE = 16;

export function emptyBoard(): MatchBoard {
  return { weights: [], bits: [], touched: new Int32Array(0), isTouched: new Uint8Array(0), touchedCount: 0, partCount: 0 };
}

function makeRoom(board: MatchBoard, parts: number, size: number): void {
  if (board.isTouched.length < size) {
    const room = Math.ceil(size * 1.2);
    board.isTouched = new Uint8Array(room);
    board.touched = new Int32Array(room);
    board.weights.length = 0;
    board.bits.length = 0;
  }
  while (board.weights.length < parts) {
    board.weights.push(new Float32Array(board.isTouched.length));
    board.bits.push(new Uint8Array(board.isTouched.length));
  }
}

/** Wipes what the last query left. */
function wipe(board: MatchBoard): void {
  const { touched, touchedCount, isTouched } = board;
  for (let at = 0; at < touchedCount; at += 1) isTouched[touched[at] ?? 0] = 0;
  for (let part = 0; part < board.partCount; part += 1) {
    const weights = board.weights[part];
    const bits = board.bits[part];
    if (!weights || !bits) continue;
    for (let at = 0; at < touchedCount; at += 1) {
      const document = touched[at] ?? 0;
      weights[document] = 0;
      bits[document] = 0;
    }
  }
  board.touchedCount = 0;
}

/** Puts a document among those looked at. */
function touch(board: MatchBoard, document: number): void {
  if (board.isTouched[document] === 1) return;
  board.isTouched[document] = 1;
  board.touched[board.touchedCount] = document;
  board.touchedCount += 1;
}

type Row = { readonly weights: Float32Array; readonly bits: Uint8Array };

function note({ weights, bits }: Row, document: number, weight: number, found: number): void {
  const before = weights[document] ?? 0;
  const known = bits[document] ?? 0;
  if (weight > before) {
    weights[document] = weight;
    bits[document] = (found & ~SURE) | ((found | known) & SURE);
  } else if (weight === before) bits[document] = known | (found & (FIRST | IN_HEAD | SURE));
}

/** Where in a title terms stand side by side: the bits of that place, or -1. */
function phraseBits(index: TextIndex, document: number, terms: readonly number[]): number {
  const from = index.titleFrom.values[document] ?? 0;
  const to = document + 1 < index.size ? (index.titleFrom.values[document + 1] ?? 0) : index.titleTerms.length;
  const { values } = index.titleTerms;
  for (let at = from; at + terms.length <= to; at += 1) {
    let next = 0;
    while (next < terms.length && values[at + next] === terms[next]) next += 1;
    if (next === terms.length) return (at === from ? FIRST : 0) | (at - from < (index.headLengths.values[document] ?? 0) ? IN_HEAD : 0);
  }
  return -1;
}

export type FieldWeights = readonly [number, number, number, number];

type Looked = { readonly alternatives: readonly Alternative[]; readonly from: number; readonly to: number };

/** The postings to go through for terms that stand side by side: those of the rarest. */
function rarestOf(index: TextIndex, terms: readonly number[]): Postings | undefined {
  if (terms.length === 1) return index.postings[terms[0] ?? 0];
  const rarest = terms.toSorted((a, b) => frequencyOf(index, a) - frequencyOf(index, b))[0];
  return rarest === undefined ? undefined : index.postings[rarest];
}

function matchAlternatives(index: TextIndex, board: MatchBoard, { alternatives, from, to }: Looked, fields: FieldWeights): void {
  const { isTouched } = board;
  const rows: Row[] = [];
  for (let place = from; place < to; place += 1) {
    const [weights, bits] = [board.weights[place], board.bits[place]];
    if (weights && bits) rows.push({ weights, bits });
  }
  for (const { terms, weight, isSure } of alternatives) {
    const postings = rarestOf(index, terms);
    if (!postings) continue;
    const sure = isSure ? SURE : 0;
    const { values, length } = postings.documents;
    const bits = postings.bits.values;
    for (let at = 0; at < length; at += 1) {
      const document = values[at] ?? 0;
      if (isTouched[document] === 0) continue;
      let found = bits[at] ?? 0;
      if (terms.length > 1) {
        found = phraseBits(index, document, terms);
        if (found < 0) continue;
      }
      for (const row of rows) note(row, document, weight * (fields[found & FIELD_BITS] ?? 0), found | sure);
    }
  }
}

/** Everything that may stand for a part, alone or together with its neighbours. */
function readingsOf(query: ReadQuery, place: number): readonly Alternative[] {
  const over = query.spans.filter(({ from, to }) => from <= place && place < to).flatMap(({ alternatives }) => alternatives);
  return [...(query.parts[place]?.alternatives ?? []), ...over];
}

/** At most so many postings are gone through to find what has a part. */
export function postingsOfPart(index: TextIndex, query: ReadQuery, place: number): number {
  return readingsOf(query, place).reduce((sum, { terms }) => sum + (rarestOf(index, terms)?.documents.length ?? 0), 0);
}

/** Which documents are looked at: those that have one of these parts, as far as the rest of the conditions holds. */
export type Looking = {
  readonly parts: readonly number[];
  /** Only where a part stands in fields up to this one. */
  readonly upTo?: number;
  /** Stop at so many, those with a part at the beginning of their title first, then in the title, then anywhere. */
  readonly most?: number;
  /** Documents that are worth looking at. */
  readonly isWanted?: (document: number) => boolean;
};

const TITLE_FIRST = [
  (bits: number) => (bits & FIRST) !== 0,
  (bits: number) => (bits & FIRST) === 0 && (bits & FIELD_BITS) === 0,
  (bits: number) => (bits & FIELD_BITS) !== 0,
] as const;
const ANYWHERE = [() => true] as const;

function lookAt(index: TextIndex, board: MatchBoard, query: ReadQuery, { parts, upTo, most = Infinity, isWanted }: Looking): void {
  const readings = parts.flatMap((place) => readingsOf(query, place));
  for (const stands of most === Infinity ? ANYWHERE : TITLE_FIRST) {
    for (const { terms } of readings) {
      const postings = rarestOf(index, terms);
      if (!postings) continue;
      const { values, length } = postings.documents;
      const bits = postings.bits.values;
      for (let at = 0; at < length; at += 1) {
        const found = bits[at] ?? 0;
        // Side by side they stand in the title, whatever the best field of the rarest of them.
        if (terms.length === 1 && upTo !== undefined && (found & FIELD_BITS) > upTo) continue;
        const document = values[at] ?? 0;
        if (!stands(found) || isWanted?.(document) === false) continue;
        if (board.touchedCount >= most) return;
        touch(board, document);
      }
    }
  }
}

/**
 * Looks every part up in the documents looked at, which are on the board afterwards: all that hold any part, unless `looking` says which
 * are enough. A document on the board has all its parts noted, whichever brought it there.
 */
export function matchParts(index: TextIndex, board: MatchBoard, { query, fields, looking }: Matching): void {
  wipe(board);
  makeRoom(board, query.parts.length, index.size);
  board.partCount = query.parts.length;
  lookAt(index, board, query, looking ?? { parts: query.parts.map((_, place) => place) });
  query.parts.forEach(({ alternatives }, place) => matchAlternatives(index, board, { alternatives, from: place, to: place + 1 }, fields));
  for (const span of query.spans) matchAlternatives(index, board, span, fields);
}

export type Matching = { readonly query: ReadQuery; readonly fields: FieldWeights; readonly looking?: Looking };
