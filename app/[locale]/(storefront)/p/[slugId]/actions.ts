'use server';

import { z } from 'zod';
import { shopperAction } from '@/app/_actions/shopper-action';
import { explainAsk } from '@/app/_text/explain-shelves';
import { parseId } from '@/lib/kernel';
import { askShelfCheck } from '@/lib/shelves';
import { texts } from '@/lib/texts';

const input = z.object({
  offerId: z.string().transform((text, context) => {
    const id = parseId('offer', text);
    if (!id) context.addIssue({ code: 'custom', message: 'not-an-id' });
    return id ?? z.NEVER;
  }),
});

/** Asks a shop to look at its shelf. */
export const askShelfCheckAction = shopperAction(input, async (shopper, { offerId }, door) => {
  const asked = await askShelfCheck(shopper, offerId);
  if (!asked.ok) return { kind: 'bad', text: explainAsk(door.locale, asked.error) };
  return { kind: 'good', text: texts(door.locale, 'common')('shelfCheck.said', { shop: asked.value.shopName }) };
});
