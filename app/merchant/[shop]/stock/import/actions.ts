'use server';

import { z } from 'zod';
import { idField } from '@/app/_actions/id-field';
import { merchantAction } from '@/app/_actions/merchant-action';
import type { Saying } from '@/app/_actions/said';
import { explainImport } from '@/app/_text/explain-import';
import type { DecideRefusal, ImportRefusal } from '@/lib/connectors';
import { askUndo, checkImport, confirmImport, isField } from '@/lib/connectors';
import type { Locale, Result } from '@/lib/kernel';
import { retryPictures } from '@/lib/pictures';
import { texts } from '@/lib/texts';

const importId = idField('import');

function told(locale: Locale, outcome: Result<unknown, ImportRefusal | DecideRefusal>, word: 'confirmed' | 'undoing' | 'checked'): Saying {
  if (!outcome.ok) return { kind: 'bad', text: explainImport(locale, outcome.error) };
  return { kind: 'good', text: texts(locale, 'imports')(`said.${word}`) };
}

/** "Importer 214 produits". */
export const confirmImportAction = merchantAction(
  z.object({ importId }),
  async ({ scope, locale }, input) => told(locale, await confirmImport(scope, input.importId), 'confirmed'),
  'manager',
);

/** "Annuler cet import". */
export const undoImportAction = merchantAction(
  z.object({ importId }),
  async ({ scope, locale }, input) => told(locale, await askUndo(scope, input.importId), 'undoing'),
  'manager',
);

/** "Réessayer ces photos". */
export const retryPicturesAction = merchantAction(
  z.object({ importId }),
  async ({ scope, locale }, input) => {
    const t = texts(locale, 'imports');
    const tried = await retryPictures(scope, input.importId);
    return tried.ok
      ? { kind: 'good', text: t('pictures.retried', { count: tried.value.again }) }
      : { kind: 'bad', text: t('pictures.nothing') };
  },
  'manager',
);

const MOST_COLUMNS = 500;

/** One field `column-N` for each column, in the order of the file. */
const corrected = z.object({ importId, columns: z.coerce.number().int().min(1).max(MOST_COLUMNS) }).catchall(z.string());

/** "Relire avec ces colonnes". */
export const correctColumnsAction = merchantAction(
  corrected,
  async ({ scope, locale }, { importId: id, columns, ...chosen }) => {
    const mapping = Array.from({ length: columns }, (_, place) => {
      const field = chosen[`column-${place}`] ?? '';
      return isField(field) ? field : undefined;
    });
    return told(locale, await checkImport(scope, { importId: id, mapping }), 'checked');
  },
  'manager',
);
