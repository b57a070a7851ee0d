/**
 * How results are ordered. The page "Classement" is generated from this value and the ranker reads it, so the two cannot differ:
 * whoever changes a line here changes `version`, and with it the text people read (OP-01).
 */
export const ranking = {
  version: 1,
  /** In this order; a later one only decides between results that are equal for all the earlier ones. */
  parameters: ['strength', 'promise', 'relevance', 'stable'],
  /** Promises within the same step count as equally early, so that one shop does not take the whole page by a minute. Minutes. */
  promiseStepMinutes: 30,
  /** Weight of a word by where it stands: title, brand and key attribute, department, description and properties. */
  fieldWeights: { title: 1, brand: 0.4, department: 0.2, properties: 0.1 },
  /** A result is strong when every word of the query is in its title, brand or key attribute. */
  strongFields: ['title', 'brand'],
  /** Nobody can pay for a better place. */
  paidPlacement: false,
} as const;

export type RankingParameter = (typeof ranking.parameters)[number];
