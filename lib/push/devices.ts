import { and, asc, eq, notExists, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { people, pushDevices, roleGrants, shops } from '@/db/schema';
import type { PersonId, PushDeviceId, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { observed } from '@/lib/platform/log';
import { systemPorts } from '@/lib/platform/ports';
import { isWebhookUrl } from '@/lib/platform/public-address';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { PushPageView } from './views';
import { readWishes } from './wishes-repository';

const key = (bytes: number) =>
  z
    .string()
    .max(200)
    .refine((text) => Buffer.from(text, 'base64url').length === bytes);

/** What a browser gives for ringing it: the address at its push service, and the two keys of RFC 8291. */
export const deviceInput = z.object({
  endpoint: z.url().max(1_000),
  publicKey: key(65),
  secret: key(16),
  label: z.string().trim().max(120).default(''),
});
export type DeviceWish = z.infer<typeof deviceInput>;

/** As many as a shop has counters, and some telephones. */
const MOST_DEVICES = 20;

export type DeviceRefusal =
  { readonly kind: 'push-off' } | { readonly kind: 'address-not-allowed' } | { readonly kind: 'too-many-devices'; readonly most: number };

/**
 * This browser rings for the shop from now on. The same browser again is the same device, whoever is signed in. Errors: `push-off` where the
 * city has no key, `address-not-allowed` for what is no push service of the open internet, `too-many-devices`.
 */
export async function addDevice(
  scope: ShopScope,
  wish: DeviceWish,
  { clock, ids } = systemPorts,
): Promise<Result<{ readonly deviceId: PushDeviceId }, DeviceRefusal>> {
  const { shopId, personId } = scope;
  return observed({ useCase: 'add-push-device', actor: scope.kind, ids: { shopId } }, async () => {
    if (env().push === undefined) return err({ kind: 'push-off' });
    if (!isWebhookUrl(wish.endpoint, env().api.webhooksToPrivateAddresses)) return err({ kind: 'address-not-allowed' });
    return withTransaction(async (tx): Promise<Result<{ readonly deviceId: PushDeviceId }, DeviceRefusal>> => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`push:${shopId}`}, 0))`);
      const known = await tx.select().from(pushDevices).where(eq(pushDevices.shopId, shopId));
      const same = known.find(({ endpoint }) => endpoint === wish.endpoint);
      if (!same && known.length >= MOST_DEVICES) return err({ kind: 'too-many-devices', most: MOST_DEVICES });
      const row = { ...wish, personId };
      const [written] = await tx
        .insert(pushDevices)
        .values({ id: ids.make('pushDevice'), shopId, createdAt: clock.now(), ...row })
        .onConflictDoUpdate({ target: [pushDevices.endpoint, pushDevices.shopId], set: row })
        .returning({ deviceId: pushDevices.id });
      return written ? ok(written) : err({ kind: 'push-off' });
    });
  });
}

/** A device rings no more for the shop. */
export async function removeDevice(
  scope: ShopScope,
  deviceId: PushDeviceId,
): Promise<Result<{ readonly deviceId: PushDeviceId }, { readonly kind: 'device-not-found' }>> {
  const { shopId } = scope;
  return observed({ useCase: 'remove-push-device', actor: scope.kind, ids: { shopId } }, async () => {
    const gone = await reader()
      .delete(pushDevices)
      .where(and(eq(pushDevices.shopId, shopId), eq(pushDevices.id, deviceId)))
      .returning({ deviceId: pushDevices.id });
    return gone[0] ? ok(gone[0]) : err({ kind: 'device-not-found' });
  });
}

/** Forgets the browsers of somebody who has left: those that ring for a shop where neither it nor its network gives them a role any more. */
export async function dropDevicesWithoutRole(tx: Tx, personId: PersonId): Promise<void> {
  const works = tx
    .select({ one: sql`1` })
    .from(roleGrants)
    .innerJoin(shops, eq(shops.id, pushDevices.shopId))
    .where(and(eq(roleGrants.personId, personId), or(eq(roleGrants.shopId, shops.id), eq(roleGrants.networkId, shops.networkId))));
  await tx.delete(pushDevices).where(and(eq(pushDevices.personId, personId), notExists(works)));
}

/** What the shop's page of messages shows. */
export async function getPushPage({ shopId }: ShopScope): Promise<PushPageView> {
  const [devices, wishes] = await Promise.all([
    reader()
      .select({
        deviceId: pushDevices.id,
        label: pushDevices.label,
        person: sql<string>`coalesce(${people.name}, ${people.email})`,
        createdAt: pushDevices.createdAt,
      })
      .from(pushDevices)
      .innerJoin(people, eq(people.id, pushDevices.personId))
      .where(eq(pushDevices.shopId, shopId))
      .orderBy(asc(pushDevices.createdAt), asc(pushDevices.id)),
    readWishes(shopId),
  ]);
  return { publicKey: env().push?.publicKey, devices, wishes };
}
