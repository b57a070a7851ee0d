import { z } from 'zod';
import {
  addLine,
  chooseMethod,
  choosePlan,
  getBasket,
  removeLine,
  replaceLine,
  setLineQuantity,
  setPlace,
  startBasket,
} from '@/lib/basket';
import { extendHold, findPlaceById, holdBasket } from '@/lib/checkout';
import { openBasket, rememberBasket } from '@/lib/identity';
import type { Result, ShopperScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { idempotencyKey } from '@/lib/machines';
import type { Endpoint, Refusal } from '../_door/endpoint';
import { endpoint } from '../_door/endpoint';
import type { ProblemKind } from '../_door/problems';
import { callMoment, currency, idOf, idText, iso, linkToken, method, minorUnits, moment, nothing } from '../_door/fields';
import { basket, basketBody, planName } from './basket-bodies';
import { promise } from './promise-bodies';

const inBasket = z.object({ basketToken: linkToken });
const inLine = inBasket.extend({ lineId: idOf('basketLine') });
const pieces = z.int().min(1).max(50_000);
const point = z.object({
  label: z.string().trim().min(1).max(160),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
const place = z.union([z.object({ addressId: z.string().min(1).max(80) }), point]);
const methods = z.array(z.object({ shopId: idOf('shop'), method })).max(60);

const changed = z.object({ done: z.literal(true) }).meta({ id: 'Done' });
const done = ok({ done: true as const });

/** Somebody else's token, or a basket that was ordered, opens nothing. */
async function inside<T>(token: string, work: (shopper: ShopperScope) => Promise<Result<T, Refusal>>): Promise<Result<T, Refusal>> {
  const shopper = await openBasket(token);
  return shopper ? work(shopper) : err({ kind: 'basket-not-found' });
}

type Said = { readonly id: string; readonly summary: string; readonly refuses: readonly ProblemKind[] };

function shared({ id, summary, refuses }: Said) {
  return {
    id,
    summary,
    tag: 'Basket',
    needs: 'nobody',
    refuses: ['basket-not-found', ...refuses],
    query: nothing,
  } as const;
}

export const basketEndpoints: readonly Endpoint[] = [
  endpoint({
    ...shared({
      id: 'startBasket',
      summary: 'A basket with things in it and a place to bring them; the token is the only key to it',
      refuses: ['offer-not-found', 'invalid-quantity', 'basket-full', 'address-unknown'],
    }),
    method: 'POST',
    path: '/baskets',
    status: 201,
    claimsItself: true,
    params: nothing,
    body: z.object({
      locale: z.enum(['fr', 'en']).default('fr'),
      place: place.optional(),
      lines: z
        .array(z.object({ offerId: idOf('offer'), quantity: pieces, shopChosen: z.boolean().default(true) }))
        .max(60)
        .default([]),
    }),
    answer: z.object({ basketToken: z.string() }).meta({ id: 'StartedBasket' }),
    handle: async ({ key }, { body }) => {
      const claim = idempotencyKey(key);
      if (claim === undefined) return err({ kind: 'idempotency-key-missing' });
      const started = await startBasket(claim, body);
      if (!started.ok) return started;
      rememberBasket(started.value.token, started.value.basketId);
      return ok({ basketToken: started.value.token });
    },
  }),
  endpoint({
    ...shared({ id: 'getBasket', summary: 'The basket as it would be ordered now, with every plan worth comparing', refuses: [] }),
    method: 'GET',
    path: '/baskets/{basketToken}',
    params: inBasket,
    body: nothing,
    answer: basket,
    handle: (_caller, { params }) =>
      inside(params.basketToken, async (shopper) => {
        const view = await getBasket(shopper, callMoment());
        return view ? ok(basketBody(view)) : err({ kind: 'basket-not-found' });
      }),
  }),
  endpoint({
    ...shared({
      id: 'changeBasket',
      summary: 'Chooses a plan, the place, or how a shop’s goods are received',
      refuses: ['method-not-offered', 'address-unknown'],
    }),
    method: 'PATCH',
    path: '/baskets/{basketToken}',
    params: inBasket,
    body: z.object({ plan: planName.optional(), place: place.nullable().optional(), methods: methods.optional() }),
    answer: changed,
    handle: (_caller, { params, body }) =>
      inside<{ done: true }>(params.basketToken, async (shopper) => {
        if (body.place !== undefined) {
          const found = body.place === null ? undefined : 'label' in body.place ? body.place : await findPlaceById(body.place.addressId);
          if (body.place !== null && !found) return err({ kind: 'address-unknown', near: [] });
          const set = await setPlace(shopper, found);
          if (!set.ok) return set;
        }
        if (body.plan !== undefined) {
          const chosen = await choosePlan(shopper, { plan: body.plan });
          if (!chosen.ok) return chosen;
        }
        for (const choice of body.methods ?? []) {
          const chosen = await chooseMethod(shopper, choice);
          if (!chosen.ok) return chosen;
        }
        return done;
      }),
  }),
  endpoint({
    ...shared({ id: 'addLine', summary: 'Puts an offer into the basket', refuses: ['offer-not-found', 'invalid-quantity', 'basket-full'] }),
    method: 'POST',
    path: '/baskets/{basketToken}/lines',
    status: 201,
    params: inBasket,
    body: z.object({
      listingId: idOf('listing'),
      offerId: idOf('offer'),
      quantity: pieces,
      shopChosen: z.boolean().default(true),
      priceSeenMinor: minorUnits.optional(),
    }),
    answer: z.object({ lineId: idText('basketLine'), title: z.string() }),
    handle: (_caller, { params, body }) =>
      inside(params.basketToken, async (shopper) => {
        const added = await addLine(shopper, body);
        return added.ok ? ok({ lineId: added.value.lineId, title: added.value.title }) : added;
      }),
  }),
  endpoint({
    ...shared({ id: 'changeLine', summary: 'How much of it', refuses: ['line-not-found', 'invalid-quantity'] }),
    method: 'PATCH',
    path: '/baskets/{basketToken}/lines/{lineId}',
    params: inLine,
    body: z.object({ quantity: pieces }),
    answer: z.object({ quantity: z.int() }),
    handle: (_caller, { params, body }) =>
      inside(params.basketToken, (shopper) => setLineQuantity(shopper, { lineId: params.lineId, ...body })),
  }),
  endpoint({
    ...shared({ id: 'removeLine', summary: 'Takes a line out', refuses: ['line-not-found'] }),
    method: 'DELETE',
    path: '/baskets/{basketToken}/lines/{lineId}',
    params: inLine,
    body: nothing,
    answer: changed,
    handle: (_caller, { params }) =>
      inside<{ done: true }>(params.basketToken, async (shopper) => {
        const removed = await removeLine(shopper, { lineId: params.lineId });
        return removed.ok ? done : removed;
      }),
  }),
  endpoint({
    ...shared({ id: 'replaceLine', summary: 'Takes another offer in place of a line', refuses: ['line-not-found', 'offer-not-found'] }),
    method: 'PUT',
    path: '/baskets/{basketToken}/lines/{lineId}',
    params: inLine,
    body: z.object({ offerId: idOf('offer') }),
    answer: z.object({ title: z.string() }),
    handle: (_caller, { params, body }) =>
      inside(params.basketToken, (shopper) => replaceLine(shopper, { lineId: params.lineId, ...body })),
  }),
  endpoint({
    ...shared({
      id: 'holdBasket',
      summary: 'Settles how everything is received and holds the units for fifteen minutes',
      refuses: ['basket-empty', 'insufficient-stock', 'shop-not-selling', 'too-many-holds', 'method-not-offered'],
    }),
    method: 'POST',
    path: '/baskets/{basketToken}/hold',
    claimsItself: true,
    params: inBasket,
    body: z.object({ plan: planName.optional(), methods: methods.optional() }),
    answer: z
      .object({
        heldUntil: moment,
        totalMinor: minorUnits,
        goodsMinor: minorUnits,
        deliveryMinor: minorUnits,
        currency,
        needsAddress: z.boolean(),
        parts: z
          .array(
            z.object({
              shopId: idText('shop'),
              promise: promise.omit({ certainty: true }),
              goodsMinor: minorUnits,
              totalMinor: minorUnits,
            }),
          )
          .readonly(),
      })
      .meta({ id: 'HeldBasket' }),
    handle: (_caller, { params, body }) =>
      inside(params.basketToken, async (shopper) => {
        const held = await holdBasket(shopper, { plan: body.plan, methods: body.methods ?? [] });
        if (!held.ok) return held;
        const { plan, heldUntil } = held.value;
        return ok({
          heldUntil: iso(heldUntil),
          totalMinor: plan.totalMinor,
          goodsMinor: plan.goodsMinor,
          deliveryMinor: plan.deliveryMinor,
          currency: held.value.currency,
          needsAddress: plan.parts.some((part) => part.method !== 'pickup'),
          parts: plan.parts.map((part) => ({
            shopId: part.shopId,
            promise: {
              method: part.method,
              from: iso(part.promise.from),
              to: part.method === 'pickup' ? null : iso(part.promise.to),
              keptUntil: part.keptUntil === undefined ? null : iso(part.keptUntil),
              costMinor: part.deliveryMinor,
            },
            goodsMinor: part.goodsMinor,
            totalMinor: part.goodsMinor + part.deliveryMinor,
          })),
        });
      }),
  }),
  endpoint({
    ...shared({ id: 'extendHold', summary: 'Fifteen minutes more, once', refuses: ['cannot-extend'] }),
    method: 'POST',
    path: '/baskets/{basketToken}/hold/extend',
    params: inBasket,
    body: nothing,
    answer: z.object({ heldUntil: moment }),
    handle: (_caller, { params }) =>
      inside(params.basketToken, async (shopper) => {
        const held = await extendHold(shopper);
        return held.ok ? ok({ heldUntil: iso(held.value.heldUntil) }) : held;
      }),
  }),
];
