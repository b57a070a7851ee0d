import { currentEngine } from './current-engine';

/** Ids of the categories in which things of such words lie, whether or not anybody has one now; commonest first. */
export async function categoriesMeant(words: string, most: number): Promise<readonly string[]> {
  return currentEngine().categoriesOf(words, most);
}
