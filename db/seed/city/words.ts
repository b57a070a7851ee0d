/** Lower case without accents, for sorting and matching. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/œ/gi, 'oe').replace(/æ/gi, 'ae').toLowerCase();
}

/** "Café moulu « Vieux Port », 250 g" → "cafe-moulu-vieux-port-250-g"; at most 80 characters. */
export function slugOf(text: string): string {
  return folded(text)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');
}

/** French typography inside names: no-break space before signs, inside quotation marks, and between a number and its unit. */
export function typeset(text: string): string {
  return text
    .replace(/« /g, '«\u00a0')
    .replace(/ »/g, '\u00a0»')
    .replace(/ ([%€!?;:])/g, '\u00a0$1')
    .replace(/(\d) (?=(?:g|kg|cl|l|ml|cm|mm|m|W|V|Go|km)\b)/g, '$1\u00a0');
}
