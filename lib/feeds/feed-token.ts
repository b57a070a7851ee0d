import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ShopId } from '@/lib/kernel';
import { env } from '@/lib/platform/env';

/** Names a shop's own feed for whoever was given its address; nothing in it is secret, but it is not found by guessing. 128 bits. */
export function feedToken(shopId: ShopId): string {
  return createHmac('sha256', env().authSecret).update(`feed:${shopId}`).digest('base64url').slice(0, 22);
}

/** Whether a token is the one of this shop's feed. */
export function isFeedToken(shopId: ShopId, token: string): boolean {
  const [given, own] = [Buffer.from(token), Buffer.from(feedToken(shopId))];
  return given.length === own.length && timingSafeEqual(given, own);
}
