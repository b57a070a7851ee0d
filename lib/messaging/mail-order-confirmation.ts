import type { EventNamed, Instant } from '@/lib/kernel';
import { minor, pathTo } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import type { Mail, MailBlock } from './mail';
import type { OrderFacts, PartFacts } from './mail-facts';
import { footerOf, readOrderFacts } from './mail-facts';
import type { MailWords } from './mail-words';
import { lineText, mailWords, promiseOf } from './mail-words';

/**
 * The durable confirmation (BO-04): per shop its identity, lines, promise and totals; the terms' version, the withdrawal information with
 * the place of the function (BO-11) and the model form; the link that follows the order.
 */
export async function mailOrderConfirmation(
  event: EventNamed<'OrderPaid' | 'SetAsideConfirmed'>,
  eventId: string,
  ports: Ports = systemPorts,
): Promise<void> {
  const facts = await readOrderFacts(event.subject);
  if (!facts || facts.order.isReplayed) return;
  await deliverMail(orderConfirmation(facts, { causeKey: eventId, now: ports.clock.now(), baseUrl: env().baseUrl }), ports);
}

type Writing = { readonly causeKey: string; readonly now: Instant; readonly baseUrl: string };

/** What the confirmation says; pure. */
export function orderConfirmation(facts: OrderFacts, { causeKey, now, baseUrl }: Writing): Mail {
  const { order, parts, city, locale } = facts;
  const t = texts(locale, 'mail');
  const isSetAside = parts.every(({ subOrder }) => subOrder.isSetAside);
  const words = mailWords(locale, city, now);
  const link = `${baseUrl}${pathTo(locale, 'track', { token: order.token })}`;
  return {
    kind: 'order-confirmation',
    subject: order.id,
    causeKey,
    recipient: order.email,
    locale,
    title: titleOf(facts, words),
    blocks: [
      { kind: 'heading', text: t(isSetAside ? 'confirmation.setAside.heading' : 'confirmation.heading', { number: order.number }) },
      { kind: 'text', text: t('hello', { name: order.shopperName }) },
      isSetAside
        ? { kind: 'text', text: t('confirmation.setAside.intro', { shops: parts.length }) }
        : { kind: 'text', text: t('confirmation.intro', { shops: parts.length, total: words.money(order.totalMinor), by: facts.by }) },
      { kind: 'button', label: t('confirmation.track'), url: link },
      ...parts.flatMap((part) => partBlocks(facts, part, words)),
      ...(isSetAside ? [] : contractBlocks(facts, words, baseUrl)),
      { kind: 'small', text: t('confirmation.terms', { version: order.termsVersion, url: `${baseUrl}${pathTo(locale, 'terms')}` }) },
    ],
    footer: footerOf(city, locale),
  };
}

/** What only a contract at a distance says: the total, what happens when a shop cannot serve, the right to withdraw. */
function contractBlocks(facts: OrderFacts, words: MailWords, baseUrl: string): readonly MailBlock[] {
  const { order, parts, locale } = facts;
  const t = texts(locale, 'mail');
  return [
    { kind: 'rows', rows: [], total: [t('confirmation.total'), words.money(order.totalMinor)] },
    { kind: 'text', text: t(`confirmation.rescue.${order.rescueWish}`) },
    ...withdrawalBlocks({ locale, parts: parts.filter(({ subOrder }) => !subOrder.isSetAside) }, baseUrl),
    { kind: 'small', text: t('confirmation.guarantee') },
  ];
}

function titleOf({ order, parts, locale }: OrderFacts, words: MailWords): string {
  const t = texts(locale, 'mail');
  const first = parts.toSorted((a, b) => a.subOrder.promisedFrom - b.subOrder.promisedFrom)[0];
  if (!first) return t('confirmation.heading', { number: order.number });
  const values = { number: order.number, parts: parts.length, when: words.when(promiseOf(first)) };
  if (parts.every(({ subOrder }) => subOrder.isSetAside)) return t('confirmation.setAside.title', values);
  return first.subOrder.method === 'pickup' ? t('confirmation.title.pickup', values) : t('confirmation.title.brought', values);
}

/** One shop's part of a contract: its identity, lines, promise and totals, as the shopper pays them. */
export function partBlocks({ locale }: Pick<OrderFacts, 'locale'>, part: PartFacts, words: MailWords): readonly MailBlock[] {
  const t = texts(locale, 'mail');
  const { subOrder, shop, merchant } = part;
  const street = `${shop.street}, ${shop.town}`;
  const about = t(`confirmation.shopAbout.${subOrder.method}`, { when: words.when(promiseOf(part)), street });
  const kept =
    subOrder.keptUntil === null
      ? undefined
      : t('confirmation.kept', { day: words.day(subOrder.keptUntil), time: words.time(subOrder.keptUntil) });
  const lines = part.lines.map((line) => [lineText(locale, line), words.money(line.totalMinor)] as const);
  const delivery = subOrder.deliveryMinor > 0 ? [[t('confirmation.delivery'), words.money(subOrder.deliveryMinor)] as const] : [];
  const rescued = subOrder.rescueMinor > 0 ? [[t('confirmation.rescued'), words.money(minor(-subOrder.rescueMinor))] as const] : [];
  return [
    { kind: 'shop', name: `${shop.name} (${subOrder.number})`, about },
    ...(kept === undefined ? [] : [{ kind: 'text', text: kept } as const]),
    ...(subOrder.isSetAside
      ? [{ kind: 'text', text: t('confirmation.setAside.part', { amount: words.money(subOrder.totalMinor) }) } as const]
      : []),
    {
      kind: 'rows',
      rows: [...lines, ...delivery, ...rescued],
      total: [t('confirmation.shopTotal', { shop: shop.name }), words.money(minor(subOrder.totalMinor - subOrder.rescueMinor))],
    },
    {
      kind: 'small',
      text: t('confirmation.merchant', {
        name: merchant.legalName,
        form: merchant.legalForm,
        capital: merchant.capital ?? 'none',
        address: merchant.address,
        register: merchant.register,
        registration: merchant.registrationNumber,
        vat: merchant.vatNumber ?? 'none',
        email: merchant.email,
        phone: merchant.phone,
        mediator: merchant.mediatorName,
        mediatorUrl: merchant.mediatorUrl,
      }),
    },
  ];
}

const exceptionReasons = ['perishable', 'sealed-hygiene', 'made-to-measure', 'sealed-recording', 'press', 'mixed'] as const;

/** The withdrawal information with the place of its function, and the model form of each merchant (BO-11). */
export function withdrawalBlocks({ parts, locale }: Pick<OrderFacts, 'parts' | 'locale'>, baseUrl: string): readonly MailBlock[] {
  const t = texts(locale, 'mail');
  const url = `${baseUrl}${pathTo(locale, 'withdrawal')}`;
  const days = Math.min(...parts.map((part) => Math.max(14, part.shop.returnDays)));
  const exceptions = parts.flatMap((part) => part.lines).filter((line) => line.withdrawalException !== null);
  const titles = exceptions.map((line) => {
    const reason = exceptionReasons.find((known) => known === line.withdrawalException) ?? 'other';
    return t('confirmation.exceptionLine', { title: line.title, reason: t(`confirmation.reasons.${reason}`) });
  });
  const merchants = [...new Map(parts.map(({ merchant }) => [merchant.id, merchant])).values()];
  return [
    { kind: 'shop', name: t('confirmation.withdrawalHeading'), about: '' },
    { kind: 'text', text: t('confirmation.withdrawal', { days, url }) },
    { kind: 'link', label: t('confirmation.withdrawalLink'), url },
    ...(titles.length === 0 ? [] : [{ kind: 'text', text: t('confirmation.exception', { titles: titles.join(' ; ') }) } as const]),
    ...merchants.map(({ legalName, address, email }): MailBlock => ({
      kind: 'small',
      text: t('confirmation.form', { merchant: legalName, address, email }),
    })),
  ];
}
