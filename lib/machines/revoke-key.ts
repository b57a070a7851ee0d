import { and, eq, isNull } from 'drizzle-orm';
import { apiKeys } from '@/db/schema';
import type { ApiKeyId, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { keysOf, mayManageKeys } from './key-rights';
import { forgetKeys } from './open-key';

export type RevokeRefusal = { readonly kind: 'role-too-small' } | { readonly kind: 'key-not-found' };

/** Takes a key back: it opens nothing any more, in this process at once, in others within five seconds. Doing it twice changes nothing. */
export async function revokeKey(scope: ShopScope, keyId: ApiKeyId, { clock }: Ports = systemPorts): Promise<Result<void, RevokeRefusal>> {
  return observed(
    { useCase: 'revoke-key', actor: scope.kind, ids: { shopId: scope.shopId, keyId } },
    async (): Promise<Result<void, RevokeRefusal>> => {
      if (!mayManageKeys(scope)) return err({ kind: 'role-too-small' });
      const mine = and(eq(apiKeys.id, keyId), await keysOf(scope));
      const [known] = await reader().select({ id: apiKeys.id }).from(apiKeys).where(mine);
      if (!known) return err({ kind: 'key-not-found' });
      await reader()
        .update(apiKeys)
        .set({ revokedAt: clock.now() })
        .where(and(mine, isNull(apiKeys.revokedAt)));
      forgetKeys();
      return ok(undefined);
    },
  );
}
