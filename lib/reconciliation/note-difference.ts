import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { reconciliationDifferences } from '@/db/schema';
import type { OperatorScope, Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { withTransaction } from '@/lib/platform/transaction';
import { currentMerchantProvider } from '@/lib/provider';

export const differenceNoteInput = z.object({
  entry: z.string().max(30),
  reference: z.string().min(1).max(255),
  note: z.string().trim().min(5).max(500),
});

export type NoteRefusal = { readonly kind: 'difference-not-found' } | { readonly kind: 'finance-only' };

/** Says in words what a difference comes from. It stays listed: an explanation is not a correction. */
export async function noteDifference(
  { personId, role }: OperatorScope,
  { entry, reference, note }: z.output<typeof differenceNoteInput>,
): Promise<Result<void, NoteRefusal>> {
  return observed({ useCase: 'note-difference', actor: 'operator', ids: { reference } }, () =>
    withTransaction(async (tx): Promise<Result<void, NoteRefusal>> => {
      if (role !== 'admin' && role !== 'finance') return err({ kind: 'finance-only' });
      const noted = await tx
        .update(reconciliationDifferences)
        .set({ note, notedBy: personId })
        .where(
          and(
            eq(reconciliationDifferences.provider, currentMerchantProvider()),
            eq(reconciliationDifferences.entry, entry),
            eq(reconciliationDifferences.reference, reference),
          ),
        )
        .returning({ reference: reconciliationDifferences.reference });
      return noted.length === 0 ? err({ kind: 'difference-not-found' }) : ok(undefined);
    }),
  );
}
