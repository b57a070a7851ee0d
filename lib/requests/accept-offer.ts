import { and, eq } from 'drizzle-orm';
import { offers, requestAnswers, requests } from '@/db/schema';
import { addLine, type AddedLine, type BasketRefusal } from '@/lib/basket';
import { lockCommons, putOffer, takeOver, type LegalFacts } from '@/lib/catalogue';
import { lookAtShelf, placeOnDemand } from '@/lib/inventory';
import type { ListingId, Locale, Minor, OfferId, RequestId, RequestScope, Result, ShopId, ShopScope, ShopperScope } from '@/lib/kernel';
import { err, invariant, ok } from '@/lib/kernel';
import type { ModuleOff } from '@/lib/modules';
import { isModuleOn } from '@/lib/modules';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { draftOfAnswer, factsIn } from './draft-of-answer';
import { listingOfOffer } from './listing-of-offer';
import { leadTimeOf } from './limits';

type AcceptRefusal =
  | ModuleOff
  | { readonly kind: 'request-over' }
  /** The shop took it back, or never offered it. */
  | { readonly kind: 'offer-gone' }
  | BasketRefusal;

type AcceptOffer = { readonly shopId: ShopId; readonly quantity: number; readonly locale: Locale };

type Taken = { readonly offerId: OfferId; readonly priceMinor: Minor; readonly quantity: number };

/**
 * Takes a shop's offer: the thing goes on sale there as any other (with its price, its count, its place in the moderators' queue of pages
 * that look alike) and into the basket, with that shop chosen. One offer is taken; taking it again changes nothing but the basket.
 */
export async function acceptOffer(
  request: RequestScope,
  shopper: ShopperScope,
  { shopId, quantity, locale }: AcceptOffer,
  ports: Ports = systemPorts,
): Promise<Result<AddedLine, AcceptRefusal>> {
  return observed({ useCase: 'accept-offer', actor: shopper.kind, ids: { requestId: request.requestId, shopId } }, async () => {
    const taken = await withTransaction((tx) => take(tx, request.requestId, shopId, ports));
    if (!taken.ok) return taken;
    const { offerId, priceMinor } = taken.value;
    const listingId = await listingOfOffer(offerId);
    const wanted = Math.min(Math.max(1, quantity), taken.value.quantity);
    return addLine(shopper, { listingId, offerId, quantity: wanted, shopChosen: true, priceSeenMinor: priceMinor }, ports, locale);
  });
}

async function take(tx: Tx, requestId: RequestId, shopId: ShopId, ports: Ports): Promise<Result<Taken, AcceptRefusal>> {
  if (!(await isModuleOn(tx, 'requests'))) return err({ kind: 'module-off', module: 'requests' });
  await lockCommons(tx);
  const [row] = await tx
    .select({ request: requests, answer: requestAnswers })
    .from(requests)
    .innerJoin(requestAnswers, and(eq(requestAnswers.requestId, requests.id), eq(requestAnswers.shopId, shopId)))
    .where(eq(requests.id, requestId))
    .for('update');
  if (!row) return err({ kind: 'offer-gone' });
  const { request, answer } = row;
  const { title, priceMinor, quantity, available, answeredBy } = answer;
  if (title === null || priceMinor === null || quantity === null || available === null || answeredBy === null)
    return err({ kind: request.state === 'open' ? 'offer-gone' : 'request-over' });
  if (answer.state === 'accepted' && answer.offerId !== null) return ok({ offerId: answer.offerId, priceMinor, quantity });
  const now = ports.clock.now();
  if (request.state !== 'open' || request.expiresAt <= now) return err({ kind: 'request-over' });
  const goods = { requestId, shopId, title, priceMinor, listingId: request.listingId, facts: factsIn(answer.facts) };
  const offerId = await putOnSale(tx, goods, ports);
  const locationId = await placeOnDemand(tx, shopId, leadTimeOf[available], ports);
  const scope: ShopScope = { kind: 'shop', shopId, personId: answeredBy, role: 'counter' };
  const counted = await lookAtShelf(tx, scope, { offerId, locationId, free: quantity, key: `request:${requestId}`, at: now }, ports);
  invariant(counted.ok, 'what a shop offers can be counted');
  await tx
    .update(requestAnswers)
    .set({ state: 'accepted', offerId })
    .where(and(eq(requestAnswers.requestId, requestId), eq(requestAnswers.shopId, shopId)));
  await tx.update(requests).set({ state: 'accepted', email: null, endedAt: now }).where(eq(requests.id, requestId));
  await appendEvents(tx, [{ name: 'RequestEnded', subject: requestId, facts: { requestId, state: 'accepted' } }], {
    actor: { kind: 'shopper', id: undefined },
    now,
    ids: ports.ids,
  });
  return ok({ offerId, priceMinor, quantity });
}

type Goods = {
  readonly requestId: RequestId;
  readonly shopId: ShopId;
  readonly title: string;
  readonly priceMinor: Minor;
  readonly listingId: ListingId | null;
  readonly facts: LegalFacts | undefined;
};

/** The page the request was about gets one more offer; anything else gets a page of its own, in the shop's words. */
async function putOnSale(tx: Tx, { requestId, shopId, title, priceMinor, listingId, facts }: Goods, ports: Ports): Promise<OfferId> {
  const code = `DEM-${requestId.slice(-10)}`;
  if (listingId !== null) {
    const merchantSku = (await ownCode(tx, shopId, listingId)) ?? code;
    const put = await putOffer(tx, shopId, { of: { listingId }, merchantSku, priceMinor, condition: 'new' }, ports);
    if (put.ok) return put.value.offerId;
  }
  const [taken] = await takeOver(
    tx,
    { shopId, items: [{ position: 0, draft: draftOfAnswer(code, { title, priceMinor, facts }), sheet: undefined, offerId: undefined }] },
    ports,
  );
  invariant(taken, 'one thing makes one offer');
  return taken.offerId;
}

/** The code under which the shop sells the thing already, or sold it once. */
async function ownCode(tx: Tx, shopId: ShopId, listingId: ListingId): Promise<string | undefined> {
  const [row] = await tx
    .select({ code: offers.merchantSku })
    .from(offers)
    .where(and(eq(offers.shopId, shopId), eq(offers.listingId, listingId), eq(offers.condition, 'new')))
    .orderBy(offers.id)
    .limit(1);
  return row?.code;
}
