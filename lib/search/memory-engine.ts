import { answerQuestion } from './engine/answer';
import type { CityIndex } from './engine/city-index';
import { emptyWorkplace, findRelevant, warmUp } from './engine/relevant';
import type { CompiledSynonyms } from './engine/synonyms';
import { freshIndex } from './live/fresh-index';
import { currentSynonyms } from './live/synonyms';
import { relevanceWeights } from './ranking';
import type { SearchEngine } from './search-engine';

/** Where an engine gets its index and words from: the process's own, or a test's. */
export type MemorySource = () => Promise<{ readonly index: CityIndex; readonly synonyms: CompiledSynonyms }>;

/** An engine over indexes in memory. A question is answered from beginning to end before the next is looked at. */
export function memoryEngineOn(source: MemorySource): SearchEngine {
  const workplace = emptyWorkplace();
  let warm: CityIndex | undefined;
  /** An index seen for the first time is warmed up. */
  const ready: MemorySource = async () => {
    const { index, synonyms } = await source();
    if (warm !== index) {
      warm = index;
      warmUp(index, (text) => findRelevant(index, workplace, { text, synonyms, weights: relevanceWeights }));
    }
    return { index, synonyms };
  };
  return {
    name: 'memory',
    answer: async (question) => {
      const { index, synonyms } = await ready();
      const { text, isGlance = false } = question;
      const relevant =
        text.trim() === '' ? undefined : findRelevant(index, workplace, { text, synonyms, weights: relevanceWeights, isGlance });
      return answerQuestion(index, question, relevant);
    },
    categoriesOf: async (text, most) => {
      const { index, synonyms } = await ready();
      const { documents, scores } = findRelevant(index, workplace, { text, synonyms, weights: relevanceWeights });
      const weightOf = new Map<string, number>();
      for (const document of documents) {
        const category = index.categories.texts[index.categoryOf.values[document] ?? 0] ?? '';
        weightOf.set(category, (weightOf.get(category) ?? 0) + (scores.relevance[document] ?? 0));
      }
      return [...weightOf]
        .toSorted((a, b) => b[1] - a[1])
        .slice(0, most)
        .map(([category]) => category);
    },
  };
}

/** The engine of the default install. */
export const memoryEngine: SearchEngine = memoryEngineOn(async () => {
  const [index, synonyms] = await Promise.all([freshIndex(), currentSynonyms()]);
  return { index, synonyms };
});
