import type { CityIndex } from './city-index';
import { emptyBoard, matchParts, postingsOfPart, type Looking, type MatchBoard } from './match';
import { headPartOf, rarityOf, scoreBoard, titleFactors, type RelevanceWeights, type Scores } from './rank';
import { readQuery, type ReadQuery } from './read-query';
import type { CompiledSynonyms } from './synonyms';
import type { TextIndex } from './text-index';

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
  /** A few of the best will do, of what can be had, as for a word still being typed: not everything that has it is looked at. */
  readonly isGlance?: boolean;
};

/** So many documents a glance at one word looks at, those that begin with it first. */
const GLANCE = 10_000;

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

/** For sums of shares that are equal but for their order. */
const HAIR = 1e-6;

/**
 * Parts of which a document must have one to answer `share` of the query: the commonest are left out as long as all of them together
 * answer less, so that a word everybody has does not make everybody be looked at.
 */
function partsFor(index: TextIndex, query: ReadQuery, weights: RelevanceWeights, share: number): readonly number[] {
  const parts = query.parts.map((part, place) => ({ place, rarity: rarityOf(part, weights), size: postingsOfPart(index, query, place) }));
  const total = parts.reduce((sum, { rarity }) => sum + rarity, 0);
  let left = 0;
  const needed = parts
    .toSorted((a, b) => b.size - a.size)
    .filter(({ rarity }) => {
      if (left + rarity > share * total - HAIR) return true;
      left += rarity;
      return false;
    });
  return needed.map(({ place }) => place);
}

/**
 * What is looked at, step by step until it is enough: all that may be a strong answer, all that may come near, all that has some of it.
 * Who has a word that everybody has, and nothing else that was asked, is not looked at before the last step.
 */
function steps(index: CityIndex, query: ReadQuery, { weights, isGlance = false }: TextQuestion): readonly [Looking, Looking, Looking] {
  const size = (parts: readonly number[]) => parts.reduce((sum, place) => sum + postingsOfPart(index.text, query, place), 0);
  const head = [headPartOf(query.parts)];
  const forStrong = partsFor(index.text, query, weights, weights.strongShare);
  const { isAlive, offersCount } = index;
  // Of several words the rarest says where to look; it might be just the ones left out that have them all.
  const glance: Pick<Looking, 'most' | 'isWanted'> =
    isGlance && query.parts.length === 1
      ? { most: GLANCE, isWanted: (document) => isAlive.values[document] === 1 && (offersCount.values[document] ?? 0) > 0 }
      : {};
  return [
    { parts: size(head) < size(forStrong) ? head : forStrong, upTo: weights.strongFields, ...glance },
    { parts: partsFor(index.text, query, weights, Math.min(NEARLY, weights.strongShare)), ...glance },
    { parts: partsFor(index.text, query, weights, LOOSELY), ...glance },
  ];
}

function makeRoom(place: Workplace, size: number): void {
  if (place.scores.relevance.length >= size) return;
  const room = Math.ceil(size * 1.2);
  place.scores = { relevance: new Float32Array(room), isStrong: new Uint8Array(room), covered: new Float32Array(room) };
}

type Seen = { readonly alive: Int32Array; readonly strong: number };

function see(index: CityIndex, place: Workplace, query: ReadQuery, weights: RelevanceWeights, looking?: Looking): Seen {
  const { board, scores } = place;
  matchParts(index.text, board, { query, fields: weights.fields, ...(looking && { looking }) });
  scoreBoard(board, query, weights, scores);
  const alive = keep(
    board.touched.subarray(0, board.touchedCount),
    (document) => index.isAlive.values[document] === 1 && (scores.covered[document] ?? 0) > 0,
  );
  let strong = 0;
  for (const document of alive) strong += scores.isStrong[document] ?? 0;
  return { alive, strong };
}

/** The documents to show: strong answers, with what comes near while they are few; failing both, whatever has some of the words. */
function shownOf(index: CityIndex, place: Workplace, query: ReadQuery, question: TextQuestion): Pick<Relevant, 'documents' | 'isLoose'> {
  const { weights, isWhole = false } = question;
  const { scores } = place;
  const near = ({ alive }: Seen, least: number) =>
    keep(alive, (document) => scores.isStrong[document] === 1 || (scores.covered[document] ?? 0) >= least);
  const isLoose = ({ strong }: Seen, documents: Int32Array) => strong === 0 && documents.length > 0;
  if (isWhole) {
    const seen = see(index, place, query, weights);
    return { documents: seen.alive, isLoose: isLoose(seen, seen.alive) };
  }
  const [forStrong, forNear, forSome] = steps(index, query, question);
  let seen = see(index, place, query, weights, forStrong);
  if (seen.strong >= ENOUGH) return { documents: near(seen, 2), isLoose: false };
  seen = see(index, place, query, weights, forNear);
  let documents = near(seen, NEARLY);
  if (documents.length === 0) {
    seen = see(index, place, query, weights, forSome);
    documents = near(seen, LOOSELY);
  }
  return { documents, isLoose: isLoose(seen, documents) };
}

/** Finds what answers a text, and how well. */
export function findRelevant(index: CityIndex, place: Workplace, question: TextQuestion): Relevant {
  const query = readQuery(index.text, question.text, question.synonyms);
  makeRoom(place, index.text.size);
  const { scores } = place;
  const { documents, isLoose } = shownOf(index, place, query, question);
  titleFactors(index.text, { query, weights: question.weights, documents, scores });
  return { documents, scores, said: query.said, isLoose };
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
