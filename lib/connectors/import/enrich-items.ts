import { sql } from 'drizzle-orm';
import { importItems } from '@/db/schema';
import type { GtinSource } from '@/lib/catalogue';
import type { ImportId } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';

const PIECE = 10_000;

/**
 * Puts what open data knows of a bar code beside the items that would make something new. In the order of the bar codes, so that each
 * block of the book is unpacked once. Gives how many were found.
 */
export async function enrichItems(importId: ImportId, source: GtinSource): Promise<number> {
  let found = 0;
  for (let after = ''; ;) {
    const rows = await reader().execute<{ gtin: string }>(sql`
      select distinct gtin from ${importItems}
      where import_id = ${importId} and verdict = 'new' and gtin > ${after} order by gtin limit ${PIECE}`);
    const last = rows.at(-1);
    if (last === undefined) return found;
    after = last.gtin;
    const sheets = [...(await source(rows.map(({ gtin }) => gtin))).values()];
    found += sheets.length;
    if (sheets.length === 0) continue;
    await reader().execute(sql`
      update ${importItems} i set draft = i.draft || jsonb_build_object('sheet', x.sheet)
      from jsonb_to_recordset(${JSON.stringify(sheets.map((sheet) => ({ gtin: sheet.gtin, sheet })))}::jsonb) as x(gtin text, sheet jsonb)
      where i.import_id = ${importId} and i.verdict = 'new' and i.gtin = x.gtin`);
  }
}
