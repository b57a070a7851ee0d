import { eq } from 'drizzle-orm';
import { disputeParts, subOrders } from '@/db/schema';
import type { EventNamed } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf } from './mail-facts';
import { readMerchant } from './mail-payout';
import { mailWords } from './mail-words';

/** A bank looks into a sale, or has decided: each merchant concerned is told of its own part, and of no other's. */
export async function mailDispute(event: EventNamed<'DisputeChanged'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const parts = await reader()
    .select({ part: disputeParts, number: subOrders.number })
    .from(disputeParts)
    .innerJoin(subOrders, eq(subOrders.id, disputeParts.subOrderId))
    .where(eq(disputeParts.disputeId, event.subject));
  for (const { part, number } of parts) {
    const to = await readMerchant(part.merchantId);
    if (!to) continue;
    const t = texts(to.locale, 'mail');
    const words = mailWords(to.locale, to.city, ports.clock.now());
    const { state } = event.facts;
    const which = state === 'lost' && part.bearer === 'city' ? 'spared' : state;
    const values = { amount: words.money(part.amountMinor), number };
    await deliverMail(
      {
        kind: `dispute-${state}`,
        subject: part.subOrderId,
        causeKey: `${eventId}:${part.subOrderId}`,
        recipient: to.email,
        locale: to.locale,
        title: t(`dispute.${which}.title`, values),
        blocks: [
          { kind: 'heading', text: t(`dispute.${which}.heading`, values) },
          { kind: 'text', text: t(`dispute.${which}.text`, values) },
          { kind: 'button', label: t('payout.open'), url: to.page },
        ],
        footer: footerOf(to.city, to.locale),
      },
      ports,
    );
  }
}
