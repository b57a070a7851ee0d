'use server';

import { z } from 'zod';
import { idField } from '@/app/_actions/id-field';
import { merchantAction } from '@/app/_actions/merchant-action';
import { explainDeskReturn } from '@/app/_text/explain-return';
import type { Currency, Locale, OrderLineId } from '@/lib/kernel';
import { formatDate, formatMoney, minor, moneyOf, parseId } from '@/lib/kernel';
import type { Decision } from '@/lib/returns';
import { decideReturn, inspectReturn, moveHome } from '@/lib/returns';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';

const MOST_LINES = 200;

const returnId = idField('return');

type LineNumbers = ReadonlyMap<OrderLineId, number>;

/** The figures of fields `field:lin_…`; undefined when one is no figure. */
function numbersOf(
  field: string,
  entries: Readonly<Record<string, unknown>>,
  read: (text: string) => number | undefined,
): LineNumbers | undefined {
  const found = new Map<OrderLineId, number>();
  for (const [name, value] of Object.entries(entries).slice(0, MOST_LINES)) {
    const [prefix, id = ''] = name.split(':');
    const lineId = prefix === field ? parseId('orderLine', id) : undefined;
    if (!lineId || typeof value !== 'string') continue;
    const number = read(value.trim());
    if (number === undefined) return undefined;
    found.set(lineId, number);
  }
  return found;
}

const wholeNumber = (text: string) => (/^\d{1,7}$/.test(text) ? Number(text) : undefined);

/** `2,50` or `2.50` in minor units; nothing typed is nothing kept back. */
function amountIn(text: string): number | undefined {
  if (text === '') return 0;
  const parts = /^(\d{1,6})(?:[.,](\d{1,2}))?\s*€?$/.exec(text);
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0') || 0) : undefined;
}

type City = { readonly timeZone: string; readonly currency: Currency };
type Refused = Parameters<typeof explainDeskReturn>[1];

const no = (locale: Locale, refusal: Refused, city: City) => ({ kind: 'bad', text: explainDeskReturn(locale, refusal, city) }) as const;

const invalid = (locale: Locale) => ({ kind: 'bad', text: texts(locale, 'returns')('desk.refused.invalid') }) as const;

const inspection = z
  .object({ pass: z.string().min(1).max(120), verdict: z.enum(['accept', 'question']), note: z.string().trim().max(300).default('') })
  .catchall(z.string().max(120));

/** What lies on the counter was counted and looked at. */
export const inspectReturnAction = merchantAction(inspection, async ({ scope, locale }, input) => {
  const [brought, good] = [numbersOf('brought', input, wholeNumber), numbersOf('good', input, wholeNumber)];
  if (!brought || !good) return invalid(locale);
  const lines = [...brought].map(([lineId, units]) => ({ lineId, brought: units, good: good.get(lineId) ?? units }));
  const { pass, verdict, note } = input;
  const [city, inspected] = await Promise.all([getCity(), inspectReturn(scope, { pass, verdict, note, lines })]);
  if (!inspected.ok) return no(locale, inspected.error, city);
  const t = texts(locale, 'returns');
  const { number } = inspected.value;
  switch (inspected.value.outcome) {
    case 'questioned':
      return { kind: 'good', text: t('desk.result.questioned', { number }) };
    case 'to-mend':
      return { kind: 'good', text: t('desk.result.toMend', { number, day: formatDate(inspected.value.dueAt, locale, city.timeZone) }) };
    case 'settled':
      return { kind: 'good', text: settledText(locale, inspected.value, city.currency) };
  }
});

type SettledView = {
  readonly number: string;
  readonly done?: string | undefined;
  readonly refundedMinor?: number;
  readonly supplementMinor?: number;
};

function settledText(locale: Locale, { number, done, refundedMinor = 0, supplementMinor = 0 }: SettledView, currency: Currency): string {
  const t = texts(locale, 'returns');
  const money = (amount: number) => formatMoney(moneyOf(minor(amount), currency), locale);
  if (done === 'mended') return t('desk.result.mended', { number });
  if (done !== 'swapped') return t('desk.result.refunded', { number, amount: money(refundedMinor) });
  return supplementMinor > 0
    ? t('desk.result.swappedMore', { number, amount: money(supplementMinor) })
    : t('desk.result.swapped', { number });
}

const deciding = z
  .object({ returnId, decision: z.enum(['accept', 'refuse', 'mended', 'refund']), refusal: z.string().trim().max(300).default('') })
  .catchall(z.string().max(120));

/** The selling shop answers: accepts, keeps something back, refuses a claim, says that a mend is done. */
export const decideReturnAction = merchantAction(deciding, async ({ scope, locale }, input) => {
  const deducted = numbersOf('deduct', input, amountIn);
  if (!deducted) return invalid(locale);
  const decision: Decision =
    input.decision === 'accept'
      ? { kind: 'accept', deductions: [...deducted].map(([lineId, amount]) => ({ lineId, amountMinor: minor(amount) })) }
      : input.decision === 'refuse'
        ? { kind: 'refuse', reason: input.refusal === '' ? '–' : input.refusal }
        : { kind: input.decision };
  const [city, decided] = await Promise.all([getCity(), decideReturn(scope, { returnId: input.returnId, decision })]);
  if (!decided.ok) return no(locale, decided.error, city);
  const t = texts(locale, 'returns');
  const { number, outcome } = decided.value;
  if (outcome === 'refused') return { kind: 'good', text: t('desk.result.refused', { number }) };
  if (outcome === 'to-mend') return { kind: 'good', text: t('desk.result.questioned', { number }) };
  return { kind: 'good', text: settledText(locale, decided.value, city.currency) };
});

/** Goods of another shop leave for home, or are there. */
export const moveReturnHomeAction = merchantAction(
  z.object({ returnId, step: z.enum(['sent', 'arrived']) }),
  async ({ scope, locale }, input) => {
    const moved = await moveHome(scope, input);
    if (!moved.ok) return no(locale, moved.error, await getCity());
    return { kind: 'good', text: texts(locale, 'returns')(`desk.result.${input.step}`, { number: moved.value.number }) };
  },
);
