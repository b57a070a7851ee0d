import { encode } from 'next-auth/jwt';
import { people, roleGrants } from '@/db/schema';
import { SESSION_COOKIE } from '@/lib/identity';
import { openSession } from '@/lib/identity/sessions';
import type { PersonId, SessionId, ShopRole } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { systemIds } from '@/lib/platform/ids';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { GivenShop } from './builders';

/** Somebody signed in, with the cookie their browser sends. */
export type Person = { readonly personId: PersonId; readonly sessionId: SessionId; readonly cookie: string };

/** Somebody of a shop, called Victor Secret: a name no answer to anybody else may hold. */
export async function personOf({ shopId }: Pick<GivenShop, 'shopId'>, role: ShopRole): Promise<Person> {
  const personId: PersonId = systemIds.make('person');
  const now = systemPorts.clock.now();
  await reader()
    .insert(people)
    .values({ id: personId, email: `${personId}@example.org`, name: 'Victor Secret', createdAt: now });
  await reader().insert(roleGrants).values({ personId, shopId, role, grantedAt: now });
  const sessionId = await openSession(personId);
  const sealed = await encode({ token: { sid: sessionId }, secret: env().authSecret });
  return { personId, sessionId, cookie: `${SESSION_COOKIE}=${sealed}` };
}
