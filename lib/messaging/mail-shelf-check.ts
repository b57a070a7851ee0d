import { and, eq } from 'drizzle-orm';
import { listings, offers, shelfChecks, shops, stockLevels } from '@/db/schema';
import type { EventNamed } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { isWished } from '@/lib/push';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf, localeOf, readCity } from './mail-facts';
import { mailWords } from './mail-words';

/** Asks a shop to look at its shelf; one tap in its desk answers. A question that is over by now is not sent. */
export async function mailShelfCheck(event: EventNamed<'ShelfCheckAsked'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const [row] = await reader()
    .select({
      check: shelfChecks,
      shop: shops,
      title: listings.title,
      keyAttribute: listings.keyAttribute,
      shelf: offers.shelf,
      onHand: stockLevels.onHand,
    })
    .from(shelfChecks)
    .innerJoin(shops, eq(shops.id, shelfChecks.shopId))
    .innerJoin(offers, eq(offers.id, shelfChecks.offerId))
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(stockLevels, and(eq(stockLevels.offerId, shelfChecks.offerId), eq(stockLevels.locationId, shelfChecks.locationId)))
    .where(eq(shelfChecks.id, event.subject));
  const now = ports.clock.now();
  if (!row || row.check.state !== 'asked' || row.check.expiresAt <= now) return;
  const { check, shop, title, keyAttribute, shelf, onHand } = row;
  if (!(await isWished(shop.id, 'shelf-check', 'mail'))) return;
  const city = await readCity();
  const locale = localeOf(city.defaultLocale);
  const t = texts(locale, 'mail');
  const time = mailWords(locale, city, now).time(check.expiresAt);
  const thing = keyAttribute ? `${title}, ${keyAttribute}` : title;
  await deliverMail(
    {
      kind: 'shelf-check',
      subject: check.id,
      causeKey: eventId,
      recipient: shop.email,
      locale,
      title: t('shelfCheck.title', { title, time }),
      blocks: [
        { kind: 'heading', text: t('shelfCheck.heading') },
        { kind: 'text', text: thing },
        { kind: 'text', text: t('shelfCheck.text', { count: Math.max(0, onHand), time }) },
        ...(shelf === null ? [] : [{ kind: 'small', text: shelf } as const]),
        { kind: 'button', label: t('shelfCheck.open'), url: `${env().baseUrl}/merchant/${shop.slug}/stock/checks` },
      ],
      footer: footerOf(city, locale),
    },
    ports,
  );
}
