import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { disputeParts, disputes } from '@/db/schema';
import type { OperatorScope, Result } from '@/lib/kernel';
import { err, ok, parseId } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { merchantProvider } from '@/lib/provider';

const disputeId = z.string().transform((text, context) => {
  const id = parseId('dispute', text);
  if (id === undefined) context.addIssue({ code: 'custom', message: 'no dispute' });
  return id ?? z.NEVER;
});

/** `bearer`: who pays if it is lost. `evidence` goes to the bank as it is written. */
export const disputeAnswerInput = z.discriminatedUnion('answer', [
  z.object({ disputeId, answer: z.literal('accept'), bearer: z.enum(['merchant', 'city']) }),
  z.object({
    disputeId,
    answer: z.literal('contest'),
    bearer: z.enum(['merchant', 'city']),
    evidence: z.string().trim().min(20).max(5_000),
  }),
]);

export type DisputeRefusal = { readonly kind: 'dispute-not-found' } | { readonly kind: 'dispute-over' } | { readonly kind: 'finance-only' };

const roles: readonly string[] = ['admin', 'finance'];

/**
 * Answers the bank: accepted, or contested with what the city knows. Who pays if it is lost is written first; what the bank decides comes by its
 * own message, and until then nothing moves. Answered twice is answered once.
 */
export async function answerDispute(
  { role }: OperatorScope,
  input: z.output<typeof disputeAnswerInput>,
  ports: Ports = systemPorts,
): Promise<Result<void, DisputeRefusal>> {
  return observed({ useCase: 'answer-dispute', actor: 'operator', ids: { disputeId: input.disputeId } }, async () => {
    if (!roles.includes(role)) return err({ kind: 'finance-only' });
    const [dispute] = await reader().select().from(disputes).where(eq(disputes.id, input.disputeId));
    if (!dispute) return err({ kind: 'dispute-not-found' });
    const marked = await withTransaction(async (tx): Promise<Result<void, DisputeRefusal>> => {
      const [open] = await tx
        .select({ id: disputes.id })
        .from(disputes)
        .where(and(eq(disputes.id, input.disputeId), eq(disputes.state, 'open')))
        .for('update');
      if (!open) return err({ kind: 'dispute-over' });
      await tx.update(disputeParts).set({ bearer: input.bearer }).where(eq(disputeParts.disputeId, input.disputeId));
      return ok(undefined);
    });
    if (!marked.ok) return marked;
    const answer = input.answer === 'accept' ? { kind: 'accept' as const } : { kind: 'contest' as const, evidence: input.evidence };
    await merchantProvider(dispute.provider, ports).answerDispute(dispute.providerReference, answer);
    return ok(undefined);
  });
}
