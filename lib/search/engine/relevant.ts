import type { CityIndex } from './city-index';
import { emptyBoard, matchParts, type MatchBoard } from './match';
import { scoreBoard, titleFactors, type RelevanceWeights, type Scores } from './rank';
import { readQuery } from './read-query';
import type { CompiledSynonyms } from './synonyms';

/** Documents that answer a text, with how well; the scores stand at the documents' own places. */
export type Relevant = {
  readonly documents: Int32Array;
  readonly scores: Scores;
  /** What was read instead of a word nobody knows. */
  readonly said: string | undefined;
  /** No document answers all that matters: these answer some of it. */
  readonly isLoose: boolean;
};

/** Working memory of one process; a question is answered from beginning to end before the next is looked at. */
export type Workplace = { readonly board: MatchBoard; scores: Scores };

export function emptyWorkplace(): Workplace {
  return { board: emptyBoard(), scores: { relevance: new Float32Array(0), isStrong: new Uint8Array(0), covered: new Float32Array(0) } };
}

/** How much of a text must be answered to be shown beside strong answers, and when there are none. Shares of the words' weight. */
const NEARLY = 0.6;
const LOOSELY = 0.12;
/** So many strong answers need no company. */
const ENOUGH = 24;

export type TextQuestion = {
  readonly text: string;
  readonly synonyms: CompiledSynonyms;
  readonly weights: RelevanceWeights;
  /** Everything that has any of the words, however little: for measuring the ranking alone. */
  readonly isWhole?: boolean;
};

function keep(found: Int32Array, isKept: (document: number) => boolean): Int32Array {
  const kept = new Int32Array(found.length);
  let count = 0;
  for (const document of found) {
    if (!isKept(document)) continue;
    kept[count] = document;
    count += 1;
  }
  return kept.subarray(0, count);
}

/** Finds what answers a text: strong answers, with what comes near while they are few; failing both, whatever has some of the words. */
export function findRelevant(index: CityIndex, place: Workplace, { text, synonyms, weights, isWhole = false }: TextQuestion): Relevant {
  const query = readQuery(index.text, text, synonyms);
  matchParts(index.text, place.board, query, weights.fields);
  if (place.scores.relevance.length < index.text.size) {
    const room = Math.ceil(index.text.size * 1.2);
    place.scores = { relevance: new Float32Array(room), isStrong: new Uint8Array(room), covered: new Float32Array(room) };
  }
  const { scores, board } = place;
  scoreBoard(board, query, weights, scores);
  const alive = keep(board.touched.subarray(0, board.touchedCount), (document) => index.isAlive.values[document] === 1);
  const strong = alive.reduce((count, document) => count + (scores.isStrong[document] ?? 0), 0);
  const near = (least: number) => keep(alive, (document) => scores.isStrong[document] === 1 || (scores.covered[document] ?? 0) >= least);
  const shown = isWhole ? alive : near(strong >= ENOUGH ? 2 : NEARLY);
  const documents = shown.length > 0 ? shown : near(LOOSELY);
  titleFactors(index.text, { query, weights, documents, scores });
  return { documents, scores, said: query.said, isLoose: strong === 0 && documents.length > 0 };
}

const WARM_UP = 150;

/** Asks an index for the beginnings of some of its own titles, so that nobody pays for a new process's first questions. */
export function warmUp(index: CityIndex, ask: (text: string) => void): void {
  const { vocabulary, titleFrom, titleTerms } = index.text;
  const step = Math.max(1, Math.floor(index.text.size / WARM_UP));
  for (let document = 0; document < index.text.size; document += step) {
    const from = titleFrom.values[document] ?? 0;
    const terms = [...titleTerms.values.subarray(from, from + 3)].map((term) => vocabulary.terms[term] ?? '');
    ask(terms.join(' '));
  }
}
