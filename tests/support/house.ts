import { and, eq, isNull } from 'drizzle-orm';
import { networks, people, roleGrants, shops } from '@/db/schema';
import type { TeamScope } from '@/lib/identity';
import type { SessionView } from '@/lib/identity/views';
import type { NetworkId, NetworkRole, OperatorRole, PersonId, Role, ShopId, ShopRole } from '@/lib/kernel';
import { systemClock } from '@/lib/platform/clock';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { given } from './builders';

/** A house of each kind, with the roles of its kind from the first to the last. */
export type House = {
  readonly roles: readonly [Role, ...Role[]];
  readonly scopeOf: (personId: PersonId, role: Role) => TeamScope;
  readonly place: { readonly shopId: ShopId | null; readonly networkId: NetworkId | null };
};

export async function shopHouse(): Promise<House & { readonly shopId: ShopId; readonly slug: string }> {
  const { shopId } = await given.shop();
  const [row] = await reader().select({ slug: shops.slug }).from(shops).where(eq(shops.id, shopId));
  return {
    shopId,
    slug: row?.slug ?? '',
    roles: ['owner', 'manager', 'counter'],
    place: { shopId, networkId: null },
    scopeOf: (personId, role) => ({ kind: 'shop', shopId, personId, role: role as ShopRole }),
  };
}

export async function networkHouse(): Promise<House> {
  const networkId = systemIds.make('network');
  await reader().insert(networks).values({ id: networkId, name: 'Le Réseau', slug: networkId.toLowerCase(), kind: 'branch' });
  return {
    roles: ['head-office', 'viewer'],
    place: { shopId: null, networkId },
    scopeOf: (personId, role) => ({ kind: 'network', networkId, personId, role: role as NetworkRole }),
  };
}

/** The one city; whoever was in it is taken out, so that each test has it to itself. */
export async function cityHouse(): Promise<House> {
  await reader()
    .delete(roleGrants)
    .where(and(isNull(roleGrants.shopId), isNull(roleGrants.networkId)));
  return {
    roles: ['admin', 'moderator', 'support', 'finance', 'viewer'],
    place: { shopId: null, networkId: null },
    scopeOf: (personId, role) => ({ kind: 'operator', personId, role: role as OperatorRole }),
  };
}

export const houseKinds = [
  ['shop', shopHouse],
  ['network', networkHouse],
  ['city', cityHouse],
] as const;

/** Somebody of a house who has come before: the scope, and the session of their browser. */
export async function somebody(
  house: House,
  role: Role,
  name = 'Anne Clerc',
): Promise<{ readonly scope: TeamScope; readonly session: SessionView }> {
  const personId = systemIds.make('person');
  const email = `${personId.toLowerCase()}@example.org`;
  const now = systemClock.now();
  await reader().insert(people).values({ id: personId, email, name, createdAt: now, emailVerifiedAt: now });
  await reader()
    .insert(roleGrants)
    .values({ personId, ...house.place, role, grantedAt: now });
  return { scope: house.scopeOf(personId, role), session: { sessionId: systemIds.make('session'), personId, email, name, locale: 'fr' } };
}

/** Who has which role in a house, in the books. */
export async function grantsIn({ place: { shopId, networkId } }: House) {
  const inShop = shopId === null ? isNull(roleGrants.shopId) : eq(roleGrants.shopId, shopId);
  const inNetwork = networkId === null ? isNull(roleGrants.networkId) : eq(roleGrants.networkId, networkId);
  return reader()
    .select({ personId: roleGrants.personId, role: roleGrants.role })
    .from(roleGrants)
    .where(and(inShop, inNetwork))
    .orderBy(roleGrants.personId);
}
