import webPush from 'web-push';
import { env } from '@/lib/platform/env';
import type { Posted } from '@/lib/platform/post-message';
import { postMessage } from '@/lib/platform/post-message';

export type SealedFor = { readonly endpoint: string; readonly publicKey: string; readonly secret: string };

/** What is shown; `tag` makes a second telling replace the first. */
export type PushWords = { readonly title: string; readonly body: string; readonly path: string; readonly tag: string };

export type Pushing = {
  readonly words: PushWords;
  /** Seconds the push service may keep it for a device that is off. */
  readonly keepSeconds: number;
  readonly isUrgent: boolean;
};

/** How words reach a device: the push service's status, or why there was none. */
export type PushSender = { send(device: SealedFor, push: Pushing): Promise<Posted> };

export type VapidKeys = { readonly publicKey: string; readonly privateKey: string; readonly subject: string };

/**
 * Web Push: sealed for the device alone (RFC 8291), signed with the city's key (RFC 8292), posted to the browser's push service (RFC 8030).
 * The library seals and signs; the call is our own, to addresses of the open internet only.
 */
export function webPushSender(keys: VapidKeys, allowPrivate = env().api.webhooksToPrivateAddresses): PushSender {
  return {
    send: async ({ endpoint, publicKey, secret }, { words, keepSeconds, isUrgent }) => {
      const subscription = { endpoint, keys: { p256dh: publicKey, auth: secret } };
      const { body, headers } = webPush.generateRequestDetails(subscription, JSON.stringify(words), {
        vapidDetails: keys,
        TTL: keepSeconds,
        urgency: isUrgent ? 'high' : 'normal',
        topic: words.tag.replaceAll(/[^\w-]/g, '').slice(-32),
        contentEncoding: 'aes128gcm',
      });
      const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      return postMessage(endpoint, { body: body ?? '', headers: plain }, { allowPrivate });
    },
  };
}

export function configuredSender(): PushSender | undefined {
  const { push } = env();
  return push === undefined ? undefined : webPushSender(push);
}
