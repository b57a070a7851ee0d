import { asc, count, eq } from 'drizzle-orm';
import { merchants, payoutHolds, payoutTransactions, payouts, shops } from '@/db/schema';
import type { EventNamed, Locale, MerchantId } from '@/lib/kernel';
import { pathTo } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf, localeOf, readCity } from './mail-facts';
import { mailWords } from './mail-words';

/** A payout arrived, or came back: the amount, what it is made of, and where every line of it is. */
export async function mailPayout(event: EventNamed<'PayoutSettled'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const [payout] = await reader().select().from(payouts).where(eq(payouts.id, event.subject));
  const to = await readMerchant(event.facts.merchantId);
  if (!payout || !to) return;
  const [counted] = await reader().select({ lines: count() }).from(payoutTransactions).where(eq(payoutTransactions.payoutId, payout.id));
  const t = texts(to.locale, 'mail');
  const words = mailWords(to.locale, to.city, ports.clock.now());
  const which = event.facts.state === 'paid' ? 'paid' : 'failed';
  const values = { amount: words.money(payout.amountMinor), count: counted?.lines ?? 0 };
  await deliverMail(
    {
      kind: `payout-${which}`,
      subject: payout.id,
      causeKey: eventId,
      recipient: to.email,
      locale: to.locale,
      title: t(`payout.${which}.title`, values),
      blocks: [
        { kind: 'heading', text: t(`payout.${which}.heading`, values) },
        { kind: 'text', text: t(`payout.${which}.text`, values) },
        { kind: 'button', label: t('payout.open'), url: `${to.page}?payout=${payout.id}` },
      ],
      footer: footerOf(to.city, to.locale),
    },
    ports,
  );
}

/** The statement of reasons of a hold (OP-10): what, why, on which facts, until when, decided by whom, and how to object. */
export async function mailHold(event: EventNamed<'PayoutsHeld'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const [hold] = await reader().select().from(payoutHolds).where(eq(payoutHolds.id, event.subject));
  const to = await readMerchant(event.facts.merchantId);
  if (!hold || !to) return;
  const t = texts(to.locale, 'mail');
  const day = mailWords(to.locale, to.city, ports.clock.now()).day(hold.freedAt);
  await deliverMail(
    {
      kind: 'payouts-held',
      subject: hold.id,
      causeKey: eventId,
      recipient: to.email,
      locale: to.locale,
      title: t('hold.title', { day }),
      blocks: [
        { kind: 'heading', text: t('hold.heading') },
        { kind: 'text', text: t(`hold.reason.${hold.reason}`) },
        { kind: 'text', text: t('hold.facts', { facts: hold.statement }) },
        { kind: 'text', text: t('hold.until', { day }) },
        { kind: 'text', text: t(hold.placedBy === 'system' ? 'hold.bySystem' : 'hold.byPerson') },
        { kind: 'text', text: t('hold.redress', { help: `${env().baseUrl}${pathTo(to.locale, 'help')}` }) },
        { kind: 'button', label: t('payout.open'), url: to.page },
      ],
      footer: footerOf(to.city, to.locale),
    },
    ports,
  );
}

/** Where a merchant is written to, and the money page of its first shop. */
export async function readMerchant(merchantId: MerchantId) {
  const [row] = await reader()
    .select({ email: merchants.email, slug: shops.slug })
    .from(merchants)
    .innerJoin(shops, eq(shops.merchantId, merchants.id))
    .where(eq(merchants.id, merchantId))
    .orderBy(asc(shops.id))
    .limit(1);
  if (!row) return undefined;
  const city = await readCity();
  const locale: Locale = localeOf(city.defaultLocale);
  return { email: row.email, page: `${env().baseUrl}/merchant/${row.slug}/payouts`, city, locale };
}
