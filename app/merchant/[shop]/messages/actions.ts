'use server';

import { z } from 'zod';
import { merchantAction } from '@/app/_actions/merchant-action';
import { type Locale, parseId } from '@/lib/kernel';
import {
  addDevice,
  allMuted,
  deviceInput,
  messageWishesInput,
  pushTest,
  removeDevice,
  setMessageWishes,
  type DeviceRefusal,
} from '@/lib/push';
import { texts } from '@/lib/texts';

function refused(locale: Locale, refusal: DeviceRefusal | { readonly kind: 'device-not-found' }) {
  const most = refusal.kind === 'too-many-devices' ? refusal.most : 0;
  return { kind: 'bad', text: texts(locale, 'push')(`page.refused.${refusal.kind}`, { most }) } as const;
}

/** This browser rings for the shop, and proves it at once. */
export const addDeviceAction = merchantAction(deviceInput, async ({ scope, locale }, device) => {
  const added = await addDevice(scope, device);
  if (!added.ok) return refused(locale, added.error);
  await pushTest(scope);
  return { kind: 'good', text: texts(locale, 'push')('page.said.added') };
});

/** All devices ring once. */
export const testDevicesAction = merchantAction(z.object({}), async ({ scope, locale }) => {
  await pushTest(scope);
  return { kind: 'good', text: texts(locale, 'push')('page.said.tested') };
});

const deviceId = z.string().transform((text, context) => {
  const id = parseId('pushDevice', text);
  if (id !== undefined) return id;
  context.addIssue({ code: 'custom' });
  return z.NEVER;
});

/** A browser that rings no more: lost, sold, or somebody's own again. */
export const removeDeviceAction = merchantAction(z.object({ device: deviceId }), async ({ scope, locale }, { device }) => {
  const removed = await removeDevice(scope, device);
  return removed.ok ? { kind: 'good', text: texts(locale, 'push')('page.said.removed') } : refused(locale, removed.error);
});

/** A box that is not ticked is not posted: what is missing is not wanted. */
const wishes = z
  .looseObject({ quietFrom: z.string(), quietTo: z.string() })
  .transform(({ quietFrom, quietTo, ...ticked }) => ({ quietFrom, quietTo, muted: allMuted.filter((one) => ticked[one] === undefined) }))
  .pipe(messageWishesInput);

/** What is told where, and when devices keep quiet. */
export const messageWishesAction = merchantAction(
  wishes,
  async ({ scope, locale }, wish) => {
    const kept = await setMessageWishes(scope, wish);
    const t = texts(locale, 'push');
    return kept.ok ? { kind: 'good', text: t(kept.value.mailStays ? 'page.said.mailStays' : 'page.said.saved') } : undefined;
  },
  'manager',
);
