import { ANOTHER_WAS_FIRST, SWITCHED, hasRescue } from '@/lib/fulfilment';
import type { EventNamed } from '@/lib/kernel';
import { pathTo } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { texts } from '@/lib/texts';
import { wordsOfChange } from './change-words';
import { deliverMail } from './deliver-mail';
import type { MailBlock } from './mail';
import type { PartFacts } from './mail-facts';
import { footerOf, readOrderFacts } from './mail-facts';
import { mailWords } from './mail-words';

/** Tells the shopper what happened to a part of the order, where it is worth a message: one per event and part (ux.md §8). */
export async function mailSubOrderChange(event: EventNamed<'SubOrderChanged'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const facts = await readOrderFacts(event.facts.orderId);
  const part = facts?.parts.find((one) => one.subOrder.id === event.subject);
  if (!facts || !part || facts.order.isReplayed || facts.order.paidAt === null) return;
  if (await isToldByRescue(part, event.facts.to)) return;
  const { order, city, locale } = facts;
  const now = ports.clock.now();
  const change = await wordsOfChange({ facts, part, to: event.facts.to, now, words: mailWords(locale, city, now) });
  if (!change) return;
  const t = texts(locale, 'mail');
  const withdrawal: readonly MailBlock[] = change.endsContract
    ? []
    : [{ kind: 'link', label: t('change.withdrawal'), url: `${env().baseUrl}${pathTo(locale, 'withdrawal')}` }];
  await deliverMail(
    {
      kind: change.kind,
      subject: part.subOrder.id,
      causeKey: eventId,
      recipient: order.email,
      locale,
      title: change.title,
      blocks: [
        ...change.blocks,
        { kind: 'button', label: t('change.track'), url: `${env().baseUrl}${pathTo(locale, 'track', { token: order.token })}` },
        ...withdrawal,
      ],
      footer: footerOf(city, locale),
    },
    ports,
  );
}

/** What looks for another shop, or was let go because another was first, is told with its outcome: one message per event. */
async function isToldByRescue({ subOrder }: PartFacts, to: string): Promise<boolean> {
  if (to === 'cancelled') return subOrder.refusalReason === ANOTHER_WAS_FIRST || subOrder.refusalReason === SWITCHED;
  if (to !== 'refused' && to !== 'unanswered') return false;
  return hasRescue(subOrder.id);
}
