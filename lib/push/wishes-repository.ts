import { eq } from 'drizzle-orm';
import { messageWishes, pushDevices } from '@/db/schema';
import type { ShopId } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import { usualWishes, wants } from './quiet';
import { allMuted, type MessageChannel, type MessageKind, type MessageWishes } from './views';

/** A shop's wishes, or what holds until it has some. */
export async function readWishes(shopId: ShopId, from: Reader = reader()): Promise<MessageWishes> {
  const [row] = await from.select().from(messageWishes).where(eq(messageWishes.shopId, shopId));
  if (!row) return usualWishes;
  const { muted, quietFrom, quietTo } = row;
  return { muted: allMuted.filter((one) => muted.includes(one)), quietFrom, quietTo };
}

/**
 * Whether a shop wants this kind of message in this place. Orders come by e-mail whatever was said while no device rings for them: an order
 * nobody hears of is taken from the shop when its time is over.
 */
export async function isWished(shopId: ShopId, kind: MessageKind, channel: MessageChannel, from: Reader = reader()): Promise<boolean> {
  const wishes = await readWishes(shopId, from);
  if (wants(wishes, kind, channel)) return true;
  if (kind !== 'order' || channel !== 'mail') return false;
  if (!wants(wishes, 'order', 'push')) return true;
  const [device] = await from.select({ id: pushDevices.id }).from(pushDevices).where(eq(pushDevices.shopId, shopId)).limit(1);
  return device === undefined;
}
