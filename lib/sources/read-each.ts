import { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { whereOf } from './ask/source-call';
import type { RefusedItem, SourceItem } from './connector';
import type { SourceFault } from './fault';

const named = z.object({ id: z.union([z.string(), z.number()]).optional() }).catchall(z.unknown());

/** What a row that cannot be read calls itself, so that a person finds it at the source. */
function nameOf(row: unknown, index: number): { readonly externalId: string; readonly title: string } {
  const read = named.safeParse(row);
  if (!read.success) return { externalId: `row ${index + 1}`, title: '' };
  const title = read.data['title'] ?? read.data['name'] ?? read.data['item_name'];
  return { externalId: String(read.data.id ?? `row ${index + 1}`), title: typeof title === 'string' ? title.slice(0, 200) : '' };
}

type ReadRows = { readonly items: readonly SourceItem[]; readonly refused: readonly RefusedItem[] };

/**
 * Reads the rows of a page one by one: one that is not what it should be stays out and is named, the others are taken.
 * Errors: `schema-changed` when more rows cannot be read than can: then it is not the rows that are wrong.
 */
export function readEach<Row>(
  rows: readonly unknown[],
  schema: z.ZodType<Row>,
  itemsOf: (row: Row) => readonly SourceItem[],
): Result<ReadRows, SourceFault> {
  const items: SourceItem[] = [];
  const refused: RefusedItem[] = [];
  let good = 0;
  for (const [index, row] of rows.entries()) {
    const read = schema.safeParse(row);
    if (read.success) {
      good += 1;
      items.push(...itemsOf(read.data));
    } else refused.push({ ...nameOf(row, index), reason: 'unreadable', value: whereOf(read.error) });
  }
  const [first] = refused;
  return first !== undefined && refused.length > good ? err({ kind: 'schema-changed', where: first.value }) : ok({ items, refused });
}
