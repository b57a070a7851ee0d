import { z } from 'zod';
import { listShopStock, recordChange, recordCount } from '@/lib/inventory';
import type { ShelfFigure } from '@/lib/inventory';
import { err, ok } from '@/lib/kernel';
import type { Endpoint } from '../_door/endpoint';
import { shopEndpoint } from '../_door/endpoint';
import { idOf, idText, iso, moment, momentIn, nothing, pageOf, pageQuery, paged } from '../_door/fields';
import { inShop } from './shops';

const figure = z
  .object({
    offerId: idText('offer'),
    merchantSku: z.string(),
    onHand: z.int(),
    reserved: z.int(),
    allocated: z.int(),
    safetyStock: z.int(),
    available: z.int(),
    asOf: moment,
    confidence: z.enum(['confirmed', 'likely', 'check']),
  })
  .meta({ id: 'StockFigure' });

const recorded = z
  .object({ offerId: idText('offer'), onHand: z.int(), missing: z.int().meta({ description: 'Units promised beyond what is there.' }) })
  .meta({ id: 'RecordedStock' });

const LARGEST = 2_000_000;
const count = z.object({ kind: z.literal('count'), counted: z.int().min(0).max(LARGEST), asOf: momentIn });
const change = z.object({
  kind: z.literal('change'),
  delta: z.int().min(-LARGEST).max(LARGEST),
  reason: z.enum(['counter-sale', 'correction', 'delivery', 'returned', 'missing']).default('counter-sale'),
  occurredAt: momentIn,
});

const inOffer = inShop.extend({ offerId: idOf('offer') });
const body = (row: ShelfFigure): z.input<typeof figure> => ({ ...row, asOf: iso(row.asOf) });

export const stockEndpoints: readonly Endpoint[] = [
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/stock',
    id: 'listStock',
    tag: 'Stock',
    summary: 'The figures of the shop’s own shelf, a page at a time',
    needs: 'stock:read',
    refuses: [],
    params: inShop,
    query: pageQuery,
    body: nothing,
    answer: pageOf(figure).meta({ id: 'StockFigures' }),
    handle: async (scope, { query: { limit, cursor } }) =>
      ok(paged(await listShopStock(scope, { limit, after: cursor }), limit, { idOf: (row) => row.offerId, show: body })),
  }),
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/stock/{offerId}',
    id: 'getStock',
    tag: 'Stock',
    summary: 'The figure of one offer',
    needs: 'stock:read',
    refuses: ['offer-not-found'],
    params: inOffer,
    query: nothing,
    body: nothing,
    answer: figure,
    handle: async (scope, { params }) => {
      const [row] = await listShopStock(scope, { limit: 1, offerId: params.offerId });
      return row ? ok(body(row)) : err({ kind: 'offer-not-found' });
    },
  }),
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/stock/{offerId}',
    id: 'recordStock',
    tag: 'Stock',
    summary: 'What happened on the shelf: a count at a moment, or a change since',
    more: 'A count holds for its moment: changes that happened later still apply, in whatever order they arrive. The Idempotency-Key names the fact: the same key again is the same fact.',
    needs: 'stock:write',
    refuses: ['offer-not-found', 'absurd-quantity'],
    params: inOffer,
    query: nothing,
    body: z.discriminatedUnion('kind', [count, change]),
    answer: recorded,
    handle: (scope, { params: { offerId }, body: fact, key }) =>
      fact.kind === 'count'
        ? recordCount(scope, { offerId, ...fact, key: `api:${key}` })
        : recordChange(scope, { offerId, ...fact, key: `api:${key}` }),
  }),
];
