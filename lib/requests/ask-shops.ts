import { createHmac } from 'node:crypto';
import { and, count, eq, gt, sql } from 'drizzle-orm';
import { requestAnswers, requests } from '@/db/schema';
import type { Instant, ListingId, Locale, PersonId, Position, Result } from '@/lib/kernel';
import { DAY, HOUR, err, ok, plusMs } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { token } from '@/lib/platform/ids';
import type { ModuleOff } from '@/lib/modules';
import { isModuleOn } from '@/lib/modules';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { departmentsMeant, fittingShops } from './fitting-shops';
import { LIFE_HOURS, LONGEST_WORDS, SHORTEST_WORDS, askerLimits } from './limits';
import { forgetPhoto, keepPhoto, type PhotoRefusal } from '@/lib/platform/files/photos';

export type AskRefusal =
  | ModuleOff
  | { readonly kind: 'nothing-asked' }
  | { readonly kind: 'contact-details' }
  | { readonly kind: 'no-fitting-shop' }
  | { readonly kind: 'too-many-requests' }
  | PhotoRefusal;

type AskShops = {
  readonly words: string;
  readonly photo?: Uint8Array | undefined;
  readonly listingId?: ListingId | undefined;
  /** Where to tell that an offer came; without it the page of the request tells. */
  readonly email?: string | undefined;
  readonly locale: Locale;
  readonly place?: Position | undefined;
  /** Who asks, for limits only: a person, or the network address of a guest. */
  readonly personId?: PersonId | undefined;
  readonly address: string;
};

export type Asked = { readonly token: string; readonly shops: number };

/** A request is for shops to read: whoever wants to be reached leaves an address in its own field, where only we see it. */
function hasContactDetails(words: string): boolean {
  return /@|https?:|www\.|\b[\w-]+\.(?:com|fr|net|org|eu)\b/i.test(words) || /(?:\d[\s.-]?){9,}/.test(words);
}

/**
 * Asks the shops most likely to have it, at most a dozen. Nothing is bought by it: shops answer with an offer or a no, and whoever holds
 * the link chooses. Errors: nothing or too little was said, no department is meant by it, or this person asks too much.
 */
export async function askShops(command: AskShops, ports: Ports = systemPorts): Promise<Result<Asked, AskRefusal>> {
  const words = command.words.replace(/\s+/g, ' ').trim().slice(0, LONGEST_WORDS);
  if (words.length < SHORTEST_WORDS) return err({ kind: 'nothing-asked' });
  if (hasContactDetails(words)) return err({ kind: 'contact-details' });
  return observed({ useCase: 'ask-shops', actor: 'shopper', ids: { listingId: command.listingId } }, async () => {
    const photo = command.photo === undefined ? ok(undefined) : await keepPhoto(command.photo);
    if (!photo.ok) return photo;
    const departments = await departmentsMeant({ words, listingId: command.listingId });
    const asked = await withTransaction((tx) => record(tx, { ...command, words, departments, photoKey: photo.value }, ports));
    if (!asked.ok) await forgetPhoto(photo.value);
    return asked;
  });
}

/** A mark that says "the same asker" for as long as the request is open and means nothing to anybody else. */
function markOf({ personId, address }: AskShops): string {
  return createHmac('sha256', env().authSecret)
    .update(`asker|${personId ?? address}`)
    .digest('base64url');
}

async function isTooMuch(tx: Tx, mark: string, limits: { readonly open: number; readonly aDay: number }, now: Instant): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`halles:asker:${mark}`}))`); // a hundred at once are counted one by one
  const [counted] = await tx
    .select({ open: count(sql`case when ${requests.state} = 'open' then 1 end`), aDay: count() })
    .from(requests)
    .where(and(eq(requests.askedBy, mark), gt(requests.askedAt, plusMs(now, -DAY))));
  return (counted?.open ?? 0) >= limits.open || (counted?.aDay ?? 0) >= limits.aDay;
}

type Recorded = AskShops & { readonly photoKey: string | undefined; readonly departments: readonly string[] };

async function record(tx: Tx, wish: Recorded, ports: Ports): Promise<Result<Asked, AskRefusal>> {
  if (!(await isModuleOn(tx, 'requests'))) return err({ kind: 'module-off', module: 'requests' });
  const { clock, ids } = ports;
  const now = clock.now();
  const mark = markOf(wish);
  if (await isTooMuch(tx, mark, askerLimits[wish.personId === undefined ? 'guest' : 'person'], now))
    return err({ kind: 'too-many-requests' });
  const shops = await fittingShops(tx, wish.departments, { place: wish.place, now });
  if (shops.length === 0) return err({ kind: 'no-fitting-shop' });
  const requestId = ids.make('request');
  const key = token();
  await tx.insert(requests).values({
    id: requestId,
    token: key,
    words: wish.words,
    photoKey: wish.photoKey ?? null,
    listingId: wish.listingId ?? null,
    locale: wish.locale,
    email: wish.email?.trim().toLowerCase() ?? null,
    askedBy: mark,
    state: 'open',
    askedAt: now,
    expiresAt: plusMs(now, LIFE_HOURS * HOUR),
  });
  await tx.insert(requestAnswers).values(shops.map(({ id }) => ({ requestId, shopId: id, state: 'asked' as const })));
  await appendEvents(
    tx,
    shops.map(({ id }) => ({ name: 'RequestAsked', subject: requestId, facts: { requestId, shopId: id } }) as const),
    { actor: { kind: 'shopper', id: wish.personId }, now, ids },
  );
  return ok({ token: key, shops: shops.length });
}
