// breaks app-by-the-door, by a client
import { sql } from 'drizzle-orm';

export const page = sql`select 1`;
