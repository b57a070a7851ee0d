import type { RescueOption } from '@/lib/fulfilment';
import { findRescue, readOptions } from '@/lib/fulfilment';
import type { EventNamed, RescueId } from '@/lib/kernel';
import { minor, pathTo } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { ShopBook } from '@/lib/shops';
import { loadShopBook } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import type { Mail, MailBlock } from './mail';
import type { OrderFacts, PartFacts } from './mail-facts';
import { footerOf, readOrderFacts } from './mail-facts';
import { partBlocks, withdrawalBlocks } from './mail-order-confirmation';
import type { MailWords } from './mail-words';
import { mailWords, promiseOf } from './mail-words';

/**
 * Another shop serves: told before the new state, with the confirmation of the new contract (BO-04) and the free way out.
 */
export async function mailRescueRouted(event: EventNamed<'RescueRouted'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const facts = await readOrderFacts(event.facts.orderId);
  const part = facts?.parts.find((one) => one.subOrder.id === event.subject);
  const rescueId = part?.lines.find((line) => line.rescueId !== null)?.rescueId;
  const rescue = rescueId ? await findRescue(rescueId) : undefined;
  if (!facts || !part || !rescue || facts.order.isReplayed) return;
  const { order, locale } = facts;
  const t = texts(locale, 'mail');
  const words = mailWords(locale, facts.city, ports.clock.now());
  const before = facts.parts.find((one) => one.subOrder.id === rescue.subOrderId);
  const values = { shop: part.shop.name, before: before?.shop.name ?? '', when: words.when(promiseOf(part)), number: order.number };
  await send(
    facts,
    { kind: 'rescue-routed', subject: part.subOrder.id, causeKey: eventId, title: t('rescue.routed.title', values) },
    ports,
    [
      { kind: 'heading', text: t('rescue.routed.heading', values) },
      { kind: 'text', text: t('rescue.routed.text', values) },
      ...partBlocks(facts, part, words),
      { kind: 'text', text: t('rescue.routed.wayOut') },
      track(facts),
      ...withdrawalBlocks({ parts: [part], locale }, env().baseUrl),
      { kind: 'small', text: t('confirmation.guarantee') },
      { kind: 'small', text: t('confirmation.terms', { version: order.termsVersion, url: `${env().baseUrl}${pathTo(locale, 'terms')}` }) },
    ],
  );
}

/** The shopper is asked: what is missing, what could be done, and what happens without an answer. */
export async function mailRescueAsked(event: EventNamed<'RescueAsked'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const found = await readRescue(event.subject, event.facts.orderId);
  const decideBy = found?.rescue.decideBy;
  if (!found || !decideBy || found.facts.order.isReplayed) return;
  const { facts, rescue, part, title } = found;
  const { locale } = facts;
  const t = texts(locale, 'mail');
  const now = ports.clock.now();
  const words = mailWords(locale, facts.city, now);
  const book = await loadShopBook(now);
  const values = { title, shop: part.shop.name, time: words.time(decideBy), amount: words.money(rescue.goodsMinor) };
  const options = readOptions(rescue.options).map((option): MailBlock => ({
    kind: 'text',
    text: optionText(option, { locale, words, book }),
  }));
  await send(facts, { kind: 'rescue-asked', subject: part.subOrder.id, causeKey: eventId, title: t('rescue.asked.title', values) }, ports, [
    { kind: 'heading', text: t('rescue.asked.heading', values) },
    { kind: 'text', text: t('rescue.asked.text', values) },
    ...options,
    { kind: 'text', text: t('rescue.asked.default', values) },
    { kind: 'button', label: t('rescue.asked.button'), url: trackUrl(facts) },
  ]);
}

/** Nobody could serve it, or nobody answered: its money is not kept. */
export async function mailRescueRefunded(event: EventNamed<'RescueRefunded'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const found = await readRescue(event.subject, event.facts.orderId);
  if (!found || found.facts.order.isReplayed) return;
  const { facts, rescue, part, title } = found;
  const t = texts(facts.locale, 'mail');
  const words = mailWords(facts.locale, facts.city, ports.clock.now());
  const amount = words.money(minor(rescue.goodsMinor + rescue.deliveryMinor));
  const values = { title, shop: part.shop.name, amount, number: facts.order.number };
  await send(
    facts,
    { kind: 'rescue-refunded', subject: part.subOrder.id, causeKey: eventId, title: t('rescue.refunded.title', values) },
    ports,
    [
      { kind: 'heading', text: t('rescue.refunded.heading', values) },
      { kind: 'text', text: t('rescue.refunded.text', values) },
      track(facts),
    ],
  );
}

type OptionWords = { readonly locale: OrderFacts['locale']; readonly words: MailWords; readonly book: ShopBook };

function optionText(option: RescueOption, { locale, words, book }: OptionWords): string {
  const t = texts(locale, 'mail');
  if (option.kind === 'wait') return t('rescue.option.wait', { day: words.day(option.until), time: words.time(option.until) });
  const values = {
    title: option.title,
    shop: book.get(option.shopId)?.name ?? '',
    from: option.kind === 'carried' ? (book.get(option.fromShopId)?.name ?? '') : '',
    when: words.when({ from: option.from, to: option.to }),
    amount: words.money(option.payMinor),
  };
  return t(`rescue.option.${option.kind}`, values);
}

type Found = {
  readonly facts: OrderFacts;
  readonly rescue: NonNullable<Awaited<ReturnType<typeof findRescue>>>;
  readonly part: PartFacts;
  readonly title: string;
};

async function readRescue(rescueId: RescueId, orderId: OrderFacts['order']['id']): Promise<Found | undefined> {
  const [facts, rescue] = await Promise.all([readOrderFacts(orderId), findRescue(rescueId)]);
  const part = facts?.parts.find((one) => one.subOrder.id === rescue?.subOrderId);
  const line = part?.lines.find((one) => one.id === rescue?.lineId);
  return facts && rescue && part && line ? { facts, rescue, part, title: line.title } : undefined;
}

function trackUrl({ order, locale }: OrderFacts): string {
  return `${env().baseUrl}${pathTo(locale, 'track', { token: order.token })}`;
}

function track(facts: OrderFacts): MailBlock {
  return { kind: 'button', label: texts(facts.locale, 'mail')('change.track'), url: trackUrl(facts) };
}

async function send(
  { order, city, locale }: OrderFacts,
  head: Pick<Mail, 'kind' | 'subject' | 'causeKey' | 'title'>,
  ports: Ports,
  blocks: readonly MailBlock[],
): Promise<void> {
  await deliverMail({ ...head, recipient: order.email, locale, blocks, footer: footerOf(city, locale) }, ports);
}
