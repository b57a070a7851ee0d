import { and, eq } from 'drizzle-orm';
import { requestAnswers, requests } from '@/db/schema';
import type { Instant, RequestId, Result, ShopScope } from '@/lib/kernel';
import type { LegalFacts, LegalField } from '@/lib/catalogue';
import { categoryChooser, emptyDraft, missingLegalFields, nothingSaid } from '@/lib/catalogue';
import { err, minor, ok } from '@/lib/kernel';
import type { ModuleOff } from '@/lib/modules';
import { isModuleOn } from '@/lib/modules';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { MOST_PRICE_MINOR, MOST_QUANTITY } from './limits';
import type { Availability } from './views';

export type AnswerRefusal =
  ModuleOff | { readonly kind: 'request-not-found' } | { readonly kind: 'request-over' } | { readonly kind: 'offer-incomplete' };

/** "I have it, for so much, from then", or "no". Units: cents with VAT a piece, pieces. */
type ShopAnswer =
  | { readonly answer: 'no' }
  | {
      readonly answer: 'yes';
      readonly title: string;
      readonly priceMinor: number;
      readonly quantity: number;
      readonly available: Availability;
      /** What the law wants said of the thing before it has a page (ADR 0131). */
      readonly facts?: LegalFacts | undefined;
    };

/** `missing`: what the law still asks of such a thing; an answer without it can be taken, its page is not shown. */
export type Answered = { readonly state: 'offered' | 'declined'; readonly missing: readonly LegalField[] };

/** What the department such a thing goes to asks, and the answer does not say. */
type Said = { readonly title: string; readonly facts?: LegalFacts | undefined; readonly now: Instant };
async function stillAsked(tx: Tx, scope: ShopScope, answer: Said) {
  const { net, ...facts } = answer.facts ?? nothingSaid;
  const choose = await categoryChooser(tx, scope.shopId);
  const { legalGates } = choose({ ...emptyDraft, title: answer.title }, undefined);
  return missingLegalFields(legalGates, { ...facts, netContent: net }, answer.now);
}

const isBetween = (value: number, most: number) => Number.isSafeInteger(value) && value > 0 && value <= most;

/**
 * A shop's answer to a request it was asked. It may be changed until somebody took the offer; the last word counts. Another shop's
 * question is not there.
 */
export async function answerRequest(
  scope: ShopScope,
  requestId: RequestId,
  answer: ShopAnswer,
  ports: Ports = systemPorts,
): Promise<Result<Answered, AnswerRefusal>> {
  const isWhole =
    answer.answer === 'no' ||
    (isBetween(answer.priceMinor, MOST_PRICE_MINOR) && isBetween(answer.quantity, MOST_QUANTITY) && answer.title.trim().length > 2);
  if (!isWhole) return err({ kind: 'offer-incomplete' });
  return observed({ useCase: 'answer-request', actor: scope.kind, ids: { shopId: scope.shopId, requestId } }, () =>
    withTransaction(async (tx): Promise<Result<Answered, AnswerRefusal>> => {
      if (!(await isModuleOn(tx, 'requests'))) return err({ kind: 'module-off', module: 'requests' });
      const now = ports.clock.now();
      const own = and(eq(requestAnswers.requestId, requestId), eq(requestAnswers.shopId, scope.shopId));
      const [row] = await tx
        .select({ state: requests.state, listingId: requests.listingId, expiresAt: requests.expiresAt, answer: requestAnswers.state })
        .from(requests)
        .innerJoin(requestAnswers, and(eq(requestAnswers.requestId, requests.id), eq(requestAnswers.shopId, scope.shopId)))
        .where(eq(requests.id, requestId))
        .for('update');
      if (!row) return err({ kind: 'request-not-found' });
      if (row.state !== 'open' || row.expiresAt <= now || row.answer === 'accepted') return err({ kind: 'request-over' });
      const state = answer.answer === 'yes' ? 'offered' : 'declined';
      const said =
        answer.answer === 'yes'
          ? {
              title: answer.title.trim().slice(0, 200),
              priceMinor: minor(answer.priceMinor),
              quantity: answer.quantity,
              available: answer.available,
              facts: answer.facts ?? null,
            }
          : { title: null, priceMinor: null, quantity: null, available: null, facts: null };
      await tx
        .update(requestAnswers)
        .set({ state, ...said, answeredAt: now, answeredBy: scope.personId })
        .where(own);
      const facts = { requestId, shopId: scope.shopId, answer: state } as const;
      await appendEvents(tx, [{ name: 'RequestAnswered', subject: requestId, facts }], {
        actor: { kind: 'shop', id: scope.personId },
        now,
        ids: ports.ids,
      });
      const isOfPage = answer.answer === 'no' || row.listingId !== null;
      return ok({ state, missing: isOfPage ? [] : await stillAsked(tx, scope, { ...answer, now }) });
    }),
  );
}
