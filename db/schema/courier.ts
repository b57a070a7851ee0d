import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import type { PersonId, RunId, SubOrderId } from '@/lib/kernel';
import { idColumn, instantColumn } from './columns';
import { subOrders } from './orders';

/** One courier's way through the city in one slot: from the shops to the doors. Who holds its link works it, without an account. */
export const courierRuns = pgTable(
  'courier_runs',
  {
    id: idColumn<RunId>().primaryKey(),
    /** The secret of the link; it names people and doors, so it opens nothing once the run is over or called off. */
    token: text().notNull(),
    courierName: text().notNull(),
    slotFrom: instantColumn().notNull(),
    slotTo: instantColumn().notNull(),
    createdBy: idColumn<PersonId>().notNull(),
    createdAt: instantColumn().notNull(),
    calledOffAt: instantColumn(),
  },
  (table) => [
    unique('one_run_per_token').on(table.token),
    index('runs_by_slot').on(table.slotFrom),
    check('a_slot_has_length', sql`${table.slotFrom} < ${table.slotTo}`),
  ],
);

export const runPartStates = ['to-fetch', 'on-board', 'delivered', 'absent', 'back'] as const;
export type RunPartState = (typeof runPartStates)[number];

/** A sub-order on a run: where it is fetched and brought in the order of the way, and what became of it. */
export const courierRunParts = pgTable(
  'courier_run_parts',
  {
    runId: idColumn<RunId>()
      .notNull()
      .references(() => courierRuns.id),
    subOrderId: idColumn<SubOrderId>()
      .notNull()
      .references(() => subOrders.id),
    /** Places on the way, from 1; parts of one shop share the first, parts for one door the second. */
    pickUpPosition: integer().notNull(),
    doorPosition: integer().notNull(),
    state: text().$type<RunPartState>().notNull(),
    fetchedAt: instantColumn(),
    /** The last thing that happened at the door, or the return to the shop. */
    endedAt: instantColumn(),
    proof: text().$type<'code' | 'name'>(),
    /** Who took it, where no code was said. */
    receivedBy: text(),
    absentReason: text().$type<'nobody' | 'refused' | 'no-access'>(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.subOrderId] }),
    uniqueIndex('one_open_run_per_sub_order')
      .on(table.subOrderId)
      .where(sql`${table.state} in ('to-fetch', 'on-board', 'absent')`),
    check('a_delivery_is_proven', sql`(${table.state} = 'delivered') = (${table.proof} is not null)`),
    check('a_name_proves_or_a_code', sql`${table.proof} is distinct from 'name' or ${table.receivedBy} is not null`),
  ],
);
