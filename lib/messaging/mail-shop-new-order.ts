import type { EventNamed } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf, localeOf, readOrderFacts } from './mail-facts';
import { articleCount, lineText, mailWords, promiseOf } from './mail-words';

/** Tells each shop of a paid order what is wanted of it and until when it may answer. */
export async function mailShopNewOrder(event: EventNamed<'OrderPaid'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const facts = await readOrderFacts(event.subject);
  if (!facts || facts.order.isReplayed) return;
  const { order, city } = facts;
  const locale = localeOf(city.defaultLocale);
  const t = texts(locale, 'mail');
  const words = mailWords(locale, city, ports.clock.now());
  for (const part of facts.parts) {
    const { subOrder, shop } = part;
    if (subOrder.acceptBy === null) continue;
    const values = { count: articleCount(part.lines), when: words.when(promiseOf(part)), time: words.time(subOrder.acceptBy) };
    await deliverMail(
      {
        kind: 'shop-new-order',
        subject: subOrder.id,
        causeKey: `${eventId}:${subOrder.id}`,
        recipient: shop.email,
        locale,
        title: t(`shop.title.${subOrder.method}`, values),
        blocks: [
          { kind: 'heading', text: t('shop.heading', { number: subOrder.number }) },
          { kind: 'text', text: t('shop.answer', { day: words.day(subOrder.acceptBy), time: words.time(subOrder.acceptBy) }) },
          { kind: 'text', text: t('shop.for', { name: order.shopperName }) },
          { kind: 'rows', rows: part.lines.map((line) => [lineText(locale, line), words.money(line.totalMinor)] as const) },
          { kind: 'button', label: t('shop.open'), url: `${env().baseUrl}/merchant/${shop.slug}/counter/${subOrder.id}` },
        ],
        footer: footerOf(city, locale),
      },
      ports,
    );
  }
}
