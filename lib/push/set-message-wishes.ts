import { z } from 'zod';
import { messageWishes } from '@/db/schema';
import type { Result, ShopScope } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import { wants } from './quiet';
import { allMuted, type MessageWishes } from './views';
import { isWished } from './wishes-repository';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const messageWishesInput = z.object({
  muted: z.array(z.enum(allMuted)).max(allMuted.length),
  quietFrom: time,
  quietTo: time,
});

export type KeptWishes = {
  readonly wishes: MessageWishes;
  /** E-mails about orders come all the same, until a device rings: nobody would hear of them. */
  readonly mailStays: boolean;
};

/** Keeps what a shop wants to hear, where and when. */
export async function setMessageWishes(
  scope: ShopScope,
  wishes: MessageWishes,
  { clock } = systemPorts,
): Promise<Result<KeptWishes, never>> {
  const { shopId } = scope;
  return observed({ useCase: 'set-message-wishes', actor: scope.kind, ids: { shopId } }, () =>
    withTransaction(async (tx): Promise<Result<KeptWishes, never>> => {
      const row = { muted: [...wishes.muted], quietFrom: wishes.quietFrom, quietTo: wishes.quietTo, updatedAt: clock.now() };
      await tx
        .insert(messageWishes)
        .values({ shopId, ...row })
        .onConflictDoUpdate({ target: messageWishes.shopId, set: row });
      return ok({ wishes, mailStays: !wants(wishes, 'order', 'mail') && (await isWished(shopId, 'order', 'mail', tx)) });
    }),
  );
}
