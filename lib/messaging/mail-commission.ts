import { asc, eq, sql } from 'drizzle-orm';
import { categories, commissionRules, merchants, shops } from '@/db/schema';
import type { EventNamed } from '@/lib/kernel';
import { formatDate } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf, localeOf, readCity } from './mail-facts';

/**
 * The notice of a rate of commission (OP-12), on a durable medium: to every merchant concerned, once, with the day it begins and what was ordered
 * before keeping its own. The same again when the rate was taken back before it began.
 */
export async function mailCommission(event: EventNamed<'CommissionScheduled'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const [found] = await reader()
    .select({ rule: commissionRules, department: categories.name })
    .from(commissionRules)
    .leftJoin(categories, eq(categories.id, commissionRules.categoryId))
    .where(eq(commissionRules.id, event.subject));
  if (!found) return;
  const { rule, department } = found;
  const concerned = await reader()
    .selectDistinctOn([merchants.id], { id: merchants.id, email: merchants.email, slug: shops.slug, shop: shops.name })
    .from(merchants)
    .innerJoin(shops, eq(shops.merchantId, merchants.id))
    .where(rule.scopeId === null ? undefined : sql`${rule.scopeId} in (${shops.id}, ${shops.networkId})`)
    .orderBy(merchants.id, asc(shops.id));
  const city = await readCity();
  const locale = localeOf(city.defaultLocale);
  const t = texts(locale, 'mail');
  const which = rule.withdrawnAt === null ? 'scheduled' : 'withdrawn';
  const rate = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(rule.rateBps / 10_000);
  const method = rule.method === null ? undefined : texts(locale, 'money')(`commission.methods.${rule.method}`);
  const what = [department?.[locale], method].filter((one) => one !== undefined).join(', ');
  for (const merchant of concerned) {
    const values = { rate, shop: merchant.shop, day: formatDate(rule.validFrom, locale, city.timeZone) };
    await deliverMail(
      {
        kind: `commission-${which}`,
        subject: rule.id,
        causeKey: `${eventId}:${merchant.id}`,
        recipient: merchant.email,
        locale,
        title: t(`commission.${which}.title`, values),
        blocks: [
          { kind: 'heading', text: t(`commission.${which}.heading`, values) },
          { kind: 'text', text: t(`commission.${which}.text`, values) },
          ...(what === '' ? [] : [{ kind: 'text' as const, text: t('commission.only', { what }) }]),
          { kind: 'text', text: t('commission.reason', { reason: rule.reason }) },
          { kind: 'text', text: t('commission.rights') },
          { kind: 'button', label: t('payout.open'), url: `${env().baseUrl}/merchant/${merchant.slug}/payouts` },
        ],
        footer: footerOf(city, locale),
      },
      ports,
    );
  }
}
