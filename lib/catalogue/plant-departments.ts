import { categories } from '@/db/schema';
import type { Tx } from '@/lib/platform/transaction';

export type Department = typeof categories.$inferInsert;

/** The tree of departments a city begins with, each parent before what is below it, in the transaction that founds it. */
export async function plantDepartments(tx: Tx, tree: readonly Department[]): Promise<void> {
  await tx.insert(categories).values([...tree]);
}
