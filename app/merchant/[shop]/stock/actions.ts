'use server';

import { z } from 'zod';
import { counterForms } from '@/app/_actions/counter-forms';
import { merchantAction } from '@/app/_actions/merchant-action';
import { explainCounter } from '@/app/_text/explain-counter';
import { recordChange, recordCount, type RecordedStock, type StockRefusal } from '@/lib/inventory';
import type { Locale, Result } from '@/lib/kernel';
import { cityMoment, getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';

/** Made with the form: the same form sent twice is the same fact. */
const key = z.string().regex(/^[\w-]{8,64}$/);
const title = z.string().max(300).optional();

async function told(locale: Locale, recorded: Result<RecordedStock, StockRefusal>, name: string | undefined) {
  if (!recorded.ok) return { kind: 'bad', text: explainCounter(locale, recorded.error, (await getCity()).timeZone) } as const;
  const t = texts(locale, 'merchant');
  const { onHand, missing } = recorded.value;
  if (missing > 0) return { kind: 'bad', text: t('said.shortage', { title: name ?? '', count: missing }) } as const;
  return { kind: 'good', text: t('said.counted', { title: name ?? '', count: onHand }) } as const;
}

const change = counterForms.change.extend({ key, title });

/** "One less", "one more". */
export const changeStockAction = merchantAction(change, async ({ scope, locale }, { title: name, ...fact }) => {
  const recorded = await recordChange(scope, { ...fact, reason: 'correction', occurredAt: cityMoment() });
  return told(locale, recorded, name);
});

const count = counterForms.count.extend({ key, title });

/** "There are seven": what was counted replaces what was believed. */
export const countStockAction = merchantAction(count, async ({ scope, locale }, { title: name, ...fact }) => {
  const recorded = await recordCount(scope, { ...fact, asOf: cityMoment() });
  return told(locale, recorded, name);
});
