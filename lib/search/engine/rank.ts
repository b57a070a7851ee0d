import { SURE, type FieldWeights, type MatchBoard } from './match';
import type { QueryPart, ReadQuery } from './read-query';
import { FIELD_BITS, FIRST, IN_HEAD, type TextIndex } from './text-index';

/** How much each thing that relevance looks at counts. Shares of the sum of the parts' rarities, so that queries compare. */
export type RelevanceWeights = {
  readonly fields: FieldWeights;
  /** What a part in the head of a title, and as its first word, counts more. */
  readonly inHead: number;
  readonly first: number;
  /** The kind of thing asked for stands first. */
  readonly headFirst: number;
  /** Two neighbours of the query are neighbours in the title. */
  readonly sideBySide: number;
  readonly inOrder: number;
  /** Power of the share of the query that was found. */
  readonly coverage: number;
  /** The title begins with a kind of thing that was not asked for. */
  readonly otherKind: number;
  /** Each further word of the title. */
  readonly extraWord: number;
  /** Quantities and packing say how much, not what. */
  readonly faint: number;
  /** What is left of the score of a document that lacks the kind of thing asked for. */
  readonly otherThing: number;
  /** Least rarity a part counts with, and the most, as logarithms. */
  readonly leastRarity: number;
  readonly mostRarity: number;
  /** The last field whose words make a result strong. */
  readonly strongFields: number;
  /** Share of the query that a strong result must answer by readings that can be relied on. */
  readonly strongShare: number;
};

/** How much of a query a part is. */
export function rarityOf(part: QueryPart, weights: RelevanceWeights): number {
  const rarity = Math.min(weights.mostRarity, Math.max(weights.leastRarity, part.rarity));
  return part.isFaint ? rarity * weights.faint : rarity;
}

/** Which part says what kind of thing is wanted: the word that titles begin with most, the earlier of equals. */
export function headPartOf(parts: readonly QueryPart[]): number {
  let best = 0;
  let most = -1;
  parts.forEach((part, place) => {
    const share = part.isFaint ? -0.5 : part.headShare + (place === 0 ? 0.15 : 0);
    if (share > most) {
      most = share;
      best = place;
    }
  });
  return best;
}

/** By document: how relevant, whether a strong answer, and which share of the query it answers. Only what is on the board counts. */
export type Scores = { readonly relevance: Float32Array; readonly isStrong: Uint8Array; readonly covered: Float32Array };

/** Scores every document on the board by its words alone; relevance lies between 0 and about 2. */
export function scoreBoard(board: MatchBoard, query: ReadQuery, weights: RelevanceWeights, scores: Scores): void {
  const { parts } = query;
  const rarities = parts.map((part) => rarityOf(part, weights));
  const total = rarities.reduce((sum, rarity) => sum + rarity, 0);
  const head = headPartOf(parts);
  const rows = parts.map((_, place) => board.weights[place] ?? new Float32Array(0));
  const bitRows = parts.map((_, place) => board.bits[place] ?? new Uint8Array(0));
  for (let at = 0; at < board.touchedCount; at += 1) {
    const document = board.touched[at] ?? 0;
    let found = 0;
    let covered = 0;
    let sure = 0;
    let headSure = false;
    for (let place = 0; place < parts.length; place += 1) {
      const weight = rows[place]?.[document] ?? 0;
      if (weight === 0) continue;
      const rarity = rarities[place] ?? 0;
      const bits = bitRows[place]?.[document] ?? 0;
      covered += rarity * Math.min(1, weight);
      found += rarity * weight * (1 + ((bits & IN_HEAD) !== 0 ? weights.inHead : 0) + ((bits & FIRST) !== 0 ? weights.first : 0));
      if (place === head && (bits & FIRST) !== 0) found += total * weights.headFirst * weight;
      if ((bits & SURE) !== 0 && (bits & FIELD_BITS) <= weights.strongFields) {
        sure += rarity;
        if (place === head) headSure = true;
      }
    }
    const isThing = parts.length === 1 || (rows[head]?.[document] ?? 0) > 0;
    scores.covered[document] = covered / total;
    scores.relevance[document] = (found / total) * (covered / total) ** weights.coverage * (isThing ? 1 : weights.otherThing);
    scores.isStrong[document] = headSure && sure >= weights.strongShare * total ? 1 : 0;
  }
}

type Looked = {
  readonly index: TextIndex;
  readonly query: ReadQuery;
  readonly weights: RelevanceWeights;
  readonly partOfTerm: Int8Array;
};

/** What order and neighbourhood in the title add to, or take from, a score. */
function titleFactor({ index, query, weights, partOfTerm }: Looked, document: number): number {
  const from = index.titleFrom.values[document] ?? 0;
  const to = document + 1 < index.size ? (index.titleFrom.values[document + 1] ?? 0) : index.titleTerms.length;
  const pairs = Math.max(1, query.parts.length - 1);
  let factor = 1;
  let extra = 0;
  let last = -1;
  let lastAt = -9;
  for (let at = from; at < to; at += 1) {
    const term = index.titleTerms.values[at] ?? 0;
    const part = (partOfTerm[term] ?? 0) - 1;
    if (part < 0) {
      extra += 1;
      if (at === from) {
        const postings = index.postings[term];
        const share = postings === undefined ? 0 : postings.firstCount / Math.max(1, postings.documents.length);
        if ((postings?.documents.length ?? 0) >= 20) factor -= weights.otherKind * share;
      }
      continue;
    }
    if (last >= 0 && part === last + 1) {
      if (at === lastAt + 1) factor += weights.sideBySide / pairs;
      else factor += weights.inOrder / pairs;
    }
    last = part;
    lastAt = at;
  }
  return factor - weights.extraWord * Math.log1p(extra);
}

/** By term: which part of the query it stands for, counted from one; zero between two queries. */
let partOfTerm = new Int8Array(0);

function eachTerm(query: ReadQuery, visit: (term: number, part: number) => void): void {
  query.parts.forEach(({ alternatives }, place) => {
    for (const { terms } of alternatives) for (const term of terms) visit(term, place + 1);
  });
  for (const { from, alternatives } of query.spans) for (const { terms } of alternatives) for (const term of terms) visit(term, from + 1);
}

type Titles = { readonly query: ReadQuery; readonly weights: RelevanceWeights; readonly documents: Int32Array; readonly scores: Scores };

/** Lets order and neighbourhood in the titles have their say: scores of the documents are changed where they stand. */
export function titleFactors(index: TextIndex, { query, weights, documents, scores }: Titles): void {
  if (partOfTerm.length < index.vocabulary.terms.length) partOfTerm = new Int8Array(Math.ceil(index.vocabulary.terms.length * 1.2));
  const marks = partOfTerm;
  eachTerm(query, (term, part) => {
    if (marks[term] === 0) marks[term] = part;
  });
  const looked: Looked = { index, query, weights, partOfTerm: marks };
  for (const document of documents) {
    scores.relevance[document] = (scores.relevance[document] ?? 0) * Math.max(0.05, titleFactor(looked, document));
  }
  eachTerm(query, (term) => {
    marks[term] = 0;
  });
}
