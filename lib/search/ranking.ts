import type { RelevanceWeights } from './engine/rank';
import { textFields } from './engine/text-index';

/**
 * How results are ordered. The page "Classement" is generated from this value and the ranker reads it, so the two cannot differ:
 * whoever changes a line here changes `version`, and with it the text people read (OP-01).
 */
export const ranking = {
  version: 2,
  /** In this order; a later one only decides between results that are equal for all the earlier ones. */
  parameters: ['strength', 'promise', 'relevance', 'stable'],
  /** Promises within the same step count as equally early, so that one shop does not take the whole page by a minute. Minutes. */
  promiseStepMinutes: 30,
  /** Weight of a word by where it stands: title, brand and key attribute, department, description and properties. */
  fieldWeights: { title: 1, brand: 0.7, department: 0.4, properties: 0.25 },
  /** A result is strong when what the words ask for is in its title, brand, key attribute or department. */
  strongFields: ['title', 'brand', 'department'],
  /** Share of the words, weighed by how rare they are, that a strong result answers; the kind of thing asked for always. */
  strongShare: 0.7,
  /** Bonuses and discounts of relevance, as shares. */
  relevance: {
    inHead: 0.1,
    first: 0.1,
    headFirst: 0.05,
    sideBySide: 0.25,
    inOrder: 0.03,
    coverage: 2,
    otherKind: 0.4,
    extraWord: 0.04,
    faint: 0.35,
    otherThing: 0.65,
    leastRarity: 1.5,
    mostRarity: 9,
  },
  /** Nobody can pay for a better place. */
  paidPlacement: false,
} as const;

export type RankingParameter = (typeof ranking.parameters)[number];

/** The same figures as the ranker takes them. */
export const relevanceWeights: RelevanceWeights = {
  ...ranking.relevance,
  fields: [ranking.fieldWeights.title, ranking.fieldWeights.brand, ranking.fieldWeights.department, ranking.fieldWeights.properties],
  strongFields: Math.max(...ranking.strongFields.map((field) => textFields.indexOf(field))),
  strongShare: ranking.strongShare,
};
