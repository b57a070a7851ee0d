import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DraftsRefusal, FileDrafts } from '@/lib/connectors';
import { readDrafts } from '@/lib/connectors';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { PulledPage, RefusedItem, Settings, SourceCall, SourceItem } from '../../connector';
import type { SourceFault } from '../../fault';

type Draft = FileDrafts['drafts'][number];

/** A file as it was read: the same bytes have the same digest, and a pull that was interrupted goes on in the same file only. */
type ReadFile = {
  readonly digest: string;
  readonly items: readonly SourceItem[];
  readonly refused: readonly RefusedItem[];
  /** Of the machine it came from, where it has one. */
  readonly hostKey: string | undefined;
};

export const hostOf = ({ address = '' }: Settings): string => (URL.canParse(address) ? new URL(address).host : address);

/** What was read for a pull, as long as the pull lasts: pages are pieces of one reading. */
const readings = new WeakMap<SourceCall, ReadFile>();

/** Codes that the texts put into words. */
const whyOf: Readonly<Record<DraftsRefusal['kind'], string>> = {
  'file-empty': 'empty',
  'file-too-large': 'large',
  'file-not-readable': 'damaged',
  'file-kind-unknown': 'unknown',
  'not-a-product-file': 'products',
  'too-many-rows': 'rows',
};

/** One draft in the words of a source. What only files tell (what the law wants read, shelf, condition) goes along. */
function itemOf(draft: Draft): SourceItem {
  const { attributes, manufacturer, responsiblePerson, warnings, netContent, condition, shelf, label } = draft;
  return {
    externalId: draft.sku,
    productRef: draft.productKey,
    title: draft.title === '' ? (draft.gtin ?? '') : draft.title,
    options: draft.options,
    brand: draft.brand,
    description: draft.description,
    category: draft.category,
    gtin: draft.gtin,
    sku: draft.sku,
    price: { amount: { minor: draft.priceMinor }, includesVat: true, vatRateBps: draft.vatRateBps },
    weightGrams: draft.weightGrams,
    images: draft.images,
    isActive: draft.isActive,
    quantity: draft.quantity,
    told: { attributes, manufacturer, responsiblePerson, warnings, netContent, condition, shelf, label },
  };
}

/** A refused row keeps the name of its thing, so that what is on sale stays on sale until somebody mends the row. */
const refusedOf = ({ row, reason, code }: FileDrafts['rejected'][number]): RefusedItem => ({
  externalId: code ?? `row ${row}`,
  title: '',
  reason: 'unreadable',
  value: reason,
});

async function readBytes(bytes: Buffer): Promise<Result<FileDrafts, SourceFault>> {
  const folder = await mkdtemp(join(tmpdir(), 'halles-file-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, bytes);
    const read = await readDrafts(path);
    return read.ok ? read : err({ kind: 'file-unreadable', why: whyOf[read.error.kind] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const digestOf = (cursor: string | undefined): string | undefined => cursor?.split(':')[0];

/**
 * Fetches and reads the file, once a pull. Errors: it cannot be fetched; it is no list of products; more rows cannot be read than can, and then
 * it is not the rows that are wrong.
 */
export async function readItems(call: SourceCall, cursor?: string): Promise<Result<ReadFile, SourceFault>> {
  const kept = readings.get(call);
  if (kept !== undefined && kept.digest === digestOf(cursor)) return ok(kept);
  const said = await call.file({ path: call.settings['address'] ?? '' });
  if (!said.ok) return said;
  const read = await readBytes(said.value.value);
  if (!read.ok) return read;
  const { drafts, rejected } = read.value;
  const [first] = rejected;
  if (first !== undefined && rejected.length > drafts.length) return err({ kind: 'schema-changed', where: first.reason });
  const file: ReadFile = {
    digest: createHash('sha256').update(said.value.value).digest('hex').slice(0, 32),
    items: drafts.map(itemOf),
    refused: rejected.map(refusedOf),
    hostKey: said.value.headers['host-key'],
  };
  readings.set(call, file);
  return ok(file);
}

/** The piece of a file a cursor means; a file that changed since is begun again. */
export function pageOf({ digest, items, refused }: ReadFile, cursor: string | undefined, pageSize: number): PulledPage {
  const from = digestOf(cursor) === digest ? Number(cursor?.split(':')[1] ?? 0) : 0;
  const next = from + pageSize;
  return {
    items: items.slice(from, next),
    refused: from === 0 ? refused : [],
    gone: [],
    next: next < items.length ? `${digest}:${next}` : undefined,
  };
}
