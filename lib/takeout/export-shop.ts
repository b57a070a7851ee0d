import type { ShopScope } from '@/lib/kernel';
import { csvCell, exportProducts } from '@/lib/connectors';
import { reader } from '@/lib/platform/transaction';
import type { ShopFile } from './shop-files';
import { fileQueries, shopFiles } from './shop-files';

/** Everything a shop may take with it. */
export const takeoutFiles = ['products', ...shopFiles] as const;
export type TakeoutFile = (typeof takeoutFiles)[number];

export const isTakeoutFile = (text: string): text is TakeoutFile => takeoutFiles.some((file) => file === text);

/** Things read at once: memory stays flat however much a shop owns. */
const PIECE = 500;

const cell = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'boolean' ? (value ? '1' : '0') : csvCell(String(value));

async function* rowsOf(scope: ShopScope, file: ShopFile): AsyncGenerator<string> {
  const { columns, part } = fileQueries[file];
  yield `\uFEFF${columns.join(';')}\r\n`;
  for (let after = ''; ;) {
    const rows = await reader().execute<Record<string, unknown> & { at: string }>(part(scope, after, PIECE));
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.at;
    // An offer that was never counted, priced or moved has nothing to tell: its row is only there to be passed by.
    const told = rows.filter((row) => row[columns.at(-1) ?? ''] !== null);
    yield told.map((row) => `${columns.map((column) => cell(row[column])).join(';')}\r\n`).join('');
  }
}

/**
 * One of the files of everything a shop owns, as a CSV in pieces (UTF-8 with a mark, semicolons, CRLF; cells a spreadsheet would run are defused).
 * Guarantees: rows of this shop only; rows written while it is read may or may not be in it.
 */
export function exportShop(scope: ShopScope, file: TakeoutFile): AsyncGenerator<string> {
  return file === 'products' ? exportProducts(scope) : rowsOf(scope, file);
}
