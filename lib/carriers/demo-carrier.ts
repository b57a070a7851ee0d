import { createHmac } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Instant, Result } from '@/lib/kernel';
import { err, instant, invariant, ok } from '@/lib/kernel';
import type { SignedHeaders } from '@/lib/machines';
import { isSignedBy, signatureOf } from '@/lib/machines';
import type { Clock } from '@/lib/platform/clock';
import { env } from '@/lib/platform/env';
import { idempotencyKey, once } from '@/lib/platform/idempotency';
import { DEMO_CARRIER_QUEUE, enqueue } from '@/lib/platform/jobs';
import { withTransaction } from '@/lib/platform/transaction';
import type { Carrier, CarrierMessageRefusal, CarrierReport, ParcelWish } from './carrier';
import { sscc } from './sscc';
import type { ShipmentEventCode } from './views';
import { shipmentEventCodes } from './views';

/** A prefix GS1 keeps for examples: no carrier's. */
const EXAMPLE_PREFIX = '9521141';

/** A message of the demo carrier, waiting to be signed and sent at its time. */
export type DemoCarrierMessage = {
  readonly id: string;
  readonly trackingCode: string;
  readonly code: ShipmentEventCode;
  readonly place: string;
  readonly afterSeconds: number;
};

const DEPOT = 'Agence de Grenoble Sud';

/** A parcel's way in minutes instead of days, so that a demonstration sees its end. */
const delivered: readonly Pick<DemoCarrierMessage, 'code' | 'place' | 'afterSeconds'>[] = [
  { code: 'collected', place: DEPOT, afterSeconds: 20 },
  { code: 'in-transit', place: 'Plateforme Rhône-Alpes', afterSeconds: 60 },
  { code: 'out-for-delivery', place: DEPOT, afterSeconds: 150 },
  { code: 'delivered', place: DEPOT, afterSeconds: 240 },
];
const comesBack: typeof delivered = [
  ...delivered.slice(0, 3),
  { code: 'failed', place: DEPOT, afterSeconds: 240 },
  { code: 'returned', place: DEPOT, afterSeconds: 330 },
];

/** A name that nobody answers to, as test cards are declined: the parcel goes back to its sender. */
const NOBODY = /\babsente?\b/iu;

/**
 * A carrier of our own for demonstrations and tests: the same port, labels with codes from the range GS1 keeps for examples, messages signed
 * (Standard Webhooks) and sent over HTTP by the worker, minutes apart.
 */
export function demoCarrier({ clock }: { readonly clock: Clock }): Carrier {
  return {
    name: 'demo',
    announce: (wish) => announce(wish, clock),
    readMessage: (body, headers, now) => readMessage(body, headers, now),
  };
}

async function announce(wish: ParcelWish, clock: Clock): Promise<{ readonly trackingCode: string }> {
  const key = idempotencyKey(`demo-carrier:${wish.shipmentId}`);
  invariant(key, 'a shipment names itself');
  const announced = await withTransaction((tx) =>
    once(tx, { caller: 'demo-carrier', key, now: clock.now() }, async (): Promise<Result<string, never>> => {
      const [row] = await tx.execute<{ serial: string }>(sql`select nextval('demo_parcels')::text as serial`);
      invariant(row, 'a sequence goes on');
      const trackingCode = sscc(EXAMPLE_PREFIX, Number(row.serial));
      const way = NOBODY.test(wish.to.name) ? comesBack : delivered;
      await enqueue(
        tx,
        DEMO_CARRIER_QUEUE,
        way.map((step, index) => ({
          data: { id: `${wish.shipmentId}-${index + 1}`, trackingCode, ...step } satisfies DemoCarrierMessage,
          startAfterSeconds: step.afterSeconds,
        })),
      );
      return ok(trackingCode);
    }),
  );
  invariant(announced.ok, 'the demo carrier refuses nothing');
  return { trackingCode: announced.value };
}

/** The secret both sides sign with: made from the installation's own, so nothing has to be configured. */
function demoCarrierSecret(): string {
  return `whsec_${createHmac('sha256', env().authSecret).update('demo carrier webhooks').digest('base64')}`;
}

const message = z.object({
  trackingCode: z.string().min(1).max(60),
  code: z.enum(shipmentEventCodes),
  place: z.string().trim().max(120).optional(),
  occurredAt: z.iso.datetime({ offset: true }),
});

function readMessage(
  body: string,
  { id, timestamp, signature }: SignedHeaders,
  now: Instant,
): Result<CarrierReport, CarrierMessageRefusal> {
  const signed = { id, timestampSeconds: Number(timestamp), body };
  if (id === '' || id.length > 120 || !isSignedBy(demoCarrierSecret(), signed, signature, now)) return err({ kind: 'signature-invalid' });
  const read = message.safeParse(jsonOf(body));
  if (!read.success) return err({ kind: 'message-unreadable' });
  const { occurredAt, place, ...facts } = read.data;
  return ok({ messageId: id, ...facts, place: place || undefined, occurredAt: instant(Date.parse(occurredAt)) });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The body and headers of a message at the moment it is sent. */
export function signedDemoMessage({ id, trackingCode, code, place }: DemoCarrierMessage, now: Instant) {
  const body = JSON.stringify({ trackingCode, code, place, occurredAt: new Date(now).toISOString() });
  const timestampSeconds = Math.floor(now / 1_000);
  const signature = signatureOf(demoCarrierSecret(), { id, timestampSeconds, body });
  return { body, headers: { 'webhook-id': id, 'webhook-timestamp': String(timestampSeconds), 'webhook-signature': signature } };
}

const TIMEOUT_MS = 10_000;

/** Signs and posts a message to this installation. Throws when it is not taken: the queue sends it again. */
export async function sendDemoCarrierMessage(
  waiting: DemoCarrierMessage,
  { baseUrl, clock, post = fetch }: { readonly baseUrl: string; readonly clock: Clock; readonly post?: typeof fetch },
): Promise<void> {
  const { body, headers } = signedDemoMessage(waiting, clock.now());
  const response = await post(`${baseUrl}/api/webhooks/carriers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`the message ${waiting.id} was answered with ${response.status}`);
}
