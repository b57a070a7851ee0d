import { eq } from 'drizzle-orm';
import { people } from '@/db/schema';
import type { Instant, Locale, PersonId } from '@/lib/kernel';
import { instantOf } from '@/lib/kernel';
import type { Ids } from '@/lib/platform/ids';
import type { Reader } from '@/lib/platform/transaction';

export type Person = typeof people.$inferSelect;

/** Addresses are compared in one spelling. */
export function foldEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

export async function findPerson(db: Reader, id: PersonId): Promise<Person | undefined> {
  const [row] = await db.select().from(people).where(eq(people.id, id));
  return row;
}

export async function findPersonByEmail(db: Reader, email: string): Promise<Person | undefined> {
  const [row] = await db
    .select()
    .from(people)
    .where(eq(people.email, foldEmail(email)));
  return row;
}

/**
 * The person of an address, made when there is none; two sign-ins at once make one. Name and language are those of a new account: nobody
 * renames another's.
 */
export async function ensurePerson(
  db: Reader,
  given: {
    readonly email: string;
    readonly name?: string | undefined;
    readonly locale: Locale;
    readonly now: Instant;
    readonly ids: Ids;
  },
): Promise<Person> {
  const email = foldEmail(given.email);
  const [row] = await db
    .insert(people)
    .values({ id: given.ids.make('person'), email, name: given.name, locale: given.locale, createdAt: given.now })
    .onConflictDoUpdate({ target: people.email, set: { email } })
    .returning();
  if (!row) throw new Error('an insert that returns its row returned none');
  return row;
}

/** Remembers when an address was last proved to belong to its person. */
export async function markEmailVerified(db: Reader, id: PersonId, at: Date): Promise<Person | undefined> {
  const [row] = await db
    .update(people)
    .set({ emailVerifiedAt: instantOf(at) })
    .where(eq(people.id, id))
    .returning();
  return row;
}

export async function setLocale(db: Reader, id: PersonId, locale: Locale): Promise<void> {
  await db.update(people).set({ locale }).where(eq(people.id, id));
}
