/** French typography inside names: no-break space before signs, inside quotation marks, and between a number and its unit. */
export function typeset(text: string): string {
  return text
    .replace(/« /g, '«\u00a0')
    .replace(/ »/g, '\u00a0»')
    .replace(/ ([%€!?;:])/g, '\u00a0$1')
    .replace(/(\d) (?=(?:g|kg|cl|l|ml|cm|mm|m|W|V|Go|km)\b)/g, '$1\u00a0');
}
