'use server';

import { z } from 'zod';
import { idField } from '@/app/_actions/id-field';
import { shopperAction } from '@/app/_actions/shopper-action';
import { explainAsk } from '@/app/_text/explain-shelves';
import { askShelfCheck } from '@/lib/shelves';
import { texts } from '@/lib/texts';

const input = z.object({
  offerId: idField('offer'),
});

/** Asks a shop to look at its shelf. */
export const askShelfCheckAction = shopperAction(input, async (shopper, { offerId }, door) => {
  const asked = await askShelfCheck(shopper, offerId);
  if (!asked.ok) return { kind: 'bad', text: explainAsk(door.locale, asked.error) };
  return { kind: 'good', text: texts(door.locale, 'common')('shelfCheck.said', { shop: asked.value.shopName }) };
});
