import { z } from 'zod';
import { err, ok } from '@/lib/kernel';
import type { Machine } from '@/lib/machines';
import { shopScopeOf } from '@/lib/machines';
import type { KeyScope } from '@/lib/machines/views';
import { exportShop, takeoutFiles, zipEverything, type TakeoutFile } from '@/lib/takeout';
import type { Endpoint } from '../_door/endpoint';
import { endpoint } from '../_door/endpoint';
import { callMoment, nothing } from '../_door/fields';
import { streamOf } from '../_door/stream-of';
import { inShop } from './shops';

/** What a key must be allowed to read for a file. */
const rightOf: Readonly<Record<TakeoutFile, KeyScope>> = {
  products: 'catalogue:read',
  variants: 'catalogue:read',
  offers: 'catalogue:read',
  prices: 'catalogue:read',
  stock: 'stock:read',
  movements: 'stock:read',
  orders: 'orders:read',
  documents: 'orders:read',
};

const streamed = z.instanceof(ReadableStream);

/** The first right a key lacks for some files; undefined when it has them all. */
export const lackedRight = ({ scopes }: Machine, files: readonly TakeoutFile[]): KeyScope | undefined =>
  files.map((file) => rightOf[file]).find((right) => !scopes.includes(right));

export const exportEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/shops/{shopId}/exports',
    id: 'exportEverything',
    tag: 'Exports',
    summary: 'Everything the shop owns, as a zip of its CSV files',
    more: 'The key needs `catalogue:read`, `stock:read` and `orders:read`.',
    needs: 'catalogue:read',
    refuses: ['not-found'],
    gives: 'application/zip',
    params: inShop,
    query: nothing,
    body: nothing,
    answer: streamed,
    handle: async ({ machine }, { params: { shopId } }) => {
      const scope = machine && shopScopeOf(machine, shopId);
      if (!machine || !scope) return err({ kind: 'not-found' });
      const needs = lackedRight(machine, takeoutFiles);
      return needs === undefined ? ok(streamOf(zipEverything(scope, callMoment()))) : err({ kind: 'scope-missing', needs });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/shops/{shopId}/exports/{file}',
    id: 'exportFile',
    tag: 'Exports',
    summary: 'One file of what the shop owns: UTF-8 with a mark, semicolons, CRLF',
    more: 'The key needs the right to read what the file holds: `catalogue:read` (products, variants, offers, prices), `stock:read` (stock, movements), `orders:read` (orders, documents).',
    needs: 'catalogue:read',
    refuses: ['not-found'],
    gives: 'text/csv',
    params: inShop.extend({ file: z.enum(takeoutFiles) }),
    query: nothing,
    body: nothing,
    answer: streamed,
    handle: async ({ machine }, { params: { shopId, file } }) => {
      const scope = machine && shopScopeOf(machine, shopId);
      if (!machine || !scope) return err({ kind: 'not-found' });
      const needs = lackedRight(machine, [file]);
      return needs === undefined ? ok(streamOf(exportShop(scope, file))) : err({ kind: 'scope-missing', needs });
    },
  }),
];
