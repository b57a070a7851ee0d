'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/_actions/operator-action';
import { verifyMerchant } from '@/lib/closings';
import { parseId } from '@/lib/kernel';
import { financeRoles } from '@/lib/payouts';
import { texts } from '@/lib/texts';

/** Looks one merchant's closings and documents through, now. */
export const verifyArchiveAction = operatorAction(
  z.object({ merchant: z.string().max(80) }),
  async ({ scope, locale }, { merchant }) => {
    const t = texts(locale, 'money');
    const merchantId = parseId('merchant', merchant);
    const found = merchantId && (await verifyMerchant(scope, merchantId));
    if (!found) return { kind: 'bad', text: t('closings.refused.merchant-not-found') };
    const isWhole = found.broken === undefined && found.seriesBroken === undefined;
    return { kind: isWhole ? 'good' : 'bad', text: t(isWhole ? 'closings.verified' : 'closings.notWhole') };
  },
  financeRoles,
);
