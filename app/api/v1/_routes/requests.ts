import { z } from 'zod';
import { openBasket, requestScope } from '@/lib/identity';
import type { RequestScope, Result, ShopperScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import {
  LONGEST_WORDS,
  MOST_QUANTITY,
  acceptOffer,
  answerRequest,
  askShops,
  availabilities,
  closeRequest,
  getRequest,
  listShopRequests,
} from '@/lib/requests';
import type { RequestView, ShopRequestView } from '@/lib/requests/views';
import type { Endpoint, Refusal } from '../_door/endpoint';
import { endpoint, shopEndpoint } from '../_door/endpoint';
import { callMoment, idOf, idText, iso, isoOrNull, linkToken, minorUnits, moment, nothing } from '../_door/fields';
import { inShop } from './shops';

const tag = 'Requests';
const available = z.enum(availabilities);

const offer = z.object({
  shopId: idText('shop'),
  shopName: z.string(),
  title: z.string(),
  priceMinor: minorUnits,
  quantity: z.int(),
  available,
  readyFrom: moment.nullable(),
  isAccepted: z.boolean(),
});

const request = z
  .object({
    words: z.string(),
    state: z.enum(['open', 'accepted', 'closed', 'expired', 'removed']),
    askedAt: moment,
    expiresAt: moment,
    shopsAsked: z.int(),
    shopsSilent: z.int(),
    offers: z.array(offer).readonly(),
  })
  .meta({ id: 'Request' });

function requestBody(view: RequestView): z.input<typeof request> {
  const { words, state, shopsAsked, shopsSilent } = view;
  const offers = view.offers.map(({ shopId, shopName, title, priceMinor, quantity, available: when, readyFrom, isAccepted }) => ({
    shopId,
    shopName,
    title,
    priceMinor,
    quantity,
    available: when,
    readyFrom: isoOrNull(readyFrom),
    isAccepted,
  }));
  return { words, state, askedAt: iso(view.askedAt), expiresAt: iso(view.expiresAt), shopsAsked, shopsSilent, offers };
}

const shopRequest = z
  .object({
    requestId: idText('request'),
    words: z.string(),
    askedAt: moment,
    expiresAt: moment,
    otherShops: z.int(),
    offered: z.object({ title: z.string(), priceMinor: minorUnits, quantity: z.int(), available }).nullable(),
  })
  .meta({ id: 'ShopRequest' });

const shopRequestBody = ({ requestId, words, askedAt, expiresAt, otherShops, offered }: ShopRequestView): z.input<typeof shopRequest> => ({
  requestId,
  words,
  askedAt: iso(askedAt),
  expiresAt: iso(expiresAt),
  otherShops,
  offered: offered ?? null,
});

const byToken = z.object({ requestToken: linkToken });

/** Another's token opens nothing. */
async function inside<T>(token: string, work: (scope: RequestScope) => Promise<Result<T, Refusal>>): Promise<Result<T, Refusal>> {
  const scope = await requestScope(token);
  return scope ? work(scope) : err({ kind: 'request-not-found' });
}

const answer = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('no') }),
  z.object({
    answer: z.literal('yes'),
    title: z.string().trim().min(3).max(200),
    priceMinor: minorUnits,
    quantity: z.int().min(1).max(MOST_QUANTITY),
    available: available.default('now'),
  }),
]);

export const requestEndpoints: readonly Endpoint[] = [
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/requests',
    id: 'listShopRequests',
    tag,
    summary: 'What shoppers ask this shop for, unanswered first',
    needs: 'catalogue:read',
    refuses: [],
    params: inShop,
    query: nothing,
    body: nothing,
    answer: z.object({ data: z.array(shopRequest).readonly() }).meta({ id: 'ShopRequests' }),
    handle: async (scope) => ok({ data: (await listShopRequests(scope, callMoment())).map(shopRequestBody) }),
  }),
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/requests/{requestId}/answer',
    id: 'answerRequest',
    tag,
    summary: 'Offers the thing for a price, or says no; may be changed until somebody takes the offer',
    needs: 'catalogue:write',
    refuses: ['module-off', 'request-not-found', 'request-over', 'offer-incomplete'],
    params: inShop.extend({ requestId: idOf('request') }),
    query: nothing,
    body: answer,
    answer: z.object({ state: z.enum(['offered', 'declined']) }).meta({ id: 'RequestAnswer' }),
    handle: async (scope, { params, body }) => {
      const answered = await answerRequest(scope, params.requestId, body);
      return answered.ok ? ok({ state: answered.value.state }) : answered;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/requests',
    id: 'askShops',
    tag,
    summary: 'Asks the shops most likely to have it; the token is the only key to the request',
    more: 'Pictures are sent on the page: they are looked at by people.',
    needs: 'nobody',
    status: 201,
    refuses: ['module-off', 'nothing-asked', 'contact-details', 'no-fitting-shop', 'too-many-requests'],
    params: nothing,
    query: nothing,
    body: z.object({
      words: z.string().max(LONGEST_WORDS),
      listingId: idOf('listing').optional(),
      email: z.email().max(200).optional(),
      locale: z.enum(['fr', 'en']).default('fr'),
    }),
    answer: z.object({ requestToken: z.string(), shops: z.int() }).meta({ id: 'AskedRequest' }),
    handle: async ({ sender }, { body }) => {
      const asked = await askShops({ ...body, address: sender });
      return asked.ok ? ok({ requestToken: asked.value.token, shops: asked.value.shops }) : asked;
    },
  }),
  endpoint({
    method: 'GET',
    path: '/requests/{requestToken}',
    id: 'getRequest',
    tag,
    summary: 'A request and what shops offer so far',
    needs: 'nobody',
    refuses: ['request-not-found'],
    params: byToken,
    query: nothing,
    body: nothing,
    answer: request,
    handle: (_caller, { params }) =>
      inside(params.requestToken, async (scope) => {
        const view = await getRequest(scope, { place: undefined, now: callMoment() });
        return view ? ok(requestBody(view)) : err({ kind: 'request-not-found' });
      }),
  }),
  endpoint({
    method: 'POST',
    path: '/requests/{requestToken}/acceptance',
    id: 'acceptOffer',
    tag,
    summary: 'Takes a shop’s offer: it goes on sale there and into the basket',
    needs: 'nobody',
    refuses: [
      'module-off',
      'request-not-found',
      'request-over',
      'offer-gone',
      'basket-not-found',
      'offer-not-found',
      'invalid-quantity',
      'basket-full',
    ],
    params: byToken,
    query: nothing,
    body: z.object({ shopId: idOf('shop'), quantity: z.int().min(1).max(MOST_QUANTITY).default(1), basketToken: linkToken }),
    answer: z.object({ lineId: idText('basketLine'), title: z.string() }).meta({ id: 'AcceptedOffer' }),
    handle: (_caller, { params, body }) =>
      inside<{ lineId: string; title: string }>(params.requestToken, async (scope) => {
        const shopper: ShopperScope | undefined = await openBasket(body.basketToken);
        if (!shopper) return err({ kind: 'basket-not-found' });
        const taken = await acceptOffer(scope, shopper, { shopId: body.shopId, quantity: body.quantity, locale: 'fr' });
        return taken.ok ? ok({ lineId: taken.value.lineId, title: taken.value.title }) : taken;
      }),
  }),
  endpoint({
    method: 'DELETE',
    path: '/requests/{requestToken}',
    id: 'closeRequest',
    tag,
    summary: 'Ends the request: nobody answers it any more',
    needs: 'nobody',
    refuses: ['request-not-found'],
    params: byToken,
    query: nothing,
    body: nothing,
    answer: z.object({ done: z.literal(true) }).meta({ id: 'ClosedRequest' }),
    handle: (_caller, { params }) =>
      inside<{ done: true }>(params.requestToken, async (scope) => {
        await closeRequest(scope);
        return ok({ done: true });
      }),
  }),
];
