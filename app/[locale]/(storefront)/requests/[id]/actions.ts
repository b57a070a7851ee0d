'use server';

import { z } from 'zod';
import { idField } from '@/app/_actions/id-field';
import { keepBasket } from '@/app/_actions/keep-basket';
import { shopperAction } from '@/app/_actions/shopper-action';
import { explainBasket } from '@/app/_text/explain-basket';
import { requestScope } from '@/lib/identity';
import { acceptOffer, closeRequest, MOST_QUANTITY } from '@/lib/requests';
import { texts } from '@/lib/texts';

const link = z.object({ token: z.string().min(20).max(80) });

const choice = link.extend({
  shopId: idField('shop'),
  shopName: z.string().max(200),
  quantity: z.coerce.number().int().min(1).max(MOST_QUANTITY).default(1),
});

/** Takes one shop's offer: into the basket, with that shop chosen. */
export const acceptOfferAction = shopperAction(choice, async (shopper, { token, shopId, shopName, quantity }, { locale }) => {
  const t = texts(locale, 'requests');
  const request = await requestScope(token);
  if (!request) return { kind: 'bad', text: t('said.failed') };
  const taken = await acceptOffer(request, shopper, { shopId, quantity, locale });
  if (!taken.ok) {
    const refusal = taken.error;
    const isOurs = refusal.kind === 'request-over' || refusal.kind === 'offer-gone' || refusal.kind === 'module-off';
    return { kind: 'bad', text: isOurs ? t(`said.${refusal.kind}`) : explainBasket(locale, refusal) };
  }
  const { basketId, token: basketToken, title } = taken.value;
  if (basketToken !== undefined) await keepBasket({ ...shopper, basketId }, basketToken);
  return { kind: 'good', text: t('said.taken', { title, shop: shopName }), leadsTo: 'basket' };
});

/** Whoever asked needs it no more. */
export const closeRequestAction = shopperAction(link, async (_shopper, { token }, { locale }) => {
  const request = await requestScope(token);
  if (request) await closeRequest(request);
  return { kind: 'good', text: texts(locale, 'requests')('said.closed') };
});
