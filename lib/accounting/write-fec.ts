import type { MerchantId } from '@/lib/kernel';
import { dayKey } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import type { JournalEntry } from './journal';
import { accounts, entriesOfMove, entryOfDocument, journals } from './journal';
import type { MerchantRow, Year } from './year-facts';
import { listDocuments, listMoves } from './year-facts';

/** The eighteen columns the law names, in its order. */
const columns = [
  'JournalCode',
  'JournalLib',
  'EcritureNum',
  'EcritureDate',
  'CompteNum',
  'CompteLib',
  'CompAuxNum',
  'CompAuxLib',
  'PieceRef',
  'PieceDate',
  'EcritureLib',
  'Debit',
  'Credit',
  'EcritureLet',
  'DateLet',
  'ValidDate',
  'Montantdevise',
  'Idevise',
] as const;

/**
 * A merchant's sales over the marketplace in a year, as the file of accounting entries French accountants read in: what was invoiced and
 * credited, what the city kept, what was sent to the bank.
 *
 * Guarantees: each entry balances; entries are numbered without a gap in the order of their days; tab-separated, amounts with a comma.
 * Source: LPF art. A47 A-1.
 */
export async function writeFec(from: Reader, merchantId: MerchantId, year: Year): Promise<string> {
  const sold = (await listDocuments(from, merchantId, year)).map(({ day, content }) => entryOfDocument(day, content));
  const moved = (await listMoves(from, year, merchantId)).flatMap((move) => entriesOfMove(dayKey(move.occurredAt, year.timeZone), move));
  const entries = [...sold, ...moved].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return [columns, ...entries.flatMap(rowsOf)]
    .map((row) => row.join('\t'))
    .join('\r\n')
    .concat('\r\n');
}

/** `SIRENFECYYYYMMDD.txt`, as the law wants it. */
export function fecName({ registrationNumber }: Pick<MerchantRow, 'registrationNumber'>, { year }: Year): string {
  return `${registrationNumber.replace(/\D/g, '').slice(0, 9)}FEC${year}1231.txt`;
}

function rowsOf(entry: JournalEntry, index: number): readonly (readonly string[])[] {
  return entry.lines.map(({ account, debitMinor, creditMinor }) => {
    const { number, name } = accounts[account];
    const auxiliary = account === 'customers' ? ['PLACE', 'Acheteurs de la place de marché'] : ['', ''];
    const dates = [compact(entry.day), compact(entry.pieceDay)] as const;
    return [
      entry.journal,
      journals[entry.journal],
      String(index + 1),
      dates[0],
      number,
      name,
      ...auxiliary,
      plain(entry.piece),
      dates[1],
      plain(entry.text),
      amount(debitMinor),
      amount(creditMinor),
      '',
      '',
      dates[0],
      '',
      '',
    ];
  });
}

const compact = (day: string): string => day.replaceAll('-', '');

/** A tab or a line break would be another column or row. */
const plain = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');

const amount = (minorUnits: number): string => `${Math.trunc(minorUnits / 100)},${String(minorUnits % 100).padStart(2, '0')}`;
