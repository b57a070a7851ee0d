'use server';

import { z } from 'zod';
import { shopperForm, type FieldIssue } from '@/app/_actions/shopper-action';
import { stateWithdrawal, withdrawalInput } from '@/lib/fulfilment';
import { formatDate, formatTime, type Locale } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';

const posted = withdrawalInput.extend({ key: z.string().min(8).max(128) });

function wordOf(locale: Locale, { field }: FieldIssue): string {
  const t = texts(locale, 'tracking');
  switch (field) {
    case 'name':
    case 'orderNumber':
    case 'email':
    case 'articles':
      return t(`withdrawal.fields.${field}`);
    default:
      return t('withdrawal.failed');
  }
}

/** Takes the statement of withdrawal down, with the moment it arrived (BO-08 to BO-10). Twice the same form is one statement. */
export const withdrawAction = shopperForm(
  { schema: posted, wordOf, apology: (locale) => texts(locale, 'tracking')('withdrawal.failed') },
  async (_shopper, input, { locale }) => {
    const t = texts(locale, 'tracking');
    const stated = await stateWithdrawal({ ...input, locale });
    if (!stated.ok) return { errors: [{ field: 'orderNumber', message: t('withdrawal.order-not-found') }] };
    const { timeZone } = await getCity();
    const { orderNumber: number, statedAt } = stated.value;
    const moment = { date: formatDate(statedAt, locale, timeZone), time: formatTime(statedAt, locale, timeZone) };
    return { errors: [], notice: t('withdrawal.doneText', { number, email: input.email, ...moment }) };
  },
);
