import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { baskets, people, roleGrants, shops } from '@/db/schema';
import type { BasketId, Locale, OperatorRole, OperatorScope, Result, ShopId, ShopperScope, ShopRole, ShopScope } from '@/lib/kernel';
import { err, isLocale, ok, operatorRoles, shopRoles, unprefixedLocale } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { AskView, SessionView, WorkplaceView } from './views';

/** Name of the cookie that holds the token of this browser's basket. */
export const BASKET_COOKIE = 'halles_basket';

/**
 * Whoever shops at this browser. A basket that was ordered still counts: a double click or the back button must find its order again.
 * A token of no basket is as good as none.
 */
export async function shopperScope(given: {
  readonly session: SessionView | undefined;
  readonly basketToken: string | undefined;
}): Promise<ShopperScope> {
  const [basket] = given.basketToken
    ? await reader().select({ id: baskets.id }).from(baskets).where(eq(baskets.token, given.basketToken))
    : [];
  return { kind: 'shopper', personId: given.session?.personId, basketId: basket?.id };
}

export type ShopAccess = { readonly scope: ShopScope; readonly shop: WorkplaceView };

export type ShopAccessRefusal =
  | { readonly kind: 'anonymous' }
  /** No such shop, or somebody else's: the caller cannot tell, nor can we. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'role-too-small'; readonly shop: WorkplaceView; readonly ask: AskView | undefined };

const isShopRole = (role: string): role is ShopRole => shopRoles.some((known) => known === role);
const localeOf = (text: string): Locale => (isLocale(text) ? text : unprefixedLocale);
const isOperatorRole = (role: string): role is OperatorRole => operatorRoles.some((known) => known === role);

/** `shopRoles` goes from the most to the least powerful. */
const suffices = (has: ShopRole, needs: ShopRole): boolean => shopRoles.indexOf(has) <= shopRoles.indexOf(needs);

const workplace = {
  shopId: shops.id,
  slug: shops.slug,
  name: shops.name,
  street: shops.street,
  town: shops.town,
  awning: shops.awning,
  role: roleGrants.role,
};

/** Proof that someone works in the shop of `slug`, in a role that suffices (`counter` unless said otherwise). */
export async function shopScope(
  session: SessionView | undefined,
  slug: string,
  needs: ShopRole = 'counter',
): Promise<Result<ShopAccess, ShopAccessRefusal>> {
  if (!session) return err({ kind: 'anonymous' });
  const [row] = await reader()
    .select(workplace)
    .from(shops)
    .innerJoin(roleGrants, and(eq(roleGrants.shopId, shops.id), eq(roleGrants.personId, session.personId)))
    .where(eq(shops.slug, slug));
  if (!row || !isShopRole(row.role)) return err({ kind: 'absent' });
  const shop: WorkplaceView = { ...row, role: row.role };
  if (!suffices(row.role, needs)) return err({ kind: 'role-too-small', shop, ask: await ownerOf(slug) });
  return ok({ scope: { kind: 'shop', shopId: row.shopId, personId: session.personId, role: row.role }, shop });
}

/** The owner of a shop, by its slug or id: for whoever holds the machine, who could sign in as anybody anyway. */
export async function ownerScope(shop: string): Promise<ShopScope | undefined> {
  const [row] = await reader()
    .select({ shopId: shops.id, personId: roleGrants.personId })
    .from(shops)
    .innerJoin(roleGrants, and(eq(roleGrants.shopId, shops.id), eq(roleGrants.role, 'owner')))
    .where(or(eq(shops.slug, shop), sql`${shops.id} = ${shop}`))
    .orderBy(roleGrants.grantedAt)
    .limit(1);
  return row && { kind: 'shop', ...row, role: 'owner' };
}

/**
 * Proof that an address is that of somebody who manages the shop: the allow-list of mails that bring files. The caller made sure that the
 * mail is really from there.
 */
export async function senderScope(
  email: string,
  shopId: ShopId,
): Promise<{ readonly scope: ShopScope; readonly email: string; readonly locale: Locale } | undefined> {
  const rows = await reader()
    .select({ personId: people.id, email: people.email, locale: people.locale, role: roleGrants.role })
    .from(people)
    .innerJoin(roleGrants, and(eq(roleGrants.personId, people.id), eq(roleGrants.shopId, shopId)))
    .where(sql`lower(${people.email}) = ${email.toLowerCase()}`);
  const [row] = rows.flatMap((one) => (isShopRole(one.role) && suffices(one.role, 'manager') ? [{ ...one, role: one.role }] : []));
  if (row === undefined) return undefined;
  const scope: ShopScope = { kind: 'shop', shopId, personId: row.personId, role: row.role };
  return { scope, email: row.email, locale: localeOf(row.locale) };
}

/** Whom to ask in a shop: who has owned it longest, of those whose address is known to be theirs. */
export async function ownerOf(slug: string): Promise<AskView | undefined> {
  const [owner] = await reader()
    .select({ name: people.name, email: people.email, locale: people.locale, keeper: shops.keeper })
    .from(roleGrants)
    .innerJoin(shops, eq(shops.id, roleGrants.shopId))
    .innerJoin(people, eq(people.id, roleGrants.personId))
    .where(and(eq(shops.slug, slug), eq(roleGrants.role, 'owner')))
    .orderBy(isNull(people.emailVerifiedAt), roleGrants.grantedAt)
    .limit(1);
  return owner && { name: owner.name ?? owner.keeper, email: owner.email, locale: localeOf(owner.locale) };
}

/** The shops a person works in, by name. */
export async function listWorkplaces(session: SessionView): Promise<readonly WorkplaceView[]> {
  const rows = await reader()
    .select(workplace)
    .from(roleGrants)
    .innerJoin(shops, eq(shops.id, roleGrants.shopId))
    .where(eq(roleGrants.personId, session.personId))
    .orderBy(shops.name);
  return rows.flatMap((row) => (isShopRole(row.role) ? [{ ...row, role: row.role }] : []));
}

export type OperatorAccessRefusal =
  { readonly kind: 'anonymous' } | { readonly kind: 'absent' } | { readonly kind: 'role-too-small'; readonly ask: AskView | undefined };

/** Proof that someone works for the city, in one of the roles asked for (any, unless said otherwise). */
export async function operatorScope(
  session: SessionView | undefined,
  needs: readonly OperatorRole[] = operatorRoles,
): Promise<Result<OperatorScope, OperatorAccessRefusal>> {
  if (!session) return err({ kind: 'anonymous' });
  const [row] = await reader()
    .select({ role: roleGrants.role })
    .from(roleGrants)
    .where(and(eq(roleGrants.personId, session.personId), isNull(roleGrants.shopId), isNull(roleGrants.networkId)));
  if (!row || !isOperatorRole(row.role)) return err({ kind: 'absent' });
  if (!needs.includes(row.role)) return err({ kind: 'role-too-small', ask: await cityAdmin() });
  return ok({ kind: 'operator', personId: session.personId, role: row.role });
}

const admins = alias(roleGrants, 'admins');

/** Whom to ask in the city, by the same rule. */
export async function cityAdmin(): Promise<AskView | undefined> {
  const [admin] = await reader()
    .select({ name: people.name, email: people.email, locale: people.locale })
    .from(admins)
    .innerJoin(people, eq(people.id, admins.personId))
    .where(and(eq(admins.role, 'admin'), isNull(admins.shopId), isNull(admins.networkId)))
    .orderBy(isNull(people.emailVerifiedAt), admins.grantedAt)
    .limit(1);
  return admin && { name: admin.name ?? admin.email, email: admin.email, locale: localeOf(admin.locale) };
}

/** Baskets by their tokens: a token names one basket for ever, so what was read once need not be asked again. */
const basketsByToken = new Map<string, ShopperScope>();
const MOST_REMEMBERED = 10_000;

/** Whoever holds a basket's token, without a browser; undefined for a token of no basket. An ordered basket still counts. */
export async function openBasket(basketToken: string): Promise<ShopperScope | undefined> {
  const known = basketsByToken.get(basketToken);
  if (known) return known;
  const scope = await shopperScope({ session: undefined, basketToken });
  if (scope.basketId === undefined) return undefined;
  rememberBasket(basketToken, scope.basketId);
  return scope;
}

/** A basket that was just made: its first call need not look it up. */
export function rememberBasket(basketToken: string, basketId: BasketId): void {
  if (basketsByToken.size >= MOST_REMEMBERED) basketsByToken.clear();
  basketsByToken.set(basketToken, { kind: 'shopper', personId: undefined, basketId });
}
