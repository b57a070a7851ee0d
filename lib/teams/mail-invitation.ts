import { and, eq, isNull } from 'drizzle-orm';
import { citySettings, networks, people, roleGrants, shops } from '@/db/schema';
import { createInvitationLink, INVITATION_DAYS } from '@/lib/identity';
import type { EventNamed, Locale, PersonId } from '@/lib/kernel';
import { isLocale, parseId, pathTo, shownName, unprefixedLocale } from '@/lib/kernel';
import { sendInvitation } from '@/lib/messaging';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { texts } from '@/lib/texts';

/** Writes to whoever was given a role, in their language, with the link that leads to the desk. Who is out of the team by now is not written to. */
export async function mailInvitation(
  { subject, facts }: EventNamed<'TeamChanged'>,
  eventId: string,
  ports: Ports = systemPorts,
): Promise<void> {
  if (facts.change !== 'added') return;
  const [house, person] = await Promise.all([readHouse(subject), readInvited(subject, facts.personId)]);
  if (!house || !person) return;
  const locale: Locale = isLocale(person.locale) ? person.locale : unprefixedLocale;
  const { email } = person;
  await sendInvitation(
    {
      to: email,
      locale,
      causeKey: eventId,
      subject,
      by: person.by ?? house.name,
      place: house.name,
      role: texts(locale, 'team')(`roles.${facts.role}`),
      days: INVITATION_DAYS,
      url: await createInvitationLink({ email, callbackPath: house.path }, ports),
      signInUrl: `${env().baseUrl}${pathTo(locale, 'signIn', {}, { callbackUrl: house.path })}`,
    },
    ports,
  );
}

type Subject = EventNamed<'TeamChanged'>['subject'];

/** How a house is called, and where its people begin. */
async function readHouse(subject: Subject): Promise<{ readonly name: string; readonly path: string } | undefined> {
  const shopId = parseId('shop', subject);
  if (shopId) {
    const [shop] = await reader().select({ name: shops.name, slug: shops.slug }).from(shops).where(eq(shops.id, shopId));
    return shop && { name: shop.name, path: `/merchant/${shop.slug}/counter` };
  }
  const networkId = parseId('network', subject);
  if (networkId) {
    const [network] = await reader().select({ name: networks.name }).from(networks).where(eq(networks.id, networkId));
    return network && { name: network.name, path: `/merchant/network/${networkId}` };
  }
  const [city] = await reader().select({ name: citySettings.name }).from(citySettings);
  return city && { name: `Halles ${city.name}`, path: '/admin' };
}

async function readInvited(subject: Subject, personId: PersonId) {
  const shopId = parseId('shop', subject);
  const networkId = parseId('network', subject);
  const [row] = await reader()
    .select({ email: people.email, locale: people.locale, grantedBy: roleGrants.grantedBy })
    .from(roleGrants)
    .innerJoin(people, eq(people.id, roleGrants.personId))
    .where(
      and(
        eq(roleGrants.personId, personId),
        shopId ? eq(roleGrants.shopId, shopId) : isNull(roleGrants.shopId),
        networkId ? eq(roleGrants.networkId, networkId) : isNull(roleGrants.networkId),
      ),
    );
  if (!row) return undefined;
  const [by] = row.grantedBy === null ? [] : await reader().select().from(people).where(eq(people.id, row.grantedBy));
  return { email: row.email, locale: row.locale, by: shownName(by) };
}
