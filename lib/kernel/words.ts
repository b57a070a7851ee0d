/** Lower case without accents or ligatures: how words are compared. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/œ/gi, 'oe').replace(/æ/gi, 'ae').toLowerCase();
}

/** Letters and digits only, without accents, a space between words: what two people would agree to be the same name or place. */
export function plainWords(text: string): string {
  return folded(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Words as a part of an address: "Café moulu « Vieux Port », 250 g" → "cafe-moulu-vieux-port-250-g". Empty where no letter or digit is left. */
export function slugOf(text: string, longest = 80): string {
  return plainWords(text).slice(0, longest).trimEnd().replaceAll(' ', '-');
}
