import { eq } from 'drizzle-orm';
import { modules } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import type { Reader, Tx } from '@/lib/platform/transaction';

/** What the city switches on and off for itself, and how it stands until the city has said something. */
const untilSaid = { 'returns-anywhere': true, 'automatic-openings': false, 'bank-transfer': true } as const;
export type CityModule = keyof typeof untilSaid;

/** Whether the city wants this. */
export async function isModuleOn(from: Reader, name: CityModule): Promise<boolean> {
  const [row] = await from.select({ enabled: modules.enabled }).from(modules).where(eq(modules.name, name));
  return row?.enabled ?? untilSaid[name];
}

/** Writes down what the city wants; the caller has asked who says so. */
export async function switchModule(tx: Tx, name: CityModule, { enabled, now }: { readonly enabled: boolean; readonly now: Instant }) {
  const said = { enabled, updatedAt: now };
  await tx
    .insert(modules)
    .values({ name, ...said })
    .onConflictDoUpdate({ target: modules.name, set: said });
}
