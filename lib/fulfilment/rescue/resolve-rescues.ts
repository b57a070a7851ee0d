import { expireHolds } from '@/lib/inventory';
import type { OrderId, Result } from '@/lib/kernel';
import { DAY, ok, plusMs } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { loadShopBook } from '@/lib/shops';
import type { RoutingSettings } from '@/lib/sourcing';
import { loadSettings, readRescueCandidates } from '@/lib/sourcing';
import type { ChangedBy } from '../advance-sub-order';
import { noteSettled } from '../advance-sub-order';
import type { LockedSubOrder } from '../sub-order-repository';
import { lockAllOfOrder } from '../sub-order-repository';
import { askShopper, refundRescue } from './decide-rescue';
import { findCarried } from './find-carried';
import type { RescuePart } from './find-elsewhere';
import { findElsewhere } from './find-elsewhere';
import { listOptions } from './list-options';
import type { GoodsGone } from './offer-rescue-parts';
import { offerCarriedPart, offerRescueParts } from './offer-rescue-parts';
import { carriedPartOf, poseCarry } from './pose-carry';
import type { RescueQuestion, SearchedPart } from './pose-rescue';
import { sameHour } from './pose-rescue';
import { readSearched } from './read-searched';
import type { RescuePolicy } from './rescue-policy';
import { rescuePolicy } from './rescue-policy';
import { listPending, noteOffered } from './rescue-repository';
import { splitRescues } from './split-rescues';

/** A claim lost to somebody faster is solved again so often before the shopper is asked. */
const ATTEMPTS = 3;

/** What is waited for is welcome whenever it comes: later than any promise a shop could make. */
const WHENEVER = 60 * DAY;

export type Resolved = { readonly offered: number; readonly asked: number; readonly refunded: number };

type Outcome = Result<Resolved, GoodsGone>;

/**
 * Looks for what an order's shops could not serve, with everything already committed left where it is (architecture §5): the same
 * article elsewhere at the same hour, where the shopper agreed to that; else the shopper is asked; else the money goes back. Units that
 * are waited for are offered as soon as a shop has them. Carried out twice it changes nothing.
 */
export async function resolveRescues(orderId: OrderId, ports: Ports = systemPorts, policy: RescuePolicy = rescuePolicy): Promise<Outcome> {
  return observed({ useCase: 'resolve-rescues', actor: 'system', ids: { orderId } }, async () => {
    for (let attempt = 1; ; attempt += 1) {
      const mayOffer = attempt <= ATTEMPTS;
      const outcome = await withTransaction((tx) => resolve(tx, { orderId, ports, policy, mayOffer }));
      if (outcome.ok || !mayOffer) return outcome;
      await expireHolds(ports.clock.now()); // units counted as free may still be held by a basket whose time is over
    }
  });
}

type Work = { readonly orderId: OrderId; readonly ports: Ports; readonly policy: RescuePolicy; readonly mayOffer: boolean };

type Resolving = Work & {
  readonly parts: readonly LockedSubOrder[];
  readonly book: ShopBook;
  readonly settings: RoutingSettings;
  readonly by: ChangedBy;
};

async function resolve(tx: Tx, work: Work): Promise<Outcome> {
  const parts = await lockAllOfOrder(tx, work.orderId);
  const pending = (await listPending(tx, work.orderId)).filter(({ state }) => state === 'searching' || state === 'waiting');
  const [first] = parts;
  const done = { offered: 0, asked: 0, refunded: 0 };
  if (!first || pending.length === 0) return ok(done);
  const now = work.ports.clock.now();
  const by: ChangedBy = { actor: { kind: 'system', id: undefined }, now, ids: work.ports.ids, quietly: first.isReplayed };
  const book = await loadShopBook(now, tx);
  const settings = await loadSettings(now, tx);
  const resolving: Resolving = { ...work, parts, book, settings, by };
  for (const part of await readSearched(tx, { orderId: work.orderId, parts, book, rescues: pending })) {
    const carried = await offerCarried(tx, part, resolving);
    if (!carried.ok) return carried;
    const offered = await offerElsewhere(tx, carried.value.left, resolving);
    if (!offered.ok) return offered;
    done.offered += carried.value.offered + offered.value.offered;
    for (const searched of offered.value.left.searched) {
      if (searched.rescue.state === 'waiting') continue;
      const isAsked = await askOrRefund(tx, { part: offered.value.left, searched }, resolving);
      done[isAsked ? 'asked' : 'refunded'] += 1;
    }
  }
  if (done.refunded > 0) await noteSettled(tx, work.orderId, by);
  return ok(done);
}

type Offered = { readonly offered: number; readonly left: SearchedPart };

/**
 * What other shops of the network carry to the shop where the shopper collects, before the promise: nothing the shopper was told changes, so nobody is
 * asked, whatever was wished for another shop's contract (ADR 0161). What the best of them does not bring, the next one may (ADR 0211).
 */
async function offerCarried(tx: Tx, part: SearchedPart, resolving: Resolving): Promise<Result<Offered, GoodsGone>> {
  const { book, parts, by, ports, mayOffer } = resolving;
  const question = mayOffer ? await poseCarry(tx, part, resolving) : undefined;
  const carry = question && findCarried(question, part.subOrder.promisedFrom);
  if (!carry) return ok({ offered: 0, left: part });
  const carried = carriedPartOf(carry, part, book);
  const made = await offerCarriedPart(tx, { parts, carried, book }, by, ports);
  if (!made.ok) return made;
  const served = carried.part.items.map((item) => item.searched.rescue);
  for (const rescue of served) await noteOffered(tx, rescue);
  const left = { ...part, searched: part.searched.filter(({ rescue }) => !served.includes(rescue)) };
  const rest = await offerCarried(tx, left, resolving);
  return rest.ok ? ok({ ...rest.value, offered: 1 + rest.value.offered }) : rest;
}

/** Offers what may go elsewhere without asking; what is left keeps its rescue. */
async function offerElsewhere(tx: Tx, part: SearchedPart, resolving: Resolving): Promise<Result<Offered, GoodsGone>> {
  const { policy, parts, book, by, ports, mayOffer } = resolving;
  const wished = part.searched.filter(({ rescue }) => mayGoElsewhere(rescue, part, policy));
  if (wished.length === 0 || !mayOffer) return ok({ offered: 0, left: part });
  const found = await findOffers(tx, { ...part, searched: wished }, resolving);
  const offered = found.slice(0, 1).flat();
  const split = await splitRescues(tx, { part, offered }, by);
  const [sole] = found;
  const alternatives = found.length > 1 && sole?.length === 1 ? found.slice(1).flat() : [];
  const made = await offerRescueParts(
    tx,
    { parts, offered: [...split.offered, ...alternatives], book, isSole: alternatives.length === 0 },
    by,
    ports,
  );
  if (!made.ok) return made;
  const served = split.offered.flatMap(({ items }) => items.map(({ searched }) => searched.rescue));
  for (const rescue of served) await noteOffered(tx, rescue);
  return ok({ offered: made.value.length, left: split.left });
}

function mayGoElsewhere(
  { state, attempts }: SearchedPart['searched'][number]['rescue'],
  { subOrder }: SearchedPart,
  { mostAttempts }: RescuePolicy,
): boolean {
  if (attempts >= mostAttempts) return false;
  return state === 'waiting' || subOrder.rescueWish === 'elsewhere';
}

/** The plan to offer and, where the policy asks several shops at once, others that would serve all of it by themselves. */
async function findOffers(tx: Tx, part: SearchedPart, { book, settings, policy }: Resolving): Promise<readonly (readonly RescuePart[])[]> {
  const listings = [...new Set(part.searched.map(({ line }) => line.listingId))];
  const candidates = await readRescueCandidates(tx, listings, book.now);
  const isWaiting = part.searched.every(({ rescue }) => rescue.state === 'waiting');
  const question: RescueQuestion = {
    part,
    candidates,
    book,
    settings,
    policy,
    wish: 'elsewhere',
    method: part.subOrder.method,
    deadline: isWaiting ? plusMs(book.now, WHENEVER) : sameHour(part.subOrder, policy),
    isNear: !isWaiting && part.subOrder.method === 'pickup',
  };
  const first = findElsewhere(question);
  const isWhole = first.length === 1 && first[0]?.items.every(({ quantity, searched }) => quantity === searched.rescue.quantity);
  if (!isWhole) return first.length === 0 ? [] : [first];
  const found = [first];
  const used = new Set(first.map(({ shopId }) => shopId));
  while (found.length < settings.policy.rescueShops) {
    const rest = candidates.filter((candidate) => !used.has(candidate.shopId));
    const [other, second] = findElsewhere({ ...question, candidates: rest });
    const isAlike =
      other?.items.length === first[0]?.items.length && other?.items.every((item) => item.quantity === item.searched.rescue.quantity);
    if (!other || second || !isAlike) break;
    used.add(other.shopId);
    found.push([other]);
  }
  return found;
}

async function askOrRefund(
  tx: Tx,
  { part, searched }: { readonly part: SearchedPart; readonly searched: SearchedPart['searched'][number] },
  { parts, book, settings, policy, by }: Resolving,
): Promise<boolean> {
  const { rescue } = searched;
  const options = rescue.attempts >= policy.mostAttempts ? [] : await listOptions(tx, searched, { part, parts, book, settings, policy });
  if (options.length === 0) {
    await refundRescue(tx, { rescue, parts }, by);
    return false;
  }
  await askShopper(tx, { rescue, parts }, { options, decideBy: plusMs(by.now, policy.answerMs) }, by);
  return true;
}
