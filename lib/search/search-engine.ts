import type { EngineAnswer, EngineQuestion } from './engine/question';

/**
 * What answers questions about the city's listings: the index in this process, or Meilisearch. Both pass the same contract test. An engine
 * knows words, filters and places with their promises; it never knows a price to show, a person or the time.
 */
export type SearchEngine = {
  readonly name: 'memory' | 'meilisearch';
  answer(question: EngineQuestion): Promise<EngineAnswer>;
  /** Categories of what a text means, whether or not anybody has it now; commonest first. For leading on where nothing is found. */
  categoriesOf(text: string, most: number): Promise<readonly string[]>;
};
