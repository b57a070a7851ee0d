import type { Alternative, ReadQuery } from './read-query';
import { FIELD_BITS, FIRST, IN_HEAD, type TextIndex } from './text-index';

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

function note(board: MatchBoard, place: number, document: number, weight: number, found: number): void {
  const weights = board.weights[place];
  const bits = board.bits[place];
  if (!weights || !bits) return;
  if (board.isTouched[document] === 0) {
    board.isTouched[document] = 1;
    board.touched[board.touchedCount] = document;
    board.touchedCount += 1;
  }
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

function matchAlternatives(index: TextIndex, board: MatchBoard, { alternatives, from, to }: Looked, fields: FieldWeights): void {
  for (const { terms, weight, isSure } of alternatives) {
    const rarest = terms.toSorted((a, b) => (index.postings[a]?.documents.length ?? 0) - (index.postings[b]?.documents.length ?? 0))[0];
    const postings = rarest === undefined ? undefined : index.postings[rarest];
    if (!postings) continue;
    const sure = isSure ? SURE : 0;
    const { values } = postings.documents;
    for (let at = 0; at < postings.documents.length; at += 1) {
      const document = values[at] ?? 0;
      let found = postings.bits.values[at] ?? 0;
      if (terms.length > 1) {
        found = phraseBits(index, document, terms);
        if (found < 0) continue;
      }
      for (let place = from; place < to; place += 1) note(board, place, document, weight * (fields[found & FIELD_BITS] ?? 0), found | sure);
    }
  }
}

/** Looks every part up. Documents that hold any of them are on the board afterwards. */
export function matchParts(index: TextIndex, board: MatchBoard, query: ReadQuery, fields: FieldWeights): void {
  wipe(board);
  makeRoom(board, query.parts.length, index.size);
  board.partCount = query.parts.length;
  query.parts.forEach(({ alternatives }, place) => matchAlternatives(index, board, { alternatives, from: place, to: place + 1 }, fields));
  for (const span of query.spans) matchAlternatives(index, board, span, fields);
}
