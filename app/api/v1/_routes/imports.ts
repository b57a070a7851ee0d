import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { checkImport, confirmImport, askUndo, fields, getImport, listImports, stageImport } from '@/lib/connectors';
import type { ImportView } from '@/lib/connectors/views';
import type { ImportId, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { getPictureProgress } from '@/lib/pictures';
import type { PictureProgress } from '@/lib/pictures/views';
import { env } from '@/lib/platform/env';
import type { Endpoint, Refusal } from '../_door/endpoint';
import { shopEndpoint } from '../_door/endpoint';
import { callMoment, fileBytes, idOf, idText, iso, isoOrNull, moment, nothing } from '../_door/fields';
import { inShop } from './shops';

/** Larger files are dropped on the import's page, or fetched by a scheduled source. */
const MOST_FILE = 20_000_000;

const state = z.enum(['staged', 'checked', 'applying', 'done', 'undoing', 'undone']);
const counts = z.object({ new: z.int(), changed: z.int(), unchanged: z.int(), rejected: z.int() });

const summary = z.object({
  importId: idText('import'),
  fileName: z.string(),
  state,
  rows: z.int(),
  counts: counts.nullable(),
  createdAt: moment,
  undoUntil: moment.nullable(),
});

const whole = summary
  .extend({
    columns: z.array(z.object({ heading: z.string(), field: z.string().nullable() })).readonly(),
    rejected: z
      .array(z.object({ row: z.int(), reason: z.string(), value: z.string().nullable() }))
      .readonly()
      .meta({ description: 'The first fifty; the page of the import has them all.' }),
    warnings: z.array(z.object({ code: z.string(), count: z.int(), rows: z.array(z.int()).readonly() })).readonly(),
    progress: z.number().meta({ description: '0 to 1.' }),
    pictures: z.object({
      named: z.int(),
      waiting: z.int(),
      kept: z.int(),
      spared: z.int(),
      failed: z.array(z.object({ reason: z.string(), count: z.int(), address: z.string() })).readonly(),
    }),
  })
  .meta({ id: 'Import' });

const inImport = inShop.extend({ importId: idOf('import') });

function bodyOf(found: ImportView, pictures: PictureProgress): z.input<typeof whole> {
  const { importId, fileName, state: at, rows, warnings, progress, columns, rejected } = found;
  return {
    importId,
    fileName,
    state: at,
    rows,
    warnings,
    progress,
    counts: found.counts ?? null,
    createdAt: iso(found.createdAt),
    undoUntil: isoOrNull(found.undoUntil),
    columns: columns.map(({ heading, field }) => ({ heading, field: field ?? null })),
    rejected: rejected.map(({ row, reason, value }) => ({ row, reason, value: value ?? null })),
    pictures: { named: found.pictures, ...pictures },
  };
}

async function show(scope: ShopScope, importId: ImportId): Promise<Result<z.input<typeof whole>, Refusal>> {
  const found = await getImport(scope, importId, callMoment());
  return found ? ok(bodyOf(found, await getPictureProgress(scope, importId))) : err({ kind: 'import-not-found' });
}

/** Takes a file in and checks it: the dry run. Nothing of the shop changes before it is confirmed. */
async function bring(scope: ShopScope, fileName: string, bytes: Uint8Array): Promise<Result<z.input<typeof whole>, Refusal>> {
  const uploads = join(env().dataFolder, 'uploads');
  await mkdir(uploads, { recursive: true });
  const folder = await mkdtemp(join(uploads, 'api-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, bytes);
    const staged = await stageImport(scope, { path, fileName });
    if (!staged.ok) return staged;
    const checked = await checkImport(scope, { importId: staged.value });
    return checked.ok ? await show(scope, staged.value) : checked;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const importEndpoints: readonly Endpoint[] = [
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/imports',
    id: 'bringFile',
    tag: 'Imports',
    summary: 'Brings a product file and says what it would change; nothing changes before it is confirmed',
    more: 'The body is the file as it is: CSV, TSV, XLSX, JSON or XML, of any encoding. Its columns are guessed, or remembered from the last file with the same headings.',
    needs: 'catalogue:write',
    refuses: ['file-empty', 'file-too-large', 'file-not-readable', 'file-kind-unknown'],
    status: 201,
    takesFile: MOST_FILE,
    params: inShop,
    query: z.object({ fileName: z.string().trim().min(1).max(200).default('products') }),
    body: fileBytes,
    answer: whole,
    handle: (scope, { query, body }) => bring(scope, query.fileName, body),
  }),
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/imports',
    id: 'listImports',
    tag: 'Imports',
    summary: 'The shop’s last imports, newest first',
    needs: 'catalogue:read',
    refuses: [],
    params: inShop,
    query: nothing,
    body: nothing,
    answer: z.object({ data: z.array(summary).readonly() }).meta({ id: 'Imports' }),
    handle: async (scope) => {
      const rows = await listImports(scope);
      return ok({
        data: rows.map((row) => ({
          ...row,
          counts: row.counts ?? null,
          createdAt: iso(row.createdAt),
          undoUntil: isoOrNull(row.undoUntil),
        })),
      });
    },
  }),
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/imports/{importId}',
    id: 'getImport',
    tag: 'Imports',
    summary: 'One import: what it would change, or how far it is, and its pictures',
    needs: 'catalogue:read',
    refuses: ['import-not-found'],
    params: inImport,
    query: nothing,
    body: nothing,
    answer: whole,
    handle: (scope, { params }) => show(scope, params.importId),
  }),
  shopEndpoint({
    method: 'PUT',
    path: '/shops/{shopId}/imports/{importId}/columns',
    id: 'setImportColumns',
    tag: 'Imports',
    summary: 'Says what the columns mean, in their order; the file is checked again, and the next one like it is understood at once',
    needs: 'catalogue:write',
    refuses: ['import-not-found', 'import-under-way'],
    params: inImport,
    query: nothing,
    body: z.object({ columns: z.array(z.enum(fields).nullable()).min(1).max(500) }),
    answer: whole,
    handle: async (scope, { params: { importId }, body }) => {
      const checked = await checkImport(scope, { importId, mapping: body.columns.map((field) => field ?? undefined) });
      return checked.ok ? show(scope, importId) : checked;
    },
  }),
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/imports/{importId}/confirm',
    id: 'confirmImport',
    tag: 'Imports',
    summary: 'Takes the checked file over; the worker does it, and getImport tells how far it is',
    needs: 'catalogue:write',
    refuses: ['import-not-found', 'nothing-to-import', 'import-under-way'],
    params: inImport,
    query: nothing,
    body: nothing,
    answer: whole,
    handle: async (scope, { params: { importId } }) => {
      const confirmed = await confirmImport(scope, importId);
      return confirmed.ok ? show(scope, importId) : confirmed;
    },
  }),
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/imports/{importId}/undo',
    id: 'undoImport',
    tag: 'Imports',
    summary: 'Takes a finished import back, within a day',
    needs: 'catalogue:write',
    refuses: ['import-not-found', 'import-under-way', 'too-late-to-undo'],
    params: inImport,
    query: nothing,
    body: nothing,
    answer: whole,
    handle: async (scope, { params: { importId } }) => {
      const undone = await askUndo(scope, importId);
      return undone.ok ? show(scope, importId) : undone;
    },
  }),
];
