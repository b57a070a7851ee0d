import type { EventNamed } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { isWished } from '@/lib/push';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import type { OrderFacts, PartFacts } from './mail-facts';
import { footerOf, localeOf, readOrderFacts } from './mail-facts';
import { articleCount, lineText, mailWords, promiseOf } from './mail-words';

/** Tells each shop of a paid order what is wanted of it and until when it may answer. */
export async function mailShopNewOrder(
  event: EventNamed<'OrderPaid' | 'SetAsideConfirmed'>,
  eventId: string,
  ports: Ports = systemPorts,
): Promise<void> {
  const facts = await readOrderFacts(event.subject);
  if (!facts || facts.order.isReplayed) return;
  for (const part of facts.parts) await mailShop(facts, part, { causeKey: `${eventId}:${part.subOrder.id}`, ports });
}

/** The same for a shop that is asked to take another's place. */
export async function mailShopRescue(event: EventNamed<'RescueOffered'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const facts = await readOrderFacts(event.facts.orderId);
  const part = facts?.parts.find((one) => one.subOrder.id === event.subject);
  if (facts && part && !facts.order.isReplayed) await mailShop(facts, part, { causeKey: eventId, ports });
}

type Sending = { readonly causeKey: string; readonly ports: Ports };

/** What is wanted of a shop, and until when it may answer. */
export async function mailShop({ order, city }: OrderFacts, part: PartFacts, { causeKey, ports }: Sending): Promise<void> {
  const { subOrder, shop } = part;
  if (subOrder.acceptBy === null || !(await isWished(shop.id, 'order', 'mail'))) return;
  const locale = localeOf(city.defaultLocale);
  const t = texts(locale, 'mail');
  const words = mailWords(locale, city, ports.clock.now());
  const values = { count: articleCount(part.lines), when: words.when(promiseOf(part)), time: words.time(subOrder.acceptBy) };
  await deliverMail(
    {
      kind: 'shop-new-order',
      subject: subOrder.id,
      causeKey,
      recipient: shop.email,
      locale,
      title: t(`shop.title.${subOrder.method}`, values),
      blocks: [
        { kind: 'heading', text: t('shop.heading', { number: subOrder.number }) },
        { kind: 'text', text: t('shop.answer', { day: words.day(subOrder.acceptBy), time: words.time(subOrder.acceptBy) }) },
        { kind: 'text', text: t('shop.for', { name: order.shopperName }) },
        { kind: 'rows', rows: part.lines.map((line) => [lineText(locale, line), words.money(line.totalMinor)] as const) },
        ...(subOrder.isSetAside ? [{ kind: 'text', text: t('shop.setAside', { amount: words.money(subOrder.totalMinor) }) } as const] : []),
        { kind: 'button', label: t('shop.open'), url: `${env().baseUrl}/merchant/${shop.slug}/counter/${subOrder.id}` },
      ],
      footer: footerOf(city, locale),
    },
    ports,
  );
}
