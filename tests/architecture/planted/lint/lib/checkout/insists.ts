export const first = (words: readonly string[]): string => words[0]!;
