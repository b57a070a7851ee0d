import { eq } from 'drizzle-orm';
import { notices } from '@/db/schema';
import type { EventNamed } from '@/lib/kernel';
import { formatDate, formatTime } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf, localeOf, readCity } from './mail-facts';

/** Whoever reported something is told without delay that it arrived, and what comes next (OP-09). */
export async function mailNoticeReceipt(event: EventNamed<'NoticeReceived'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const [notice] = await reader().select().from(notices).where(eq(notices.id, event.subject));
  if (!notice) return;
  const city = await readCity();
  const locale = localeOf(city.defaultLocale);
  const t = texts(locale, 'mail');
  const date = formatDate(notice.receivedAt, locale, city.timeZone);
  const time = formatTime(notice.receivedAt, locale, city.timeZone);
  await deliverMail(
    {
      kind: 'notice-receipt',
      subject: notice.id,
      causeKey: eventId,
      recipient: notice.reporterEmail,
      locale,
      title: t('notice.title'),
      blocks: [
        { kind: 'heading', text: t('notice.heading') },
        { kind: 'text', text: t('hello', { name: notice.reporterName }) },
        { kind: 'text', text: t('notice.text', { date, time, url: notice.url }) },
        { kind: 'text', text: t('notice.reason', { reason: notice.reason }) },
        { kind: 'text', text: t('notice.next', { operator: city.operator.legalName }) },
        { kind: 'small', text: t('notice.reference', { reference: notice.id }) },
      ],
      footer: footerOf(city, locale),
    },
    ports,
  );
}
