import { z } from 'zod';
import type { DeclineReason, Intent } from '@/lib/intents';
import { demoCardOf, demoFor } from '@/lib/intents';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import { loadShopBook } from '@/lib/shops';
import type { CardEntry, CardEntryRefusal } from './card-entry';
import { readCard } from './card-entry';
import type { PaymentState } from './payment-state';
import { settleReport } from './settle-report';
import type { PaymentRefusal, Started } from './start-payment';
import { openIntent } from './start-payment';

/** Limits only; what is wrong with a card is said by `readCard`, field by field. */
export const cardInput = z.object({ number: z.string().max(40), expiry: z.string().max(12), code: z.string().max(8) });

/** `processing`: the bank has not answered; its message will come. */
export type PayOutcome = 'authorised' | 'challenge' | 'processing';

export type PayRefusal =
  | PaymentRefusal
  | CardEntryRefusal
  | { readonly kind: 'not-a-test-card' }
  | { readonly kind: 'payment-declined'; readonly reason: DeclineReason }
  | { readonly kind: 'no-demo-here' }
  /** The shopper has chosen a bank transfer, perhaps in another tab. */
  | { readonly kind: 'paid-by-transfer' };

/** Pays the demo's way: the card goes to the demo provider as it would go to a real one, and its answer is settled at once. */
export async function payWithDemoCard(
  orderToken: string,
  card: CardEntry,
  ports: Ports = systemPorts,
): Promise<Result<PayOutcome, PayRefusal>> {
  return observed({ useCase: 'pay-with-demo-card', actor: 'order' }, async () => {
    const read = readCard(card, ports.clock.now());
    if (!read.ok) return read;
    const testCard = demoCardOf(read.value.digits);
    if (!testCard) return err({ kind: 'not-a-test-card' });
    return withDemo(orderToken, ports, ({ order, reference }) =>
      demoFor({ clock: ports.clock, isReplayed: order.isReplayed }).confirmCard(reference, testCard),
    );
  });
}

/** The shopper answered the demo bank's question (3-D Secure): it is me, or it is not. */
export async function answerChallenge(
  orderToken: string,
  isApproved: boolean,
  ports: Ports = systemPorts,
): Promise<Result<PayOutcome, PayRefusal>> {
  return observed({ useCase: 'answer-challenge', actor: 'order' }, () =>
    withDemo(orderToken, ports, ({ order, reference }) =>
      demoFor({ clock: ports.clock, isReplayed: order.isReplayed }).answerChallenge(reference, isApproved),
    ),
  );
}

async function withDemo(
  orderToken: string,
  ports: Ports,
  ask: (started: Started) => Promise<Intent>,
): Promise<Result<PayOutcome, PayRefusal>> {
  const started = await openIntent(orderToken, ports);
  if (!started.ok) return started;
  const { order, payment } = started.value;
  if (payment.state === 'authorised' || payment.state === 'captured') return ok('authorised');
  if (payment.provider !== 'demo') return err({ kind: 'no-demo-here' });
  if (payment.method !== 'card') return err({ kind: 'paid-by-transfer' });
  if (payment.state === 'voided' || started.value.hasEnded) return err({ kind: 'order-over' });
  const intent = await ask(started.value);
  if (intent.state === 'processing') return ok('processing');
  const book = await loadShopBook(ports.clock.now());
  const settled = await withTransaction(async (tx): Promise<Result<PaymentState, never>> =>
    ok(await settleReport(tx, order.id, intent, { ...ports, book })),
  );
  return outcomeOf(settled.ok ? settled.value : payment.state, intent);
}

function outcomeOf(state: PaymentState, intent: Intent): Result<PayOutcome, PayRefusal> {
  switch (state) {
    case 'authorised':
    case 'captured':
      return ok('authorised');
    case 'challenged':
      return ok('challenge');
    case 'declined':
      return err({ kind: 'payment-declined', reason: intent.declineReason ?? 'declined' });
    case 'voided':
      return err({ kind: 'order-over' });
    case 'created':
      return ok('processing');
  }
}
