import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { DryRun, FileRefusal, ImportCountsView, RejectedRowView } from '@/lib/connectors';
import { applyImport, checkImport, compareImport, confirmImport, dryRunFile, getImport, listRejected, stageImport } from '@/lib/connectors';
import { ownerScope } from '@/lib/identity';
import type { ImportId, ShopScope } from '@/lib/kernel';
import { systemClock } from '@/lib/platform/clock';
import { closeDatabase } from '@/lib/platform/database';
import { readOptions } from './arguments';
import type { Command } from './command';
import { RefusedError, UsageError, complain, say, sayJson } from './command';

/** Standard rate of VAT in France since 2014 (CGI art. 278), for prices that come without VAT and without a rate. */
const ASSUMED_VAT_BPS = 2_000;

/** `halles import`: what would come of a merchant's file, and taking it over. */
export const importFile: Command = {
  summary: 'Reads a merchant’s product file of any kind, says what would come of it, and takes it over into a shop.',
  usage: [
    'Usage: npm run --silent halles -- import --file FILE [--shop SHOP] [--dry-run] [--currency CODE] [--json]',
    '',
    'FILE may be CSV or TSV (any separator, quoting and encoding), XLSX, JSON (a list anywhere in it, or one object a line) or XML',
    '(feeds for comparison sites too). Exports of known shop and till programs are recognised by their headings, others by guessing.',
    '',
    '  --shop SHOP       the shop (its id, or the last part of its address) that takes the file over: prices, counts and new products',
    '                    are on sale when the command ends, and the shop may take the import back within a day',
    '  --dry-run         count and explain only; needs no database',
    '  --currency CODE   currency of the city, EUR unless told',
    '  --json            {format, encoding, separator, shape, columns, rows, variants, offers, rejected: [{row, reason}], warnings};',
    '                    of a taken over file also {importId, counts: {new, changed, unchanged, rejected}, written}',
    '',
    'Rows are numbered as a spreadsheet shows them: the heading is row 1 (in JSON and XML, where there is none, the first record is 1).',
    'Exit codes: 0 the file was read (rows may be rejected), 1 the file cannot be read or there is no such shop, 2 wrong usage.',
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
  const options = readOptions(args, { file: 'text', shop: 'text', 'dry-run': 'switch', currency: 'text', json: 'switch' });
  const path = options.required('file');
  const shop = options.text('shop');
  if (!options.has('dry-run') && shop === undefined)
    throw new UsageError('Either --dry-run, to see what would come of the file, or --shop SHOP, to take it over.');
  if (!existsSync(path)) throw new RefusedError(`There is no file "${path}".`);
  const currency = (options.text('currency') ?? 'EUR').toUpperCase();
  const answer = await dryRunFile(path, { currency, assumedVatBps: ASSUMED_VAT_BPS });
  if (!answer.ok) throw new RefusedError(refusals[answer.error.kind]);
  if (options.has('dry-run') || shop === undefined) {
    if (options.has('json')) sayJson(answer.value);
    else tell(answer.value);
    return 0;
  }
  try {
    const taken = await takeOver(path, shop);
    if (options.has('json')) sayJson({ ...answer.value, ...taken });
    else tellTaken(answer.value, taken);
    return 0;
  } finally {
    await closeDatabase();
  }
}

type Taken = {
  readonly importId: ImportId;
  readonly counts: ImportCountsView;
  readonly written: number;
  readonly rejected: readonly RejectedRowView[];
};

const MOST_REJECTED = 100_000;
const TOLD_EVERY_MS = 1_000;

/** The same way as on the page: staged, checked, confirmed, written; a worker that runs beside it may help. */
async function takeOver(path: string, shop: string): Promise<Taken> {
  const scope = await ownerScope(shop);
  if (!scope) throw new RefusedError(`There is no shop "${shop}", or nobody owns it.`);
  const staged = await stageImport(scope, { path, fileName: basename(path) });
  if (!staged.ok) throw new RefusedError(refusals[staged.error.kind]);
  const importId = staged.value;
  const checked = await checkImport(scope, { importId });
  if (!checked.ok) throw new RefusedError('Somebody else is working on this import.');
  const confirmed = await confirmImport(scope, importId);
  const written = confirmed.ok ? await applied(scope, importId) : 0; // a file that changes nothing is no failure
  return { importId, counts: checked.value, written, rejected: await listRejected(scope, importId, MOST_REJECTED) };
}

/** Takes over and says on standard error how far it is. */
async function applied(scope: ShopScope, importId: ImportId): Promise<number> {
  const tellProgress = async (): Promise<void> => {
    const view = await getImport(scope, importId, systemClock.now());
    if (view) complain(`${Math.round(view.progress * 100)} %`);
  };
  const telling = setInterval(() => void tellProgress().catch(() => undefined), TOLD_EVERY_MS);
  try {
    const written = await applyImport(importId);
    await compareImport(importId);
    return written;
  } finally {
    clearInterval(telling);
  }
}

function tellTaken(dryRun: DryRun, { counts, written, rejected }: Taken): void {
  tell({ ...dryRun, rejected: [] });
  say(
    `${counts.new} new, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.rejected} rejected: ${written} offers written`,
  );
  tellRejected(rejected);
}

function tell(dryRun: DryRun): void {
  const { format, encoding, separator, shape, rows, variants, offers, rejected, warnings } = dryRun;
  say(`${format}${encoding === null ? '' : `, ${encoding}`}${separator === null ? '' : `, separated by ${JSON.stringify(separator)}`}`);
  if (shape !== null) say(`Recognised: ${shape}`);
  for (const [field, heading] of Object.entries(dryRun.columns)) say(`  ${field.padEnd(20)}${[heading].flat().join(', ')}`);
  say(`${rows} rows: ${variants} variants, ${offers} offers, ${rejected.length} rejected`);
  tellRejected(rejected);
  for (const { code, count, rows: where } of warnings)
    say(`  note: ${code}, ${count} times${where.length > 0 ? ` (row ${where.join(', ')})` : ''}`);
}

function tellRejected(rejected: readonly { readonly row: number; readonly reason: string; readonly value?: string | undefined }[]): void {
  for (const { row, reason, value } of rejected.slice(0, 20)) say(`  row ${row}: ${reason}${value ? ` (${value})` : ''}`);
  if (rejected.length > 20) say(`  … and ${rejected.length - 20} more`);
}
