import type { PersonId } from './ids';

const CLOSED = '@closed.invalid';

/** What a closed account has for an address: one of its own, nobody's, and shown to nobody. */
export const closedAddress = (id: PersonId): string => `${id.toLowerCase()}${CLOSED}`;

/** What somebody is called where others read what they did: their name, else their address; undefined for nobody, and for a closed account. */
export function shownName(
  person: { readonly name: string | null | undefined; readonly email: string | null | undefined } | undefined,
): string | undefined {
  if (!person) return undefined;
  const { name, email } = person;
  return name ?? (email?.endsWith(CLOSED) ? undefined : (email ?? undefined));
}
