/** A reading that waits to be sent, in the order it was made. Cents with VAT, pieces. */
export type QueuedReading = {
  readonly key: string;
  readonly gtin: string;
  readonly title: string;
  readonly priceMinor?: number;
  readonly quantity?: number;
};

/** What became of a reading. `refused` readings wait for a person. */
export type SentReading =
  | {
      readonly state: 'taken';
      readonly key: string;
      readonly title: string;
      readonly did: string;
      readonly isPublic: boolean;
      readonly missing: readonly string[];
    }
  | { readonly state: 'refused'; readonly reading: QueuedReading; readonly sentence: string };

const nameOf = (shop: string) => `halles-readings-${shop}`;

const isReading = (value: unknown): value is QueuedReading =>
  typeof value === 'object' &&
  value !== null &&
  'key' in value &&
  'gtin' in value &&
  typeof value.key === 'string' &&
  typeof value.gtin === 'string';

/** What still waits on this device, also after it was switched off. */
export function waitingReadings(shop: string): readonly QueuedReading[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(shop)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isReading) : [];
  } catch {
    return [];
  }
}

function keep(shop: string, readings: readonly QueuedReading[]): void {
  localStorage.setItem(nameOf(shop), JSON.stringify(readings));
}

export function queueReading(shop: string, reading: QueuedReading): void {
  keep(shop, [...waitingReadings(shop), reading]);
}

function forget(shop: string, key: string): void {
  keep(shop, waitingReadings(shop).filter((one) => one.key !== key)); // prettier-ignore
}

let isSending = false;

/**
 * Sends what waits, one after the other in its order; stops at the first that does not get through and leaves it where it is. A key makes
 * a reading whose answer was lost the same reading. Gives whether everything was sent.
 */
export async function sendWaiting(shop: string, tell: (sent: SentReading) => void): Promise<boolean> {
  if (isSending) return false;
  isSending = true;
  try {
    for (let [next] = waitingReadings(shop); next !== undefined; [next] = waitingReadings(shop)) {
      const answer = await send(shop, next);
      if (answer === undefined) return false;
      forget(shop, next.key);
      tell(answer);
    }
    return true;
  } finally {
    isSending = false;
  }
}

async function send(shop: string, reading: QueuedReading): Promise<SentReading | undefined> {
  try {
    const response = await fetch(`/api/shelf?shop=${encodeURIComponent(shop)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(reading),
      signal: AbortSignal.timeout(15_000),
    });
    if (response.status === 422) return { state: 'refused', reading, sentence: String((await response.json()).sentence) };
    if (!response.ok) return undefined;
    return { state: 'taken', key: reading.key, ...(await response.json()) };
  } catch {
    return undefined; // no network, or not yet: it waits
  }
}
