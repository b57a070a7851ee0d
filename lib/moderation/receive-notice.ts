import { notices } from '@/db/schema';
import { ok, type Result } from '@/lib/kernel';
import { appendEvents } from '@/lib/platform/outbox';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';

export type NoticeCommand = { readonly url: string; readonly reason: string; readonly name: string; readonly email: string };

/** Keeps anyone's report of illegal content; the acknowledgement leaves by the outbox (OP-09). Returns its reference. */
export async function receiveNotice(
  command: NoticeCommand,
  { clock, ids } = systemPorts,
): Promise<Result<{ readonly reference: string }, never>> {
  return withTransaction(async (tx) => {
    const now = clock.now();
    const reference = ids.make('event').replace('evt_', 'not_');
    await tx.insert(notices).values({
      id: reference,
      url: command.url,
      reason: command.reason,
      reporterName: command.name,
      reporterEmail: command.email,
      inGoodFaith: true,
      state: 'received',
      receivedAt: now,
    });
    await appendEvents(tx, [{ name: 'NoticeReceived', subject: reference, facts: {} }], {
      actor: { kind: 'shopper', id: undefined },
      now,
      ids,
    });
    return ok({ reference });
  });
}
