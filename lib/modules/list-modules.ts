import { desc, eq, inArray, sql } from 'drizzle-orm';
import { domainEvents, modules, people } from '@/db/schema';
import type { OperatorScope } from '@/lib/kernel';
import { shownName } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { CityModule } from './module-list';
import { cardModules, needsOf, neededBy } from './module-list';
import { countRunning } from './running';
import { readModules } from './switches';
import type { ModuleView } from './views';

/** Every module that has a card, in the order of the list. */
export async function listModules(_scope: OperatorScope): Promise<readonly ModuleView[]> {
  const [switches, running, switched] = await Promise.all([
    readModules(reader()),
    countRunning(reader(), cardModules),
    lastSwitched(cardModules),
  ]);
  return cardModules.map((name) => ({
    name,
    isWanted: switches.isWanted(name),
    works: switches.works(name),
    needs: needsOf(name),
    neededBy: neededBy(name),
    running: running(name),
    switched: switched.get(name),
  }));
}

/** Who switched each last: the newest event that says so. */
async function lastSwitched(names: readonly CityModule[]): Promise<ReadonlyMap<string, ModuleView['switched']>> {
  const who = sql`split_part(${domainEvents.actor}, ':', 2)`;
  const rows = await reader()
    .selectDistinctOn([domainEvents.subject], {
      name: domainEvents.subject,
      at: domainEvents.occurredAt,
      person: people.name,
      email: people.email,
    })
    .from(domainEvents)
    .innerJoin(modules, eq(modules.name, domainEvents.subject))
    .leftJoin(people, eq(people.id, who))
    .where(inArray(domainEvents.subject, names))
    .orderBy(domainEvents.subject, desc(domainEvents.occurredAt));
  return new Map(rows.map(({ name, at, person, email }) => [name, { at, by: shownName({ name: person, email }) }]));
}
