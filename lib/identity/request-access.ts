import type { Result, Role } from '@/lib/kernel';
import { err, HOUR, ok, operatorRoles, shopRoles } from '@/lib/kernel';
import { sendAccessRequest } from '@/lib/messaging';
import { env } from '@/lib/platform/env';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { operatorScope, ownerOf, shopScope, cityAdmin } from './scopes';
import type { AskView, SessionView } from './views';

export type AccessRequestRefusal = { readonly kind: 'absent' };

/** How often one person may write to whoever gives roles in a house. */
const ONE_EACH = HOUR;

/**
 * Asks whoever gives roles for a bigger one: the mail leads to the team's page, with who asks and the role it takes filled in. Asking again
 * within the hour sends nothing more. Only inside one's own house: whoever has no role at all gets `absent`, and nothing is
 * said about who would be asked.
 */
export async function requestAccess(
  session: SessionView,
  asked: { readonly shopSlug: string | undefined; readonly path: string; readonly role: string },
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<AskView, AccessRequestRefusal>> {
  return observed(
    { useCase: 'request-access', actor: asked.shopSlug === undefined ? 'operator' : 'shop', ids: { personId: session.personId } },
    async () => {
      const house = asked.shopSlug === undefined ? await cityHouse(session) : await shopHouse(session, asked.shopSlug);
      const role = house?.roles.find((known) => known === asked.role);
      if (!house || !role) return err({ kind: 'absent' });
      const query = new URLSearchParams({ person: session.personId, role });
      await sendAccessRequest({
        to: house.ask,
        from: { name: session.name ?? session.email, email: session.email },
        place: house.place,
        page: `${env().baseUrl}${asked.path}`,
        role,
        giveUrl: `${env().baseUrl}${house.team}?${query.toString()}`,
        locale: house.ask.locale,
        causeKey: `${session.personId}:${house.team}:${Math.floor(clock.now() / ONE_EACH)}`,
      });
      return ok(house.ask);
    },
  );
}

type House = { readonly ask: AskView; readonly place: string; readonly team: string; readonly roles: readonly Role[] };

async function shopHouse(session: SessionView, slug: string): Promise<House | undefined> {
  const entered = await shopScope(session, slug);
  const ask = entered.ok ? await ownerOf(slug) : undefined;
  return entered.ok && ask ? { ask, place: entered.value.shop.name, team: `/merchant/${slug}/team`, roles: shopRoles } : undefined;
}

async function cityHouse(session: SessionView): Promise<House | undefined> {
  const entered = await operatorScope(session);
  const ask = entered.ok ? await cityAdmin() : undefined;
  return ask && { ask, place: 'Halles', team: '/admin/team', roles: operatorRoles };
}
