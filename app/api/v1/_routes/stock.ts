import { z } from 'zod';
import { listShopStock, LARGEST_BATCH, recordChange, recordCount, recordStockBatch } from '@/lib/inventory';
import type { ShelfFigure, StockBatchRow } from '@/lib/inventory';
import { err, ok } from '@/lib/kernel';
import type { Endpoint } from '../_door/endpoint';
import { issuesOf, shopEndpoint } from '../_door/endpoint';
import { idOf, idText, iso, moment, momentIn, nothing, pageOf, pageQuery, paged } from '../_door/fields';
import { jsonOf } from '../_door/read-body';
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

const named = z.union([z.object({ offerId: idOf('offer') }), z.object({ merchantSku: z.string().min(1).max(80) })]);

/** One line of a bulk: which thing, what was seen or happened, when. */
const stockLine = z.intersection(
  named,
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('count'), counted: z.int().min(0).max(LARGEST), at: momentIn, key: z.string().min(1).max(80).optional() }),
    z.object({
      kind: z.literal('change'),
      delta: z.int().min(-LARGEST).max(LARGEST),
      reason: z.enum(['counter-sale', 'correction', 'delivery', 'returned']).optional(),
      at: momentIn,
      key: z.string().min(1).max(80).optional(),
    }),
  ]),
);

type Rejected = { readonly line: number; readonly kind: string; readonly errors?: ReturnType<typeof issuesOf> };
type ReadLine = { readonly line: number } & ({ readonly row: StockBatchRow } | { readonly rejected: Rejected });

/** A line by itself: what cannot be read is told, and keeps no other line out. A line without a key is named by its place. */
function readLine(text: string, line: number, call: string): ReadLine {
  const json = jsonOf(text);
  if (json === undefined) return { line, rejected: { line, kind: 'body-unreadable' } };
  const read = stockLine.safeParse(json);
  if (!read.success) return { line, rejected: { line, kind: 'invalid-input', errors: issuesOf('', read.error) } };
  const fact = read.data;
  const of = 'offerId' in fact ? { offerId: fact.offerId } : { merchantSku: fact.merchantSku };
  const about = { of, occurredAt: fact.at, key: fact.key === undefined ? `${call}:${line}` : `key:${fact.key}` };
  if (fact.kind === 'count') return { line, row: { ...about, kind: 'count', quantity: fact.counted } };
  return { line, row: { ...about, kind: 'change', quantity: fact.delta, ...(fact.reason === undefined ? {} : { reason: fact.reason }) } };
}

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
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/stock',
    id: 'recordStockLines',
    tag: 'Stock',
    summary: 'Up to 10,000 counts and changes at once, one JSON object a line',
    more: 'Lines are judged one by one: a bad one is told with its number and keeps none of the others out. `key` names a fact at its source; a line without one is named by the Idempotency-Key and its place.',
    needs: 'stock:write',
    refuses: ['too-many-rows'],
    isLines: true,
    line: stockLine,
    params: inShop,
    query: nothing,
    body: z.string(),
    answer: z
      .object({
        recorded: z.int(),
        repeated: z.int(),
        rejected: z
          .array(
            z.object({
              line: z.int(),
              kind: z.string(),
              errors: z
                .array(z.object({ field: z.string(), message: z.string() }))
                .readonly()
                .optional(),
            }),
          )
          .readonly(),
        missing: z
          .array(z.object({ offerId: idText('offer'), missing: z.int() }))
          .readonly()
          .meta({ description: 'Where more is promised than is there now.' }),
      })
      .meta({ id: 'RecordedLines' }),
    handle: async (scope, { body: text, key }) => {
      const lines = text.split('\n').flatMap((one, index) => (one.trim() === '' ? [] : [{ text: one, line: index + 1 }]));
      if (lines.length > LARGEST_BATCH) return err({ kind: 'too-many-rows', most: LARGEST_BATCH });
      const read = lines.map((one) => readLine(one.text, one.line, key));
      const rows = read.flatMap((one) => ('row' in one ? [one] : []));
      const actor = { kind: 'shop', id: scope.personId } as const;
      const batch = { shopId: scope.shopId, source: `api:${scope.shopId}`, grade: 'A', rows: rows.map(({ row }) => row) } as const;
      const recordedBatch = await recordStockBatch(actor, batch);
      if (!recordedBatch.ok) return recordedBatch;
      const results = recordedBatch.value.map((result, index) => ({ result, line: rows[index]?.line ?? 0 }));
      const refused = results.flatMap(({ result, line }) => ('offerId' in result ? [] : [{ line, kind: result.kind }]));
      const short = new Map(
        results.flatMap(({ result }) => ('offerId' in result && result.missing > 0 ? [[result.offerId, result.missing]] : [])),
      );
      return ok({
        recorded: results.filter(({ result }) => result.kind === 'recorded').length,
        repeated: results.filter(({ result }) => result.kind === 'repeated').length,
        rejected: [...read.flatMap((one) => ('rejected' in one ? [one.rejected] : [])), ...refused].toSorted((a, b) => a.line - b.line),
        missing: [...short].map(([offerId, missing]) => ({ offerId, missing })),
      });
    },
  }),
];
