import type { Instant, PushDeviceId } from '@/lib/kernel';

/** What a shop is told about: orders that wait for it, shelves to look at, wishes of the street, goods that come back. */
export const messageKinds = ['order', 'shelf-check', 'request', 'return'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** Where it is told: on its devices, by e-mail, and, of an order nobody answers, by telephone. */
export const messageChannels = ['push', 'mail', 'phone'] as const;
export type MessageChannel = (typeof messageChannels)[number];

/** The telephone rings for orders alone. */
export function channelsOf(kind: MessageKind): readonly MessageChannel[] {
  return kind === 'order' ? messageChannels : ['push', 'mail'];
}

/** A kind of message in one place, as forms and rows name it. */
export type Muted = `${MessageKind}:${MessageChannel}`;

export const allMuted: readonly Muted[] = messageKinds.flatMap((kind) => channelsOf(kind).map((channel): Muted => `${kind}:${channel}`));

export type MessageWishes = {
  readonly muted: readonly Muted[];
  /** On the shop's clock, `HH:MM`; the same twice means that no hour is quiet. */
  readonly quietFrom: string;
  readonly quietTo: string;
};

/** A browser that rings for the shop. */
export type PushDeviceView = {
  readonly deviceId: PushDeviceId;
  readonly label: string;
  readonly person: string;
  readonly createdAt: Instant;
};

export type PushPageView = {
  /** The city's key for push services (VAPID); without one nothing can ring. */
  readonly publicKey: string | undefined;
  readonly devices: readonly PushDeviceView[];
  readonly wishes: MessageWishes;
};
