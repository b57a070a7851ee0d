import { eq } from 'drizzle-orm';
import { withdrawalStatements } from '@/db/schema';
import type { EventNamed } from '@/lib/kernel';
import { formatDate, formatTime } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf, localeOf, readCity } from './mail-facts';

/** The acknowledgement that repeats the statement with its date and time, on a durable medium, at once (BO-10). */
export async function mailWithdrawalReceipt(
  event: EventNamed<'WithdrawalStated'>,
  eventId: string,
  ports: Ports = systemPorts,
): Promise<void> {
  const [statement] = await reader().select().from(withdrawalStatements).where(eq(withdrawalStatements.id, event.subject));
  if (!statement) return;
  const city = await readCity();
  const locale = localeOf(statement.locale);
  const t = texts(locale, 'mail');
  const { number, name, email, articles, statedAt } = statement;
  const moment = { date: formatDate(statedAt, locale, city.timeZone), time: formatTime(statedAt, locale, city.timeZone) };
  await deliverMail(
    {
      kind: 'withdrawal-receipt',
      subject: statement.orderId,
      causeKey: eventId,
      recipient: email,
      locale,
      title: t('withdrawalReceipt.title', { number, ...moment }),
      blocks: [
        { kind: 'heading', text: t('withdrawalReceipt.heading') },
        { kind: 'text', text: t('withdrawalReceipt.text', moment) },
        { kind: 'text', text: t('withdrawalReceipt.content', { name, number, email }) },
        { kind: 'text', text: articles === null ? t('withdrawalReceipt.all') : t('withdrawalReceipt.articles', { articles }) },
        { kind: 'text', text: t('withdrawalReceipt.next') },
      ],
      footer: footerOf(city, locale),
    },
    ports,
  );
}
