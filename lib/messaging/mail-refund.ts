import { and, eq, isNotNull } from 'drizzle-orm';
import { refunds } from '@/db/schema';
import type { EventNamed } from '@/lib/kernel';
import { pathTo } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf, readOrderFacts } from './mail-facts';
import { mailWords } from './mail-words';

/** Money went back: one mail per refund, whose id is its cause. */
export async function mailRefund(event: EventNamed<'PaymentReported'>, ports: Ports = systemPorts): Promise<void> {
  if (event.facts.state !== 'refunded') return;
  const facts = await readOrderFacts(event.facts.orderId);
  if (!facts || facts.order.isReplayed) return;
  const { order, city, locale } = facts;
  const t = texts(locale, 'mail');
  const words = mailWords(locale, city, ports.clock.now());
  const sent = await reader()
    .select()
    .from(refunds)
    .where(and(eq(refunds.paymentId, event.subject), isNotNull(refunds.sentAt)));
  for (const refund of sent) {
    const shop = facts.parts.find((part) => part.subOrder.id === refund.subOrderId)?.shop.name ?? '';
    const values = { by: facts.by, amount: words.money(refund.amountMinor), number: order.number, shop };
    await deliverMail(
      {
        kind: 'refund',
        subject: order.id,
        causeKey: refund.id,
        recipient: order.email,
        locale,
        title: t('refund.title', values),
        blocks: [
          { kind: 'heading', text: t('refund.heading', values) },
          { kind: 'text', text: t('refund.text', values) },
          { kind: 'button', label: t('refund.track'), url: `${env().baseUrl}${pathTo(locale, 'track', { token: order.token })}` },
        ],
        footer: footerOf(city, locale),
      },
      ports,
    );
  }
}
