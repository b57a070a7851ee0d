'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/_actions/operator-action';
import { verifyFees } from '@/lib/billing';
import type { CommissionRefusal } from '@/lib/commission';
import { commissionRuleInput, scheduleRule, withdrawRule } from '@/lib/commission';
import type { Locale } from '@/lib/kernel';
import { formatDate, parseId } from '@/lib/kernel';
import { financeRoles } from '@/lib/payouts';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';

/** Schedules a rate and has every merchant concerned told. */
export const scheduleRuleAction = operatorAction(
  commissionRuleInput,
  async ({ scope, locale }, input) => {
    const scheduled = await scheduleRule(scope, input);
    if (!scheduled.ok) return { kind: 'bad', text: await sentenceOf(locale, scheduled.error) };
    return { kind: 'good', text: texts(locale, 'money')('commission.scheduled') };
  },
  financeRoles,
);

/** Takes a coming rate back. */
export const withdrawRuleAction = operatorAction(
  z.object({ ruleId: z.string().max(40) }),
  async ({ scope, locale }, input) => {
    const ruleId = parseId('commissionRule', input.ruleId);
    if (!ruleId) return { kind: 'bad', text: await sentenceOf(locale, { kind: 'rule-not-found' }) };
    const withdrawn = await withdrawRule(scope, ruleId);
    if (!withdrawn.ok) return { kind: 'bad', text: await sentenceOf(locale, withdrawn.error) };
    return { kind: 'good', text: texts(locale, 'money')('commission.withdrawn') };
  },
  financeRoles,
);

/** Looks the city's own series through, now. */
export const verifyFeesAction = operatorAction(
  z.object({}),
  async ({ scope, locale }) => {
    const { brokenFrom } = await verifyFees(scope);
    const isWhole = brokenFrom === undefined;
    return { kind: isWhole ? 'good' : 'bad', text: texts(locale, 'money')(isWhole ? 'closings.verified' : 'closings.notWhole') };
  },
  financeRoles,
);

async function sentenceOf(locale: Locale, refusal: CommissionRefusal): Promise<string> {
  const day = refusal.kind === 'too-soon' ? formatDate(refusal.earliest, locale, (await getCity()).timeZone) : '';
  return texts(locale, 'money')(`commission.refused.${refusal.kind}`, { day });
}
