import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { PersonId, PushDeviceId, PushId, ShopId } from '@/lib/kernel';
import { idColumn, instantColumn } from './columns';
import { people } from './identity';
import { shops } from './shops';

const shopColumn = () =>
  idColumn<ShopId>()
    .notNull()
    .references(() => shops.id);

/** A browser that rings for a shop, as its push service knows it (RFC 8030); its keys seal what it is told (RFC 8291). */
export const pushDevices = pgTable(
  'push_devices',
  {
    id: idColumn<PushDeviceId>().primaryKey(),
    shopId: shopColumn(),
    personId: idColumn<PersonId>()
      .notNull()
      .references(() => people.id),
    endpoint: text().notNull(),
    publicKey: text().notNull(),
    secret: text().notNull(),
    /** What the person calls it by: browser and system. */
    label: text().notNull(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [unique('one_device_per_shop').on(table.endpoint, table.shopId), index('devices_of_shop').on(table.shopId)],
);

/** What a shop is told on its devices: once per cause, from a moment on, and not after another. */
export const pushes = pgTable(
  'pushes',
  {
    id: idColumn<PushId>().primaryKey(),
    shopId: shopColumn(),
    kind: text().$type<'order' | 'shelf-check' | 'request' | 'return' | 'test'>().notNull(),
    subject: text().notNull(),
    causeKey: text().notNull(),
    title: text().notNull(),
    body: text().notNull(),
    path: text().notNull(),
    /** The end of the quiet hours it came in, or when it came. */
    sendFrom: instantColumn().notNull(),
    expiresAt: instantColumn().notNull(),
    /** Some worker is sending it, until then. */
    claimedUntil: instantColumn(),
    /** Devices that have it: an outage of one keeps no other from being told, and tells none twice. */
    toldDevices: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    doneAt: instantColumn(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [
    unique('one_push_per_cause').on(table.kind, table.causeKey, table.shopId),
    index('pushes_to_send')
      .on(table.sendFrom)
      .where(sql`${table.doneAt} is null`),
  ],
);

/** What a shop does not want to hear and where, and its quiet hours; without a row everything is told. */
export const messageWishes = pgTable(
  'message_wishes',
  {
    shopId: shopColumn().primaryKey(),
    /** `kind:channel`, each. */
    muted: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** On the shop's clock, `HH:MM`; the same twice means none. */
    quietFrom: text().notNull(),
    quietTo: text().notNull(),
    updatedAt: instantColumn().notNull(),
  },
  (table) => [
    check('quiet_hours_are_times', sql`${table.quietFrom} ~ '^[0-2][0-9]:[0-5][0-9]$' and ${table.quietTo} ~ '^[0-2][0-9]:[0-5][0-9]$'`),
  ],
);
