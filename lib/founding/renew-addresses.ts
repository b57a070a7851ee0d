import { copyRows } from '@/db/copy-rows';
import { citySettings } from '@/db/schema';
import type { Position, Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { observed } from '@/lib/platform/log';
import { reader } from '@/lib/platform/transaction';
import type { AddressRow } from './address-file';
import { readAddressFile } from './address-file';

export type RenewAddressesRefusal =
  | { readonly kind: 'no-city' }
  /** Nothing of the file lies there: it is another department's, or the centre is wrong. The list stays as it was. */
  | { readonly kind: 'no-address-near' };

/** So many addresses are read between two words of progress. */
const TOLD_EVERY = 10_000;

export type AddressSource = {
  /** A file of the Base Adresse Nationale, plain or packed. */
  readonly path: string;
  readonly withinMetres: number;
  readonly onProgress?: (found: number) => void;
};

type Renewed = Result<{ readonly written: number }, RenewAddressesRefusal>;

/**
 * Replaces the city's list of addresses by those of a file that lie near its centre, all or nothing; whoever asks meanwhile reads the old list. Gives how
 * many there are now. Errors: throws `AddressFileError` where the file cannot be read.
 */
export async function renewAddresses(source: AddressSource): Promise<Renewed> {
  return observed({ useCase: 'renew-addresses', actor: 'system' }, async (): Promise<Renewed> => {
    const [city] = await reader().select({ latitude: citySettings.latitude, longitude: citySettings.longitude }).from(citySettings);
    if (!city) return err({ kind: 'no-city' });
    const rows = await rowsNear(city, source);
    if (rows.length === 0) return err({ kind: 'no-address-near' });
    await databaseHandle().sql.begin(async (tx) => {
      await tx`delete from addresses`;
      await copyRows(tx, 'addresses', rows);
    });
    return ok({ written: rows.length });
  });
}

/** Read whole before anything is written: a file that breaks off changes nothing, and the transaction is short. */
async function rowsNear(around: Position, { path, withinMetres, onProgress }: AddressSource): Promise<readonly AddressRow[]> {
  const rows: AddressRow[] = [];
  for await (const row of readAddressFile(path, around, withinMetres)) {
    rows.push(row);
    if (rows.length % TOLD_EVERY === 0) onProgress?.(rows.length);
  }
  return rows;
}
