import { citySettings, legalMentions, vatRates } from '@/db/schema';
import type { Department } from '@/lib/catalogue';
import { plantDepartments } from '@/lib/catalogue';
import { ensurePerson, grantCityRole } from '@/lib/identity';
import type { CategoryId, Result } from '@/lib/kernel';
import { err, ok, slugOf } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { CityFile } from './city-file';

export type FoundRefusal = { readonly kind: 'city-exists'; readonly name: string; readonly isDemo: boolean };

/** What every city begins with, whoever its shops are; `db/seed` has it. */
export type Reference = {
  readonly vatRates: () => readonly (typeof vatRates.$inferInsert)[];
  readonly legalMentions: () => readonly (typeof legalMentions.$inferInsert)[];
  /** Each department before what is below it; `idOf` gives one key the same id every time. */
  readonly departments: (idOf: (key: string) => CategoryId) => ReadonlyMap<string, Department>;
};

/**
 * Founds the one city of an empty, migrated database: its settings and who answers for it, the law's rates and words, the tree of departments, and
 * the first person with every right. All or nothing, and once: of two at a time the second finds the first.
 */
export async function foundCity(file: CityFile, reference: Reference, ports: Ports = systemPorts): Promise<Result<void, FoundRefusal>> {
  return observed({ useCase: 'found-city', actor: 'system' }, async () => {
    const founded = await withTransaction(async (tx): Promise<Result<void, { readonly kind: 'another-city' }>> => {
      if (!(await writeCity(tx, file, ports))) return err({ kind: 'another-city' });
      await tx.insert(vatRates).values([...reference.vatRates()]);
      await tx.insert(legalMentions).values([...reference.legalMentions()]);
      await plantDepartments(tx, [...reference.departments(onePerKey(ports)).values()]);
      await welcomeAdmin(tx, file, ports);
      return ok(undefined);
    });
    return founded.ok ? founded : err(await whoIsThere());
  });
}

async function writeCity(tx: Tx, { city, operator }: CityFile, ports: Ports): Promise<boolean> {
  const { language, ...place } = city;
  const now = ports.clock.now();
  const row = { ...place, slug: slugOf(city.name), defaultLocale: language, operator, isDemo: false, updatedAt: now };
  const [written] = await tx.insert(citySettings).values(row).onConflictDoNothing().returning({ name: citySettings.name });
  return written !== undefined;
}

function onePerKey(ports: Ports): (key: string) => CategoryId {
  const known = new Map<string, CategoryId>();
  return (key) => {
    const id = known.get(key) ?? ports.ids.make('category');
    known.set(key, id);
    return id;
  };
}

async function welcomeAdmin(tx: Tx, { firstAdmin, city }: CityFile, ports: Ports): Promise<void> {
  const now = ports.clock.now();
  const person = await ensurePerson(tx, { ...firstAdmin, locale: city.language, now, ids: ports.ids });
  await grantCityRole(tx, person.id, 'admin', now);
  const by = { actor: { kind: 'system', id: undefined }, now, ids: ports.ids } as const;
  await appendEvents(tx, [{ name: 'CityDescribed', subject: 'city', facts: { fields: ['founded'] } }], by);
}

async function whoIsThere(): Promise<FoundRefusal> {
  const [row] = await reader().select({ name: citySettings.name, isDemo: citySettings.isDemo }).from(citySettings);
  return { kind: 'city-exists', name: row?.name ?? '', isDemo: row?.isDemo ?? false };
}
