import { z } from 'zod';
import type { Instant } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { keyScopes } from '@/lib/machines';
import type { ShopFacts } from '@/lib/shops';
import { closeUntil, loadShopBook, openState, setTakesOrders } from '@/lib/shops';
import { changeWeek, dropExceptionalDay, setExceptionalDay } from '@/lib/papers';
import type { Endpoint } from '../_door/endpoint';
import { endpoint, shopEndpoint } from '../_door/endpoint';
import { callMoment, idOf, idText, iso, isoOrNull, moment, momentIn, nothing } from '../_door/fields';

export const inShop = z.object({ shopId: idOf('shop') });

const interval = z.object({ from: moment, to: moment });

const shop = z
  .object({
    shopId: idText('shop'),
    slug: z.string(),
    name: z.string(),
    trade: z.string(),
    street: z.string(),
    postcode: z.string(),
    town: z.string(),
    latitude: z.number(),
    longitude: z.number(),
    phone: z.string(),
    timeZone: z.string(),
    level: z.enum(['window', 'reserve', 'sell']),
    takesOrders: z.boolean(),
    pausedUntil: moment.nullable(),
    isOpen: z.boolean(),
    changesAt: moment.nullable(),
    preparationMinutes: z.int(),
    capacityPerHour: z.int(),
    acceptanceMinutes: z.int(),
  })
  .meta({ id: 'Shop' });

const line = z.string().max(80).meta({ description: 'Such as 09:00-12:30, 14:00-19:00; empty is closed.' });
const onDay = inShop.extend({ date: z.string().max(10).meta({ description: 'YYYY-MM-DD, where the shop is' }) });
const written = z.object({ openingHours: z.string() });

export function shopBody(facts: ShopFacts, now: Instant): z.input<typeof shop> {
  const { id, slug, name, trade, street, postcode, town, at, phone, timeZone, level, takesOrders } = facts;
  const { preparationMinutes, capacityPerHour, acceptanceMinutes } = facts;
  const state = openState(facts, now);
  return {
    shopId: id,
    slug,
    name,
    trade,
    street,
    postcode,
    town,
    ...at,
    phone,
    timeZone,
    level,
    takesOrders,
    pausedUntil: isoOrNull(facts.pausedUntil),
    isOpen: state.isOpen,
    changesAt: isoOrNull(state.changesAt),
    preparationMinutes,
    capacityPerHour,
    acceptanceMinutes,
  };
}

export const shopEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/key',
    id: 'getKey',
    tag: 'Keys',
    summary: 'What the key that asks may do, and in which shops',
    needs: 'shops:read',
    refuses: [],
    params: nothing,
    query: nothing,
    body: nothing,
    answer: z
      .object({
        keyId: idText('apiKey'),
        scopes: z.array(z.enum(keyScopes)).readonly(),
        shops: z.array(z.object({ shopId: idText('shop'), slug: z.string(), name: z.string() })).readonly(),
      })
      .meta({ id: 'Key' }),
    handle: async ({ machine }) => {
      if (!machine) return err({ kind: 'key-missing' });
      const book = await loadShopBook(callMoment());
      const shops = machine.shopIds.flatMap((id) => book.get(id) ?? []).map(({ id, slug, name }) => ({ shopId: id, slug, name }));
      return ok({ keyId: machine.keyId, scopes: machine.scopes, shops });
    },
  }),
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}',
    id: 'getShop',
    tag: 'Shops',
    summary: 'One shop: where it is, whether it is open and takes orders',
    needs: 'shops:read',
    refuses: [],
    params: inShop,
    query: nothing,
    body: nothing,
    answer: shop,
    handle: async ({ shopId }) => {
      const now = callMoment();
      const facts = (await loadShopBook(now)).get(shopId);
      return facts ? ok(shopBody(facts, now)) : err({ kind: 'not-found' });
    },
  }),
  shopEndpoint({
    method: 'PATCH',
    path: '/shops/{shopId}',
    id: 'changeShop',
    tag: 'Shops',
    summary: 'The switch on the counter: whether the shop takes new orders',
    needs: 'shops:write',
    refuses: [],
    params: inShop,
    query: nothing,
    body: z.object({ takesOrders: z.boolean() }),
    answer: z.object({ takesOrders: z.boolean() }),
    handle: async (scope, { body }) => setTakesOrders(scope, body.takesOrders),
  }),
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/hours',
    id: 'getHours',
    tag: 'Shops',
    summary: 'When the shop is open in the coming two weeks, holidays and closures taken out',
    needs: 'shops:read',
    refuses: [],
    params: inShop,
    query: nothing,
    body: nothing,
    answer: z
      .object({
        openingHours: z.string().meta({ description: 'OSM opening_hours syntax' }),
        timeZone: z.string(),
        open: z.array(interval).readonly(),
      })
      .meta({ id: 'Hours' }),
    handle: async ({ shopId }) => {
      const facts = (await loadShopBook(callMoment())).get(shopId);
      if (!facts) return err({ kind: 'not-found' });
      const open = facts.openings.map(({ from, to }) => ({ from: iso(from), to: iso(to) }));
      return ok({ openingHours: facts.openingHours, timeZone: facts.timeZone, open });
    },
  }),
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/closures',
    id: 'closeShop',
    tag: 'Shops',
    summary: 'Closes the shop from now until a moment, against its usual hours',
    needs: 'shops:write',
    refuses: ['closure-in-the-past', 'closure-too-long'],
    status: 201,
    params: inShop,
    query: nothing,
    body: z.object({ until: momentIn, reason: z.string().trim().max(200).optional() }),
    answer: z.object({ until: moment }),
    handle: async (scope, { body }) => {
      const closed = await closeUntil(scope, body);
      return closed.ok ? ok({ until: iso(closed.value.until) }) : closed;
    },
  }),
  shopEndpoint({
    method: 'PUT',
    path: '/shops/{shopId}/hours',
    id: 'setHours',
    tag: 'Shops',
    summary: 'The usual week anew, a line a day; exceptional days stay',
    needs: 'shops:write',
    refuses: ['hours-unreadable', 'hours-missing'],
    params: inShop,
    query: nothing,
    body: z.object({ week: z.object({ Mo: line, Tu: line, We: line, Th: line, Fr: line, Sa: line, Su: line }), holidaysOff: z.boolean() }),
    answer: written,
    handle: (scope, { body }) => changeWeek(scope, { ...body.week, holidaysOff: body.holidaysOff }),
  }),
  shopEndpoint({
    method: 'PUT',
    path: '/shops/{shopId}/exceptional-days/{date}',
    id: 'setExceptionalDay',
    tag: 'Shops',
    summary: 'Other hours on one day to come; an empty line is closed all day',
    needs: 'shops:write',
    refuses: ['day-wrong', 'hours-of-day-unreadable', 'hours-missing', 'too-many-days'],
    params: onDay,
    query: nothing,
    body: z.object({ line }),
    answer: written,
    handle: (scope, { params, body }) => setExceptionalDay(scope, { date: params.date, line: body.line }),
  }),
  shopEndpoint({
    method: 'DELETE',
    path: '/shops/{shopId}/exceptional-days/{date}',
    id: 'dropExceptionalDay',
    tag: 'Shops',
    summary: 'The usual hours hold again on that day',
    needs: 'shops:write',
    refuses: ['hours-missing'],
    params: onDay,
    query: nothing,
    body: nothing,
    answer: written,
    handle: (scope, { params }) => dropExceptionalDay(scope, params.date),
  }),
];
