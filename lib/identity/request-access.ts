import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { sendAccessRequest } from '@/lib/messaging';
import { env } from '@/lib/platform/env';
import { observed } from '@/lib/platform/log';
import { operatorScope, ownerOf, shopScope, cityAdmin } from './scopes';
import type { AskView, SessionView } from './views';

export type AccessRequestRefusal = { readonly kind: 'absent' };

/**
 * Asks whoever gives roles for a bigger one. Only inside one's own house: whoever has no role at all gets `absent`, and nothing is
 * said about who would be asked.
 */
export async function requestAccess(
  session: SessionView,
  asked: { readonly shopSlug: string | undefined; readonly path: string },
): Promise<Result<AskView, AccessRequestRefusal>> {
  return observed(
    { useCase: 'request-access', actor: asked.shopSlug === undefined ? 'operator' : 'shop', ids: { personId: session.personId } },
    async () => {
      const house = asked.shopSlug === undefined ? await cityHouse(session) : await shopHouse(session, asked.shopSlug);
      if (!house) return err({ kind: 'absent' });
      await sendAccessRequest({
        to: house.ask,
        from: { name: session.name ?? session.email, email: session.email },
        place: house.place,
        page: `${env().baseUrl}${asked.path}`,
        locale: session.locale,
      });
      return ok(house.ask);
    },
  );
}

type House = { readonly ask: AskView; readonly place: string };

async function shopHouse(session: SessionView, slug: string): Promise<House | undefined> {
  const entered = await shopScope(session, slug);
  const ask = entered.ok ? await ownerOf(slug) : undefined;
  return entered.ok && ask ? { ask, place: entered.value.shop.name } : undefined;
}

async function cityHouse(session: SessionView): Promise<House | undefined> {
  const entered = await operatorScope(session);
  const ask = entered.ok ? await cityAdmin() : undefined;
  return ask && { ask, place: 'Halles' };
}
