import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import type { ShopAccess } from '@/lib/identity';
import { networkScope, operatorScope, shopScope } from '@/lib/identity';
import type { AskView, SessionView, WorkplaceView } from '@/lib/identity/views';
import type { Locale, NetworkScope, OperatorRole, OperatorScope, Result, ShopRole } from '@/lib/kernel';
import { err, ok, operatorRoles, parseId, pathTo, unprefixedLocale } from '@/lib/kernel';
import { currentPerson } from './person';

/** Somebody at a shop's desk: the proof, the shop, and the language this person reads. */
export type ShopDesk = ShopAccess & { readonly session: SessionView; readonly locale: Locale };
export type CityDesk = { readonly scope: OperatorScope; readonly session: SessionView; readonly locale: Locale };

export type NetworkDesk = { readonly scope: NetworkScope; readonly session: SessionView; readonly locale: Locale };

/** The role is too small inside one's own house: the page asks for access instead. */
export type TooSmall = {
  readonly kind: 'role-too-small';
  readonly session: SessionView;
  readonly locale: Locale;
  readonly ask: AskView | undefined;
  readonly shop: WorkplaceView | undefined;
  /** The smallest role that opens the page. */
  readonly needs: ShopRole | OperatorRole;
};

/** Language of the desks: a preference of the person, the city's own before anyone is known. */
export async function deskLocale(): Promise<Locale> {
  return (await currentPerson())?.locale ?? unprefixedLocale;
}

/** Sends whoever is not signed in to the sign-in page, and back here afterwards. */
export async function toSignIn(): Promise<never> {
  const path = (await headers()).get('x-pathname') ?? '/';
  return redirect(pathTo(unprefixedLocale, 'signIn', {}, { callbackUrl: path }));
}

const access = cache(async (slug: string, needs: ShopRole) => shopScope(await currentPerson(), slug, needs));

/** The door of a shop's pages. Another shop's page is not there: a 404 that names nobody. */
export async function enterShop(slug: string, needs: ShopRole = 'counter'): Promise<Result<ShopDesk, TooSmall>> {
  const session = await currentPerson();
  if (!session) return toSignIn();
  const entered = await access(slug, needs);
  if (entered.ok) return ok({ ...entered.value, session, locale: session.locale });
  switch (entered.error.kind) {
    case 'anonymous':
      return toSignIn();
    case 'absent':
      return notFound();
    case 'role-too-small':
      return err({ kind: 'role-too-small', session, locale: session.locale, ask: entered.error.ask, shop: entered.error.shop, needs });
  }
}

const smallestOf = (roles: readonly OperatorRole[]): OperatorRole => operatorRoles.findLast((role) => roles.includes(role)) ?? 'admin';

/** The door of the city's pages; whoever does not work for the city finds nothing here. */
export async function enterCity(needs: readonly OperatorRole[] = operatorRoles): Promise<Result<CityDesk, TooSmall>> {
  const session = await currentPerson();
  if (!session) return toSignIn();
  const entered = await operatorScope(session, needs);
  if (entered.ok) return ok({ scope: entered.value, session, locale: session.locale });
  switch (entered.error.kind) {
    case 'anonymous':
      return toSignIn();
    case 'absent':
      return notFound();
    case 'role-too-small':
      return err({
        kind: 'role-too-small',
        session,
        locale: session.locale,
        ask: entered.error.ask,
        shop: undefined,
        needs: smallestOf(needs),
      });
  }
}

/** The door of a network's pages: head office and who may look; another's network is not there. */
export async function enterNetwork(id: string): Promise<Result<NetworkDesk, TooSmall>> {
  const session = await currentPerson();
  if (!session) return toSignIn();
  const networkId = parseId('network', id);
  const entered = networkId && (await networkScope(session, networkId));
  return entered?.ok ? ok({ scope: entered.value, session, locale: session.locale }) : notFound();
}
