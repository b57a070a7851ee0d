import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { openFile } from './file/open-file';
import type { FileRefusal } from './file/table';
import { cityImportSettings } from './import/settings';
import { isProductFile, planImport, readFindings, sampleRows } from './read-import';
import type { Draft, RejectedRow } from './rows/draft';

/** What a whole file says: drafts, and rows that stay out (with the code of the thing they speak of, where they tell one). */
export type FileDrafts = {
  readonly drafts: readonly Draft[];
  readonly rejected: readonly (RejectedRow & { readonly code: string | undefined })[];
};

export type DraftsRefusal = FileRefusal | { readonly kind: 'not-a-product-file' } | { readonly kind: 'too-many-rows' };

/** More than any shop of a street sells: a file is held whole while it is taken over. */
const MOST_ROWS = 60_000;

/**
 * Reads a file of any kind with what its columns are guessed to mean, for those who ask for the same file again and again. Writes nothing.
 * Errors: no table, no list of products, or more rows than are held at once.
 */
export async function readDrafts(path: string): Promise<Result<FileDrafts, DraftsRefusal>> {
  const opened = await openFile(path);
  if (!opened.ok) return opened;
  const table = opened.value;
  try {
    const plan = planImport(table.header, await sampleRows(table), cityImportSettings);
    if (!isProductFile(plan, cityImportSettings.currency)) return err({ kind: 'not-a-product-file' });
    const drafts: Draft[] = [];
    const rejected: FileDrafts['rejected'][number][] = [];
    for await (const finding of readFindings(table, plan, cityImportSettings)) {
      if (finding.kind === 'draft') drafts.push(finding.draft);
      if (finding.kind === 'rejected') rejected.push({ ...finding.rejected, code: finding.code });
      if (drafts.length + rejected.length > MOST_ROWS) return err({ kind: 'too-many-rows' });
    }
    return ok({ drafts, rejected });
  } finally {
    table.close();
  }
}
