import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountFiles, writeAccountFile, writeDac7Report } from '@/lib/accounting';
import { parseId } from '@/lib/kernel';
import { closeDatabase } from '@/lib/platform/database';
import { readOptions } from './arguments';
import type { Command } from './command';
import { RefusedError, UsageError, say, sayJson } from './command';

const system = { kind: 'system', process: 'halles accounts' } as const;

export const accounts: Command = {
  summary: 'Writes what accountants and the tax office ask of a year: entries (FEC), daily totals, the report of merchants (DAC7).',
  usage: [
    'Usage: npm run --silent halles -- accounts --file fec|daily|archive|dac7 --year YYYY [--merchant ID] [--out FOLDER] [--json]',
    '',
    '  --file      fec: a merchant’s accounting entries; daily: its sales to consumers by day and rate; archive: its documents and closings with their seals; dac7: every merchant’s year, as XML',
    '  --year      the civil year, on the clock of the city',
    '  --merchant  whose (for all but dac7)',
    '  --out       the folder the file goes into (here)',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { file: 'text', year: 'text', merchant: 'text', out: 'text', json: 'switch' });
    options.required('file');
    options.required('year');
    const year = options.wholeNumber('year', 2026, 2020, 2200);
    const name = options.text('file');
    const file = accountFiles.find((one) => one === name);
    if (name !== 'dac7' && file === undefined) throw new UsageError(`--file must be fec, daily or dac7, not "${name ?? ''}".`);
    try {
      const written = file === undefined ? await dac7(year) : await ofMerchant(file, options.text('merchant'), year);
      const folder = options.text('out') ?? '.';
      await mkdir(folder, { recursive: true });
      const path = join(folder, written.name);
      await writeFile(path, written.text);
      if (options.has('json')) sayJson({ path, ...written.told });
      else say(path);
      return 0;
    } finally {
      await closeDatabase();
    }
  },
};

type Written = { readonly name: string; readonly text: string; readonly told: Readonly<Record<string, number>> };

async function dac7(year: number): Promise<Written> {
  const { xml, reported, leftOut } = await writeDac7Report(system, year);
  return { name: `halles-dac7-${year}.xml`, text: xml, told: { reported, leftOut } };
}

async function ofMerchant(file: (typeof accountFiles)[number], merchant: string | undefined, year: number): Promise<Written> {
  if (merchant === undefined) throw new UsageError('--merchant is missing: give the id of the merchant whose file it is.');
  const merchantId = parseId('merchant', merchant);
  const written = merchantId && (await writeAccountFile(merchantId, file, year));
  if (!written) throw new RefusedError(`There is no merchant "${merchant}".`);
  return { ...written, told: { rows: written.text.split('\n').length - 1 - (file === 'archive' ? 0 : 1) } };
}
