import type { Locale } from '@/lib/kernel';
import { isLocale } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { findPersonByEmail, setLocale } from './people-repository';
import type { SessionView } from './views';

/** The language a person reads the desks in. */
export async function setPreferredLocale(session: SessionView, locale: Locale): Promise<void> {
  await setLocale(reader(), session.personId, locale);
}

/** The language of an account, for pages shown before anyone is signed in; undefined when the address is nobody's. */
export async function localeOfEmail(email: string): Promise<Locale | undefined> {
  const person = await findPersonByEmail(reader(), email);
  return person && isLocale(person.locale) ? person.locale : undefined;
}
