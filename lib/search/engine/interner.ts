/** Texts as small numbers, handed out in turn. */
export type Interner = { readonly numbers: Map<string, number>; readonly texts: string[] };

export function emptyInterner(): Interner {
  return { numbers: new Map(), texts: [] };
}

export function numberOf(interner: Interner, text: string): number {
  const known = interner.numbers.get(text);
  if (known !== undefined) return known;
  const number = interner.texts.length;
  interner.numbers.set(text, number);
  interner.texts.push(text);
  return number;
}
