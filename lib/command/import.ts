import { existsSync } from 'node:fs';
import type { DryRun, FileRefusal } from '@/lib/connectors';
import { dryRunFile } from '@/lib/connectors';
import { readOptions } from './arguments';
import type { Command } from './command';
import { RefusedError, UsageError, say, sayJson } from './command';

/** Standard rate of VAT in France since 2014 (CGI art. 278), for prices that come without VAT and without a rate. */
const ASSUMED_VAT_BPS = 2_000;

/** `halles import`: what would come of a merchant's file. */
export const importFile: Command = {
  summary: 'Reads a merchant’s product file of any kind and says what would come of it.',
  usage: [
    'Usage: npm run --silent halles -- import --file FILE --dry-run [--currency CODE] [--json]',
    '',
    'FILE may be CSV or TSV (any separator, quoting and encoding), XLSX, JSON (a list anywhere in it, or one object a line) or XML',
    '(feeds for comparison sites too). Exports of known shop and till programs are recognised by their headings, others by guessing.',
    '',
    '  --dry-run         count and explain only; needs no database',
    '  --currency CODE   currency of the city, EUR unless told',
    '  --json            {format, encoding, separator, shape, columns, rows, variants, offers, rejected: [{row, reason}], warnings}',
    '',
    'Rows are numbered as a spreadsheet shows them: the heading is row 1 (in JSON and XML, where there is none, the first record is 1).',
    'Exit codes: 0 the file was read (rows may be rejected), 1 the file cannot be read, 2 wrong usage.',
  ].join('\n'),
  run: importCommand,
};

const refusals: Readonly<Record<FileRefusal['kind'], string>> = {
  'file-empty': 'The file holds no rows.',
  'file-too-large': 'The file is too large: cut it into parts of less than 200 MB.',
  'file-not-readable': 'The file is damaged or cut off: export it again.',
  'file-kind-unknown': 'The file is no table: save it as CSV or XLSX.',
};

async function importCommand(args: readonly string[]): Promise<number> {
  const options = readOptions(args, { file: 'text', 'dry-run': 'switch', currency: 'text', json: 'switch' });
  const path = options.required('file');
  if (!options.has('dry-run')) throw new UsageError('--dry-run is missing: files are taken over on the page "Import" of a shop.');
  if (!existsSync(path)) throw new RefusedError(`There is no file "${path}".`);
  const currency = (options.text('currency') ?? 'EUR').toUpperCase();
  const answer = await dryRunFile(path, { currency, assumedVatBps: ASSUMED_VAT_BPS });
  if (!answer.ok) throw new RefusedError(refusals[answer.error.kind]);
  if (options.has('json')) sayJson(answer.value);
  else tell(answer.value);
  return 0;
}

function tell(dryRun: DryRun): void {
  const { format, encoding, separator, shape, rows, variants, offers, rejected, warnings } = dryRun;
  say(`${format}${encoding === null ? '' : `, ${encoding}`}${separator === null ? '' : `, separated by ${JSON.stringify(separator)}`}`);
  if (shape !== null) say(`Recognised: ${shape}`);
  for (const [field, heading] of Object.entries(dryRun.columns)) say(`  ${field.padEnd(20)}${[heading].flat().join(', ')}`);
  say(`${rows} rows: ${variants} variants, ${offers} offers, ${rejected.length} rejected`);
  for (const { row, reason, value } of rejected.slice(0, 20)) say(`  row ${row}: ${reason}${value ? ` (${value})` : ''}`);
  if (rejected.length > 20) say(`  … and ${rejected.length - 20} more`);
  for (const { code, count, rows: where } of warnings)
    say(`  note: ${code}, ${count} times${where.length > 0 ? ` (row ${where.join(', ')})` : ''}`);
}
