import { existsSync, readFileSync } from 'node:fs';
import { reference } from '@/db/seed';
import { cityTemplate, foundCity, readCityFile, renewAddresses } from '@/lib/founding';
import type { CityFile } from '@/lib/founding';
import { createSignInLink } from '@/lib/identity';
import { closeDatabase } from '@/lib/platform/database';
import { env } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';
import type { Options } from './arguments';
import { readOptions } from './arguments';
import type { Command } from './command';
import { RefusedError, UsageError, complain, say, sayJson } from './command';

const METRES = 1_000;

export const found: Command = {
  summary: 'Founds the city of an empty, migrated database.',
  usage: [
    'Usage: npm run --silent halles -- found --template > city.json',
    '       npm run --silent halles -- found --file city.json [--addresses FILE] [--within KM] [--json]',
    '       npm run --silent halles -- found --addresses FILE [--within KM] [--json]',
    '',
    '  --template    prints the file to fill in',
    '  --file        the city, who runs it, and the first person with every right',
    '  --addresses   its addresses: "adresses-NN.csv.gz" of the Base Adresse Nationale (adresse.data.gouv.fr), packed or not;',
    '                alone it replaces the list of a city that lives',
    '  --within      kilometres around the centre whose addresses are taken (15)',
    '',
    'Prints a link that signs the first admin in, once. What is left to do stands at /admin/city.',
    'Exit codes: 0 founded, 1 refused: each field that is missing is named, and nothing was written.',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { template: 'switch', file: 'text', addresses: 'text', within: 'text', json: 'switch' });
    if (options.has('template')) {
      say(JSON.stringify(cityTemplate, null, 2));
      return 0;
    }
    const [file, addresses] = [options.text('file'), options.text('addresses')];
    if (file === undefined && addresses === undefined) throw new UsageError('--file is missing, or --addresses, or --template.');
    if (addresses !== undefined && !existsSync(addresses)) throw new RefusedError(`There is no file ${addresses}.`);
    log.level = 'warn'; // what happened is said in sentences
    try {
      const city = file === undefined ? undefined : await foundFrom(file);
      const written = addresses === undefined ? undefined : await takeAddresses(addresses, options);
      const link = city && (await signInLinkFor(city));
      if (options.has('json')) sayJson({ city: city?.city.name, addresses: written, signInLink: link });
      else tell({ city, written, link });
      return 0;
    } finally {
      await closeDatabase();
    }
  },
};

async function foundFrom(path: string): Promise<CityFile> {
  if (!existsSync(path)) throw new RefusedError(`There is no file ${path}: "found --template" prints one to fill in.`);
  const read = readCityFile(readFileSync(path, 'utf8'));
  if (!read.ok) {
    for (const problem of read.error.problems) complain(`  ${problem}`);
    throw new RefusedError(`${path} does not describe a city yet: see above. Nothing was written.`);
  }
  const founded = await foundCity(read.value, reference);
  if (founded.ok) return read.value;
  const { name, isDemo } = founded.error;
  throw new RefusedError(
    isDemo
      ? `This database holds the demo city: give ${read.value.city.name} an empty database of its own.`
      : `This database already serves ${name}. Who runs it is changed at /admin/city; --addresses alone renews its addresses.`,
  );
}

async function takeAddresses(path: string, options: Options): Promise<number> {
  const kilometres = options.wholeNumber('within', 15, 1, 200);
  const onProgress = (written: number): void => complain(`  ${written} addresses`);
  const renewed = await renewAddresses({ path, withinMetres: kilometres * METRES, onProgress });
  if (renewed.ok) return renewed.value.written;
  throw new RefusedError(
    renewed.error.kind === 'no-city'
      ? 'No city is founded in this database yet: --file is missing.'
      : `No address of ${path} lies within ${kilometres} km of the centre: is it the file of this department, and the centre right? The list stayed as it was.`,
  );
}

function signInLinkFor({ firstAdmin }: CityFile): Promise<string> {
  return createSignInLink({ email: firstAdmin.email, callbackPath: '/admin/city', baseUrl: env().baseUrl });
}

type Told = { readonly city: CityFile | undefined; readonly written: number | undefined; readonly link: string | undefined };

function tell({ city, written, link }: Told): void {
  if (city) say(`${city.city.name} is founded.`);
  if (written !== undefined) say(`${written} addresses are known.`);
  else say('No addresses are known yet: shops and shoppers find theirs once "found --addresses FILE" was called.');
  if (city && link !== undefined)
    say(`\n${city.firstAdmin.name} signs in here, once, within a day:\n  ${link}\n\nWhat is left to do stands at /admin/city.`);
}
