'use server';

import { z } from 'zod';
import { operatorAction, operatorForm } from '@/app/_actions/operator-action';
import { financeRoles } from '@/lib/payouts';
import type { Instant, Locale, VoucherId } from '@/lib/kernel';
import { formatMoney, minor, moneyOf, parseId } from '@/lib/kernel';
import { getCity, momentOf } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { createIssuer, issueSeries, issuerInput, loadVoucher, seriesInput, setVoucherBlocked } from '@/lib/wallet';

/** "12,50" or "12.5" in cents; anything else is no amount. */
const euros = z
  .string()
  .trim()
  .regex(/^\d{1,5}(?:[.,]\d{1,2})?$/u)
  .transform((text) => minor(Math.round(Number(text.replace(',', '.')) * 100)));

/** "5,5" or "20" per cent in basis points; empty where there is none. */
const percent = z
  .string()
  .trim()
  .regex(/^(?:\d{1,2}(?:[.,]\d{1,2})?)?$/u)
  .transform((text) => (text === '' ? undefined : Math.round(Number(text.replace(',', '.')) * 100)));

const MOST_PERCENT = 200;
const MOST_CODES = 200;

/** Shops and departments are boxes of their own: ticked ones are posted, as `shop:ID` and `category:ID`. */
const seriesForm = z
  .object({
    issuerId: z.string(),
    name: z.string(),
    kind: z.string(),
    purpose: z.string(),
    vatRate: percent,
    topUpPercent: z.coerce.number().int().min(0).max(MOST_PERCENT),
    validFrom: z.iso.date(),
    validUntil: z.iso.date(),
    count: z.coerce.number().int().min(1).max(MOST_CODES),
    paid: euros,
    paysDelivery: z.string().optional(),
    holderEmail: z.string().trim().default(''),
  })
  .catchall(z.string());

function ticked(form: Readonly<Record<string, unknown>>, what: string): readonly string[] {
  return Object.keys(form).flatMap((name) => (name.startsWith(`${what}:`) ? [name.slice(what.length + 1)] : []));
}

function firstMoment(day: string, timeZone: string, daysLater = 0): Instant {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const at = new Date(Date.UTC(year, month - 1, date + daysLater));
  const wall = { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), hour: 0, minute: 0 };
  return momentOf(wall, timeZone);
}

const fields = [
  'name',
  'kind',
  'purpose',
  'vatRate',
  'topUpPercent',
  'validFrom',
  'validUntil',
  'count',
  'paid',
  'holderEmail',
  'issuerId',
] as const;

function wordOf(locale: Locale, field: string): string {
  const t = texts(locale, 'wallet');
  const known = fields.find((one) => one === field);
  return t(`desk.refused.${known ?? 'failed'}`);
}

/** Issues a series; the answer shows its codes, this once. */
export const issueSeriesAction = operatorForm(
  { schema: seriesForm, wordOf },
  async ({ scope, locale }, form) => {
    const refused = (field: string) => ({ errors: [{ field, message: wordOf(locale, field) }] });
    const { timeZone } = await getCity();
    const read = seriesInput.safeParse({
      issuerId: form.issuerId,
      name: form.name,
      kind: form.kind,
      purpose: form.purpose,
      ...(form.vatRate !== undefined && { vatRateBps: form.vatRate }),
      shopIds: ticked(form, 'shop'),
      categoryIds: ticked(form, 'category'),
      paysDelivery: form.paysDelivery !== undefined,
      topUpBps: 10_000 + form.topUpPercent * 100,
      validFrom: firstMoment(form.validFrom, timeZone),
      validUntil: firstMoment(form.validUntil, timeZone, 1),
      count: form.count,
      paidMinor: form.paid,
      ...(form.holderEmail !== '' && { holderEmail: form.holderEmail }),
    });
    if (!read.success) return refused(String(read.error.issues[0]?.path[0] ?? 'form'));
    const issued = await issueSeries(scope, read.data);
    if (issued.ok) return { errors: [], notice: issued.value.codes.join('\n') };
    switch (issued.error.kind) {
      case 'module-off':
        return { errors: [{ field: 'form', message: texts(locale, 'modules')('off.issue') }] };
      case 'issuer-not-found':
        return refused('issuerId');
      case 'series-ends-before-it-begins':
        return refused('validUntil');
      case 'single-purpose-needs-rate':
        return refused('vatRate');
      case 'codes-unusable':
        return refused('form');
    }
  },
  financeRoles,
);

/** Somebody who may issue vouchers from now on. */
export const createIssuerAction = operatorAction(
  issuerInput,
  async ({ scope, locale }, issuer) => {
    await createIssuer(scope, issuer);
    return { kind: 'good', text: texts(locale, 'wallet')('desk.issuerSaid', { name: issuer.name }) };
  },
  financeRoles,
);

const voucherId = z.string().transform((text, context): VoucherId => parseId('voucher', text) ?? (context.addIssue('no voucher'), z.NEVER));
const codeEnd = z.string().max(8);

/** Blocks a code that was lost, or opens it again. */
export const blockVoucherAction = operatorAction(
  z.object({ voucherId, codeEnd, blocked: z.enum(['yes', 'no']) }),
  async ({ scope, locale }, input) => {
    const t = texts(locale, 'wallet');
    const isBlocked = input.blocked === 'yes';
    const done = await setVoucherBlocked(scope, { voucherId: input.voucherId, isBlocked });
    if (!done.ok) return { kind: 'bad', text: t('desk.one.said.gone') };
    return { kind: 'good', text: t(`desk.one.said.${isBlocked ? 'blocked' : 'opened'}`, { end: input.codeEnd }) };
  },
  financeRoles,
);

/** Loads a code with what was paid and what the town adds; the form's own key makes two clicks one load. */
export const loadVoucherAction = operatorAction(
  z.object({ voucherId, codeEnd, paid: euros.optional().catch(undefined), key: z.string().regex(/^[\w-]{8,64}$/u) }),
  async ({ scope, locale }, input) => {
    const t = texts(locale, 'wallet');
    if (input.paid === undefined || input.paid === 0) return { kind: 'bad', text: t('desk.one.said.amount') };
    const loaded = await loadVoucher(scope, { voucherId: input.voucherId, paidMinor: input.paid, key: input.key });
    if (!loaded.ok) return { kind: 'bad', text: t('desk.one.said.gone') };
    const amount = formatMoney(moneyOf(loaded.value.loadedMinor, (await getCity()).currency), locale);
    return { kind: 'good', text: t('desk.one.said.loaded', { amount, end: input.codeEnd }) };
  },
  financeRoles,
);
