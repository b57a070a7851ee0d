/** One CSV field (RFC 4180). What a spreadsheet would run as a formula is made plain text first. */
export function csvField(value: string | number): string {
  const text = String(value);
  const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Rows as CSV with a byte-order mark, so that spreadsheets read the accents. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return `\u{feff}${rows.map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`;
}
