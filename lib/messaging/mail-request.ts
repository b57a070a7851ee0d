import { and, eq } from 'drizzle-orm';
import { requestAnswers, requests, shops } from '@/db/schema';
import type { EventNamed } from '@/lib/kernel';
import { pathTo } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { isWished } from '@/lib/push';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf, localeOf, readCity } from './mail-facts';
import { mailWords } from './mail-words';

type Facts = EventNamed<'RequestAsked'>['facts'];

async function readRow({ requestId, shopId }: Facts) {
  const [row] = await reader()
    .select({ request: requests, answer: requestAnswers, shop: shops })
    .from(requests)
    .innerJoin(requestAnswers, and(eq(requestAnswers.requestId, requests.id), eq(requestAnswers.shopId, shopId)))
    .innerJoin(shops, eq(shops.id, requestAnswers.shopId))
    .where(eq(requests.id, requestId));
  return row;
}

/** Tells a shop that somebody looks for something it may have. One that was answered or is over by now is not sent. */
export async function mailShopRequest(event: EventNamed<'RequestAsked'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const row = await readRow(event.facts);
  const now = ports.clock.now();
  if (!row || row.request.state !== 'open' || row.request.expiresAt <= now || row.answer.state !== 'asked') return;
  const { request, shop } = row;
  if (!(await isWished(shop.id, 'request', 'mail'))) return;
  const city = await readCity();
  const locale = localeOf(city.defaultLocale);
  const t = texts(locale, 'requests');
  const words = mailWords(locale, city, now);
  const until = { day: words.day(request.expiresAt), time: words.time(request.expiresAt) };
  await deliverMail(
    {
      kind: 'shop-request',
      subject: request.id,
      causeKey: eventId,
      recipient: shop.email,
      locale,
      title: t('mail.shop.title', { words: request.words }),
      blocks: [
        { kind: 'heading', text: t('mail.shop.heading') },
        { kind: 'text', text: request.words },
        { kind: 'text', text: t('mail.shop.text', until) },
        { kind: 'button', label: t('mail.shop.open'), url: `${env().baseUrl}/merchant/${shop.slug}/requests` },
      ],
      footer: footerOf(city, locale),
    },
    ports,
  );
}

/** Tells whoever asked, if they left an address, that a shop has it. */
export async function mailRequestOffer(event: EventNamed<'RequestAnswered'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const row = await readRow(event.facts);
  if (!row || row.request.state !== 'open' || row.request.email === null || row.answer.state !== 'offered') return;
  const { request, answer, shop } = row;
  if (answer.title === null || answer.priceMinor === null || answer.available === null || row.request.email === null) return;
  const { locale } = request;
  const city = await readCity();
  const t = texts(locale, 'requests');
  const { money } = mailWords(locale, city, ports.clock.now());
  await deliverMail(
    {
      kind: 'request-offer',
      subject: request.id,
      causeKey: eventId,
      recipient: row.request.email,
      locale,
      title: t('mail.offer.title', { shop: shop.name, price: money(answer.priceMinor) }),
      blocks: [
        { kind: 'heading', text: t('mail.offer.heading', { shop: shop.name }) },
        { kind: 'text', text: t('mail.offer.asked', { words: request.words }) },
        {
          kind: 'rows',
          rows: [
            [answer.title, money(answer.priceMinor)],
            [shop.name, shop.street],
            [t('when.label'), t(`when.${answer.available}`)],
          ],
        },
        { kind: 'text', text: t('mail.offer.text') },
        { kind: 'button', label: t('mail.offer.open'), url: `${env().baseUrl}${pathTo(locale, 'request', { id: request.token })}` },
      ],
      footer: footerOf(city, locale),
    },
    ports,
  );
}
