import { eq } from 'drizzle-orm';
import { shops } from '@/db/schema';
import type { EventNamed } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { isWished } from '@/lib/push';
import { listAskedToCarry } from '@/lib/shelves';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf, localeOf, readCity } from './mail-facts';
import { mailWords } from './mail-words';

/** Asks a shop to carry units to another of its network, for an order. What is over by now is not sent. */
export async function mailShopCarry(event: EventNamed<'CarryAsked'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const { shopId } = event.facts;
  const asked = (await listAskedToCarry({ shopId })).filter((one) => one.subOrderId === event.subject);
  const [first] = asked;
  const [shop] = await reader().select({ slug: shops.slug, email: shops.email }).from(shops).where(eq(shops.id, shopId));
  if (!first || !shop || !(await isWished(shopId, 'order', 'mail'))) return;
  const city = await readCity();
  const locale = localeOf(city.defaultLocale);
  const t = texts(locale, 'mail');
  const words = mailWords(locale, city, ports.clock.now());
  const values = { shop: first.toShop, day: words.day(first.sendBy), time: words.time(first.sendBy), number: first.number };
  await deliverMail(
    {
      kind: 'shop-carry',
      subject: event.subject,
      causeKey: eventId,
      recipient: shop.email,
      locale,
      title: t('carry.title', values),
      blocks: [
        { kind: 'heading', text: t('carry.heading', values) },
        { kind: 'text', text: t('carry.text', values) },
        { kind: 'rows', rows: asked.map((one) => [one.title, String(one.quantity)] as const) },
        { kind: 'button', label: t('carry.open'), url: `${env().baseUrl}/merchant/${shop.slug}/stock/transfers` },
      ],
      footer: footerOf(city, locale),
    },
    ports,
  );
}
