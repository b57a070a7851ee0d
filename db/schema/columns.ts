import { bigint, customType, integer, text } from 'drizzle-orm/pg-core';
import type { Currency, Instant, Minor, Quantity } from '@/lib/kernel';
import { instant } from '@/lib/kernel';

/** A `timestamptz` that the program sees as an `Instant` (epoch milliseconds). */
export const instantColumn = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  toDriver: (value) => new Date(value).toISOString(),
  fromDriver: (value) => instant(new Date(value).getTime()),
});

/** Full-text vector; written by the database, never read by the program. */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** Whole minor units of the row's currency. The database name ends in `_minor`. */
export const minorColumn = () => bigint({ mode: 'number' }).$type<Minor>();

/** ISO 4217 code beside an amount. */
export const currencyColumn = () => text().$type<Currency>().notNull().default('EUR');

/** Whole steps of the offer's sales unit. */
export const quantityColumn = () => integer().$type<Quantity>();

/** A branded id kept as text (prefix + ULID). */
export const idColumn = <Id extends string>() => text().$type<Id>();
