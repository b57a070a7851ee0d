import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import type { Position } from '@/lib/kernel';
import { metresBetween } from '@/lib/kernel';
import { normalisedPlace } from '@/lib/search';

/** An address as the place field and the checkout know it. */
export type AddressRow = Position & {
  readonly id: string;
  readonly label: string;
  readonly folded: string;
  readonly postcode: string;
  readonly town: string;
};

/** The columns that are read, as the Base Adresse Nationale names them (adresse.data.gouv.fr, "adresses-NN.csv.gz"). */
const columns = ['id', 'numero', 'rep', 'nom_voie', 'code_postal', 'nom_commune', 'lon', 'lat'] as const;
type Cells = Readonly<Record<(typeof columns)[number], string>>;

/** The file is not one of the Base Adresse Nationale. The message is for people. */
export class AddressFileError extends Error {
  override readonly name = 'AddressFileError';
}

/** Numbers from here on are given by the state to houses that have none; nobody types them. */
const FIRST_INVENTED_NUMBER = 5_000;

/**
 * Streams the addresses of a file of the Base Adresse Nationale, plain or packed (.gz), that lie within so many metres of the centre; each once.
 * Errors: throws `AddressFileError` where columns are missing or a line cannot be read.
 */
export async function* readAddressFile(path: string, around: Position, withinMetres: number): AsyncGenerator<AddressRow> {
  const parser = parse({ delimiter: ';', columns: true, bom: true, relax_quotes: true, skip_empty_lines: true });
  // What breaks on the way, breaks the parser, which is read below.
  pipeline([createReadStream(path), ...(path.endsWith('.gz') ? [createGunzip()] : []), parser], () => {});
  const seen = new Set<string>();
  try {
    for await (const record of parser) {
      const row = rowOf(record);
      if (row === undefined || seen.has(row.id) || metresBetween(row, around) > withinMetres) continue;
      seen.add(row.id);
      yield row;
    }
  } catch (error) {
    if (error instanceof AddressFileError) throw error;
    throw new AddressFileError(`The addresses could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function rowOf(record: unknown): AddressRow | undefined {
  const cells = cellsOf(record);
  const number = Number(cells.numero);
  if (!Number.isInteger(number) || number < 1 || number >= FIRST_INVENTED_NUMBER) return undefined;
  const [latitude, longitude] = [Number(cells.lat), Number(cells.lon)];
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude) || cells.lat === '' || cells.lon === '') return undefined;
  const label = `${[cells.numero, cells.rep, cells.nom_voie].filter((part) => part !== '').join(' ')}, ${cells.code_postal} ${cells.nom_commune}`;
  const [postcode, town] = [cells.code_postal, cells.nom_commune];
  return { id: `adr_${cells.id}`, label, folded: normalisedPlace(label), postcode, town, latitude, longitude };
}

function cellsOf(record: unknown): Cells {
  const given: Readonly<Record<string, unknown>> = typeof record === 'object' && record !== null ? { ...record } : {};
  const missing = columns.filter((name) => typeof given[name] !== 'string');
  if (missing.length > 0)
    throw new AddressFileError(
      `The file lacks the columns ${missing.join(', ')}: a file "adresses-NN.csv.gz" of the Base Adresse Nationale has them.`,
    );
  const cell = (name: (typeof columns)[number]): string => String(given[name]).trim();
  return {
    id: cell('id'),
    numero: cell('numero'),
    rep: cell('rep'),
    nom_voie: cell('nom_voie'),
    code_postal: cell('code_postal'),
    nom_commune: cell('nom_commune'),
    lon: cell('lon'),
    lat: cell('lat'),
  };
}
