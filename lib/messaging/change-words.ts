import { eq } from 'drizzle-orm';
import { paymentShares } from '@/db/schema';
import { passTokenOf, servedQuantity } from '@/lib/fulfilment';
import type { Instant } from '@/lib/kernel';
import { minor, pathTo } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { reader } from '@/lib/platform/transaction';
import { loadShopBook, openState } from '@/lib/shops';
import { texts } from '@/lib/texts';
import type { MailBlock } from './mail';
import type { OrderFacts, PartFacts } from './mail-facts';
import type { MailWords } from './mail-words';
import { promiseOf } from './mail-words';

/** What a mail says of a change; `endsContract` when there is nothing left to withdraw from. */
export type ChangeWords = {
  readonly kind: string;
  readonly title: string;
  readonly blocks: readonly MailBlock[];
  readonly endsContract: boolean;
};

type Changed = {
  readonly facts: OrderFacts;
  readonly part: PartFacts;
  readonly to: string;
  readonly now: Instant;
  readonly words: MailWords;
};

/** The words for a part that came to state `to`; undefined where no message is due. */
export async function wordsOfChange(changed: Changed): Promise<ChangeWords | undefined> {
  switch (changed.to) {
    case 'ready':
      return readyWords(changed);
    case 'refused':
    case 'unanswered':
    case 'cancelled':
    case 'uncollected':
      return endWords(changed, changed.to);
    case 'handed-over':
      return receivedWords(changed, 'handedOver');
    case 'delivered':
      return receivedWords(changed, 'delivered');
    case 'despatched':
      return despatchedWords(changed);
    default:
      return undefined;
  }
}

async function readyWords({ facts: { locale }, part, words, now }: Changed): Promise<ChangeWords> {
  const t = texts(locale, 'mail');
  const { subOrder, shop } = part;
  const less = lessBlocks(part, locale);
  if (subOrder.method !== 'pickup') {
    const heading = t('change.ready.titleBrought', { shop: shop.name });
    const blocks: readonly MailBlock[] = [
      { kind: 'heading', text: heading },
      { kind: 'text', text: t('change.ready.brought', { shop: shop.name }) },
      ...less,
    ];
    return { kind: 'sub-order-ready', title: heading, blocks, endsContract: false };
  }
  const hours = await hoursSentence(part, { words, now, locale });
  const pass = `${env().baseUrl}${pathTo(locale, 'pickup', { token: passTokenOf(subOrder.number) })}`;
  const blocks: readonly MailBlock[] = [
    { kind: 'heading', text: t('change.ready.heading', { shop: shop.name }) },
    { kind: 'text', text: t('change.ready.text', { shop: shop.name, street: shop.street, town: shop.town, hours }) },
    { kind: 'code', label: t('change.ready.code'), code: subOrder.pickupCode },
    ...(subOrder.bag ? [{ kind: 'text', text: t('change.ready.bag', { bag: subOrder.bag }) } as const] : []),
    ...(subOrder.keptUntil === null
      ? []
      : [
          {
            kind: 'text',
            text: t('change.ready.kept', { day: words.day(subOrder.keptUntil), time: words.time(subOrder.keptUntil) }),
          } as const,
        ]),
    ...less,
    { kind: 'button', label: t('change.ready.pass'), url: pass },
  ];
  return {
    kind: 'sub-order-ready',
    title: t('change.ready.title', { shop: shop.name, hours, code: subOrder.pickupCode }),
    blocks,
    endsContract: false,
  };
}

async function hoursSentence(
  part: PartFacts,
  { words, now, locale }: { readonly words: MailWords; readonly now: Instant; readonly locale: OrderFacts['locale'] },
): Promise<string> {
  const t = texts(locale, 'mail');
  const shop = (await loadShopBook(now)).get(part.shop.id);
  const state = shop && openState(shop, now);
  if (state?.changesAt === undefined) return t('change.ready.unknown');
  return state.isOpen
    ? t('change.ready.openUntil', { time: words.time(state.changesAt) })
    : t('change.ready.opens', { day: words.day(state.changesAt), time: words.time(state.changesAt) });
}

function lessBlocks({ lines }: PartFacts, locale: OrderFacts['locale']): readonly MailBlock[] {
  const t = texts(locale, 'mail');
  const missing = lines.filter((line) => line.refusedQuantity > 0);
  if (missing.length === 0) return [];
  const titles = missing.map((line) =>
    t('change.ready.lessLine', { title: line.title, picked: servedQuantity(line), ordered: line.quantity }),
  );
  return [{ kind: 'text', text: t('change.ready.less', { titles: titles.join(', ') }) }];
}

const reasons = ['missing', 'damaged', 'closing', 'overloaded'] as const;

async function endWords(
  { facts: { order, locale }, part, words }: Changed,
  end: 'refused' | 'unanswered' | 'cancelled' | 'uncollected',
): Promise<ChangeWords> {
  const t = texts(locale, 'mail');
  const { subOrder, shop } = part;
  const taken = await takenFor(subOrder.id);
  const amount = words.money(taken > 0 ? minor(taken) : subOrder.totalMinor);
  const reason = t(`change.refused.reason.${reasons.find((known) => known === subOrder.refusalReason) ?? 'other'}`);
  const values = { shop: shop.name, number: order.number, amount, reason };
  const text = (() => {
    if (end === 'unanswered') return t('change.unanswered.text', values);
    if (end === 'uncollected') return t('change.uncollected.text', values);
    return taken > 0 ? t(`change.${end}.textTaken`, values) : t(`change.${end}.text`, values);
  })();
  return {
    kind: `sub-order-${end}`,
    title:
      taken > 0 && (end === 'refused' || end === 'cancelled') ? t(`change.${end}.titleTaken`, values) : t(`change.${end}.title`, values),
    blocks: [
      { kind: 'heading', text: t(`change.${end}.heading`, values) },
      { kind: 'text', text },
    ],
    endsContract: true,
  };
}

/** Money already taken for the part when it ended; then it is given back. */
async function takenFor(subOrderId: PartFacts['subOrder']['id']): Promise<number> {
  const [share] = await reader()
    .select({ taken: paymentShares.capturedMinor })
    .from(paymentShares)
    .where(eq(paymentShares.subOrderId, subOrderId));
  return share?.taken ?? 0;
}

function receivedWords(
  { facts: { order, locale }, part: { shop, subOrder }, words }: Changed,
  kind: 'handedOver' | 'delivered',
): ChangeWords {
  const t = texts(locale, 'mail');
  const values = {
    shop: shop.name,
    number: order.number,
    day: words.day(subOrder.stateChangedAt),
    time: words.time(subOrder.stateChangedAt),
  };
  return {
    kind: kind === 'delivered' ? 'sub-order-delivered' : 'sub-order-handed-over',
    title: t(`change.${kind}.title`, values),
    blocks: [
      { kind: 'heading', text: t(`change.${kind}.heading`, values) },
      { kind: 'text', text: t(`change.${kind}.text`, values) },
    ],
    endsContract: false,
  };
}

function despatchedWords({ facts: { locale }, part, words }: Changed): ChangeWords {
  const t = texts(locale, 'mail');
  const values = { shop: part.shop.name, when: words.when(promiseOf(part)) };
  return {
    kind: 'sub-order-despatched',
    title: t('change.despatched.title', values),
    blocks: [
      { kind: 'heading', text: t('change.despatched.heading', values) },
      { kind: 'text', text: t('change.despatched.text', values) },
    ],
    endsContract: false,
  };
}
