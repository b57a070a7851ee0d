'use server';

import { z } from 'zod';
import { idField } from '@/app/_actions/id-field';
import { merchantAction } from '@/app/_actions/merchant-action';
import type { Saying } from '@/app/_actions/said';
import { explainCarry, explainShelves, type ShelvesRefusal } from '@/app/_text/explain-shelves';
import { answerCarry } from '@/lib/fulfilment';
import type { Locale, Result } from '@/lib/kernel';
import {
  answerShelfCheck,
  cancelDelivery,
  endTransfer,
  expectDelivery,
  receiveDelivery,
  receiveTransfer,
  requestTransfer,
  sendTransfer,
  setSafetyRule,
} from '@/lib/shelves';
import { getCity, momentOf } from '@/lib/shops';
import { texts } from '@/lib/texts';

const units = z
  .string()
  .trim()
  .regex(/^\d{1,7}$/)
  .transform(Number);
const title = z.string().max(300).optional();
const code = z.string().trim().min(1).max(100);

/** One sentence for either outcome. */
function said<T>(
  locale: Locale,
  outcome: Result<T, ShelvesRefusal>,
  good: (value: T, t: ReturnType<typeof merchantTexts>) => string,
): Saying {
  if (!outcome.ok) return { kind: 'bad', text: explainShelves(locale, outcome.error) };
  return { kind: 'good', text: good(outcome.value, merchantTexts(locale)) };
}

const merchantTexts = (locale: Locale) => texts(locale, 'merchant');

/** "Yes", "no", or a number in the field beside them. */
const answer = z.object({ checkId: idField('shelfCheck'), title, answer: z.enum(['yes', 'no', 'count']), counted: units.optional() });

export const answerCheckAction = merchantAction(
  answer,
  async ({ scope, locale }, { checkId, answer: chosen, counted, title: name = '' }) => {
    const outcome = await answerShelfCheck(scope, { checkId, answer: chosen === 'count' ? (counted ?? 0) : chosen });
    return said(locale, outcome, ({ state }, t) => t(`shelves.checks.${state}`, { title: name }));
  },
);

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const expectDeliveryAction = merchantAction(z.object({ code, quantity: units, day }), async ({ scope, locale }, wish) => {
  const { timeZone } = await getCity();
  const [year = 0, month = 1, date = 1] = wish.day.split('-').map(Number);
  const expectedAt = momentOf({ year, month, day: date, hour: 18, minute: 0 }, timeZone); // some time that day
  const outcome = await expectDelivery(scope, { ...wish, expectedAt });
  return said(locale, outcome, (value, t) => t('shelves.deliveries.saidAdded', { title: value.title }));
});

const received = z.object({ deliveryId: idField('delivery'), received: units });

export const receiveDeliveryAction = merchantAction(received, async ({ scope, locale }, input) =>
  said(locale, await receiveDelivery(scope, input), ({ onHand }, t) => t('shelves.deliveries.saidReceived', { count: onHand })),
);

export const cancelDeliveryAction = merchantAction(
  z.object({ deliveryId: idField('delivery') }),
  async ({ scope, locale }, { deliveryId }) =>
    said(locale, await cancelDelivery(scope, deliveryId), (_, t) => t('shelves.deliveries.saidCancelled')),
);

const request = z.object({ code, fromOfferId: idField('offer'), quantity: units, title });

export const requestTransferAction = merchantAction(request, async ({ scope, locale }, { title: name = '', ...wish }) =>
  said(locale, await requestTransfer(scope, wish), ({ state }, t) =>
    t('shelves.transfers.said', { title: name, state: t(`shelves.transfers.state.${state}`) }),
  ),
);

const step = z.object({
  transferId: idField('stockTransfer'),
  step: z.enum(['send', 'receive', 'declined', 'cancelled']),
  received: units.optional(),
  title,
});

/** The next step of a transfer, by the side that may take it. */
export const transferStepAction = merchantAction(
  step,
  async ({ scope, locale }, { transferId, step: next, received: count, title: name = '' }) => {
    const outcome = await (next === 'send'
      ? sendTransfer(scope, transferId)
      : next === 'receive'
        ? receiveTransfer(scope, { transferId, received: count ?? 0 })
        : endTransfer(scope, { transferId, as: next }));
    return said(locale, outcome, ({ state }, t) =>
      t('shelves.transfers.said', { title: name, state: t(`shelves.transfers.state.${state}`) }),
    );
  },
);

const carry = z.object({ transferId: idField('stockTransfer'), step: z.enum(['send', 'declined']), title });

/** Units another shop of the network promised: they leave now, or they will not. */
export const carryAction = merchantAction(carry, async ({ scope, locale }, { transferId, step: next, title: name = '' }) => {
  const outcome = await answerCarry(scope, { transferId, answer: next === 'send' ? 'sent' : 'declined' });
  if (!outcome.ok) return { kind: 'bad', text: explainCarry(locale, outcome.error) };
  return { kind: 'good', text: merchantTexts(locale)(`carry.said.${next}`, { title: name }) };
});

const rule = z.object({
  categoryId: z.union([z.literal('').transform(() => undefined), idField('category')]),
  safetyStock: units,
  routingSafetyStock: units,
  name: title,
});

/** What a shop withholds is for whoever runs it. */
export const safetyRuleAction = merchantAction(
  rule,
  async ({ scope, locale }, { name = '', ...wish }) =>
    said(locale, await setSafetyRule(scope, wish), (_, t) => t('shelves.safety.said', { name, sale: wish.safetyStock })),
  'manager',
);
