'use server';

import { z } from 'zod';
import { merchantAction } from '@/app/_actions/merchant-action';
import { verifyShop } from '@/lib/closings';
import { texts } from '@/lib/texts';

/** Looks the series and closings of the shop's merchant through, now. */
export const verifyPapersAction = merchantAction(
  z.object({ shop: z.string().max(80) }),
  async ({ scope, locale }) => {
    const found = await verifyShop(scope);
    const isWhole = found?.broken === undefined && found?.seriesBroken === undefined;
    return { kind: isWhole ? 'good' : 'bad', text: texts(locale, 'documents')(isWhole ? 'list.verified' : 'list.notWhole') };
  },
  'manager',
);
