import { people } from '@/db/schema';
import { serve } from '@/app/api/v1/_door/serve';
import type { KeyScope } from '@/lib/machines';
import { createKey, keyScopes } from '@/lib/machines';
import { systemClock } from '@/lib/platform/clock';
import { reader } from '@/lib/platform/transaction';
import type { ApiClient } from './api-client';
import { apiClient } from './api-client';
import type { GivenShop } from './builders';

/** A key of this shop, made as its owner makes one. */
export async function keyOf(shop: GivenShop, scopes: readonly KeyScope[] = keyScopes): Promise<string> {
  const { personId } = shop.scope;
  await reader()
    .insert(people)
    .values({ id: personId, email: `${personId}@example.org`, createdAt: systemClock.now() })
    .onConflictDoNothing();
  const made = await createKey(shop.scope, { label: 'Caisse', scopes: [...scopes], reach: 'shop' });
  if (!made.ok) throw new Error(made.error.kind);
  return made.value.key;
}

/** The API without a network between. */
export function machineWith(key?: string): ApiClient {
  return apiClient({ send: serve, key });
}

/** A shop's own system. */
export async function machineOf(shop: GivenShop, scopes?: readonly KeyScope[]): Promise<ApiClient> {
  return machineWith(await keyOf(shop, scopes));
}

/** A file as it is sent. */
export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
/** A product of two sizes, as a system writes it. */
export const clay = (categoryId: string) => ({
  title: 'Bol tourné',
  categoryId,
  manufacturer: { name: 'Poterie', address: '1 rue du Four, 38000 Grenoble', email: 'atelier@poterie.example' },
  variants: [
    { options: [{ name: 'Taille', value: 'Petit' }], merchantSku: 'BOL-P', priceMinor: 1_850 },
    { options: [{ name: 'Taille', value: 'Grand' }], merchantSku: 'BOL-G', priceMinor: 2_400 },
  ],
});
