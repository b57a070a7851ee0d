import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { apiKeys } from '@/db/schema';
import type { ApiKeyId, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { keyHash, keyHint, newKeyText } from './key-text';
import { mayManageKeys, networkLedBy } from './key-rights';
import { keyScopes } from './views';

/** A shop that needs more keys than this has lost count of them. */
const MOST_KEYS = 50;

export const keyInput = z.object({
  label: z.string().trim().min(1).max(80),
  scopes: z
    .array(z.enum(keyScopes))
    .min(1)
    .transform((wished) => keyScopes.filter((scope) => wished.includes(scope))),
  reach: z.enum(['shop', 'network']).default('shop'),
});

export type NewKey = z.output<typeof keyInput>;

export type CreateKeyRefusal =
  | { readonly kind: 'role-too-small' }
  /** The shop is in no network, or the person is not of its head office. */
  | { readonly kind: 'network-not-yours' }
  | { readonly kind: 'too-many-keys'; readonly most: number };

/** The key in clear, for the one time it is shown. */
export type CreatedKey = { readonly keyId: ApiKeyId; readonly key: string };

/** Makes a key for the shop's own systems, or for those of its network. Owners and managers only. */
export async function createKey(scope: ShopScope, wish: NewKey, ports: Ports = systemPorts): Promise<Result<CreatedKey, CreateKeyRefusal>> {
  return observed(
    { useCase: 'create-key', actor: scope.kind, ids: { shopId: scope.shopId } },
    async (): Promise<Result<CreatedKey, CreateKeyRefusal>> => {
      if (!mayManageKeys(scope)) return err({ kind: 'role-too-small' });
      const networkId = wish.reach === 'network' ? await networkLedBy(reader(), scope) : undefined;
      if (wish.reach === 'network' && networkId === undefined) return err({ kind: 'network-not-yours' });
      if ((await reader().$count(apiKeys, eq(apiKeys.shopId, scope.shopId))) >= MOST_KEYS)
        return err({ kind: 'too-many-keys', most: MOST_KEYS });
      const key = newKeyText();
      const keyId = ports.ids.make('apiKey');
      await reader()
        .insert(apiKeys)
        .values({
          id: keyId,
          shopId: networkId === undefined ? scope.shopId : null,
          networkId: networkId ?? null,
          label: wish.label,
          secretHash: keyHash(key),
          hint: keyHint(key),
          scopes: wish.scopes,
          madeBy: scope.personId,
          createdAt: ports.clock.now(),
        });
      return ok({ keyId, key });
    },
  );
}
