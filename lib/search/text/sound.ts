/** How French ears write the same sound, in the order in which they are replaced. Words are folded. */
const sounds: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/gn|ni(?=[aeou])/g, 'N'],
  [/ill(?=[aeiou])/g, 'y'],
  [/qu|ck|k|q/g, 'k'],
  [/sch|sh|ch/g, 'S'],
  [/sc(?=[eiy])/g, 's'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/g(?=[eiy])/g, 'j'],
  [/gu(?=[eiy])/g, 'g'],
  [/eau|au/g, 'o'],
  [/ai|ei|ay|ey/g, 'e'],
  [/oe|oeu|eu/g, 'e'],
  [/[ae]n(?![aeiouyn])|[ae]m(?=[bp])/g, 'A'],
  [/in(?![aeiouyn])|im(?=[bp])/g, 'I'],
  [/y/g, 'i'],
  [/h/g, ''],
  [/z/g, 's'],
  [/x$/g, ''],
  [/(.)\1+/g, '$1'],
  [/(..)(?:es|e|s|t|d|p)$/, '$1'],
];

/** How a folded word sounds, roughly: words with one key are easily written for one another (`philadelfia`, `philadelphia`). */
export function soundOf(word: string): string {
  const key = sounds.reduce((said, [written, sound]) => said.replace(written, sound), word);
  return key === '' ? word : key;
}
