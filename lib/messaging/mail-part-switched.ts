import type { EventNamed } from '@/lib/kernel';
import { pathTo } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf, readOrderFacts } from './mail-facts';
import { partBlocks, withdrawalBlocks } from './mail-order-confirmation';
import { mailShop } from './mail-shop-new-order';
import { mailWords, promiseOf } from './mail-words';

/** A part is received in another way or from another shop: the shop is asked, and the shopper has the new contract in hand (BO-04). */
export async function mailPartSwitched(event: EventNamed<'PartSwitched'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const facts = await readOrderFacts(event.facts.orderId);
  const part = facts?.parts.find((one) => one.subOrder.id === event.subject);
  if (!facts || !part || facts.order.isReplayed) return;
  await mailShop(facts, part, { causeKey: eventId, ports });
  const { order, locale, city } = facts;
  const t = texts(locale, 'mail');
  const words = mailWords(locale, city, ports.clock.now());
  const values = { shop: part.shop.name, when: words.when(promiseOf(part)), number: order.number };
  await deliverMail(
    {
      kind: 'part-switched',
      subject: part.subOrder.id,
      causeKey: `${eventId}:shopper`,
      recipient: order.email,
      locale,
      title: t('switched.title', values),
      blocks: [
        { kind: 'heading', text: t('switched.heading', values) },
        { kind: 'text', text: t('switched.text', values) },
        ...partBlocks(facts, part, words),
        { kind: 'button', label: t('change.track'), url: `${env().baseUrl}${pathTo(locale, 'track', { token: order.token })}` },
        ...withdrawalBlocks({ parts: [part], locale }, env().baseUrl),
        { kind: 'small', text: t('confirmation.guarantee') },
        {
          kind: 'small',
          text: t('confirmation.terms', { version: order.termsVersion, url: `${env().baseUrl}${pathTo(locale, 'terms')}` }),
        },
      ],
      footer: footerOf(city, locale),
    },
    ports,
  );
}
