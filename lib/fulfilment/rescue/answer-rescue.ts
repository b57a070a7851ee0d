import type { OrderScope, RescueId, Result } from '@/lib/kernel';
import { err, ok, plusMs } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { loadShopBook } from '@/lib/shops';
import { loadSettings, readRescueCandidates } from '@/lib/sourcing';
import type { ChangedBy } from '../advance-sub-order';
import { noteSettled } from '../advance-sub-order';
import type { LockedSubOrder } from '../sub-order-repository';
import { lockAllOfOrder } from '../sub-order-repository';
import { refundRescue } from './decide-rescue';
import { findCarried } from './find-carried';
import { findElsewhere } from './find-elsewhere';
import { asSubstitute } from './list-options';
import type { GoodsGone } from './offer-rescue-parts';
import { offerCarriedPart, offerRescueParts } from './offer-rescue-parts';
import { carriedPartOf, poseCarry } from './pose-carry';
import type { SearchedPart } from './pose-rescue';
import { readSearched } from './read-searched';
import type { ServedOption } from './rescue-options';
import { readOptions } from './rescue-options';
import { rescuePolicy } from './rescue-policy';
import type { RescueRow } from './rescue-repository';
import { listPending, noteOffered, updateRescue } from './rescue-repository';

/** The place of an option in the list that was shown, or the refund. */
export type RescueChoice = 'refund' | { readonly option: number };

export type RescueAnswerRefusal =
  | { readonly kind: 'rescue-not-found' }
  /** Answered before, or the deadline passed: nothing is asked any more. */
  | { readonly kind: 'already-decided' };

/** `searching`: what was chosen was taken meanwhile; the shopper is asked again. */
export type RescueAnswered = { readonly state: RescueRow['state'] };

type Outcome = Result<RescueAnswered, RescueAnswerRefusal>;

/** The shopper decides what happens with units a shop could not serve. What was chosen is claimed now or asked about again. */
export async function answerRescue(
  scope: OrderScope,
  answer: { readonly rescueId: RescueId; readonly choice: RescueChoice },
  ports: Ports = systemPorts,
): Promise<Outcome> {
  const { orderId } = scope;
  return observed({ useCase: 'answer-rescue', actor: scope.kind, ids: { orderId, rescueId: answer.rescueId } }, async () => {
    const chosen = await withTransaction((tx) => decide(tx, { scope, answer, ports }));
    if (chosen.ok) return chosen;
    if (chosen.error.kind === 'goods-gone') return withTransaction((tx) => askAgain(tx, { scope, answer, ports }));
    return err(chosen.error);
  });
}

type Work = {
  readonly scope: OrderScope;
  readonly answer: { readonly rescueId: RescueId; readonly choice: RescueChoice };
  readonly ports: Ports;
};

type Asked = { readonly rescue: RescueRow; readonly parts: readonly LockedSubOrder[]; readonly by: ChangedBy };

async function findAsked(tx: Tx, { scope, answer, ports }: Work): Promise<Result<Asked, RescueAnswerRefusal>> {
  const parts = await lockAllOfOrder(tx, scope.orderId);
  const rescue = (await listPending(tx, scope.orderId)).find(({ id }) => id === answer.rescueId);
  if (!rescue || rescue.state === 'searching' || rescue.state === 'offered')
    return err({ kind: rescue ? 'already-decided' : 'rescue-not-found' });
  const by: ChangedBy = { actor: { kind: 'shopper', id: undefined }, now: ports.clock.now(), ids: ports.ids, quietly: false };
  return ok({ rescue, parts, by });
}

async function decide(tx: Tx, work: Work): Promise<Result<RescueAnswered, RescueAnswerRefusal | GoodsGone>> {
  const asked = await findAsked(tx, work);
  if (!asked.ok) return asked;
  const { rescue, by } = asked.value;
  const { choice } = work.answer;
  if (choice === 'refund') {
    await refundRescue(tx, asked.value, by);
    await noteSettled(tx, rescue.orderId, by);
    return ok({ state: 'refunded' });
  }
  const option = rescue.state === 'asked' ? readOptions(rescue.options)[choice.option] : undefined;
  if (!option) return err({ kind: 'already-decided' });
  if (option.kind === 'wait') {
    await updateRescue(tx, rescue.id, { state: 'waiting', decideBy: option.until });
    return ok({ state: 'waiting' });
  }
  return take(tx, { ...asked.value, option }, work.ports);
}

/** Claims what was chosen, at the hour that was read or earlier, or half an hour later at most. */
async function take(
  tx: Tx,
  { rescue, parts, by, option }: Asked & { readonly option: ServedOption },
  ports: Ports,
): Promise<Result<RescueAnswered, GoodsGone>> {
  const book = await loadShopBook(by.now, tx);
  const [part] = await readSearched(tx, { orderId: rescue.orderId, parts, book, rescues: [rescue] });
  const searched = part?.searched.map((one) => (option.kind === 'substitute' ? asSubstitute(one, option.listingId, option.title) : one));
  if (!part || !searched) return err({ kind: 'goods-gone' });
  if (option.kind === 'carried') return takeCarried(tx, { rescue, parts, part, book, option }, by, ports);
  const candidates = (await readRescueCandidates(tx, [option.listingId], by.now)).filter(({ offerId }) => offerId === option.offerId);
  const deadline = plusMs(option.to ?? option.from, rescuePolicy.sameHourMs);
  const offered = findElsewhere({
    part: { ...part, searched },
    candidates,
    book,
    settings: await loadSettings(by.now, tx),
    policy: rescuePolicy,
    wish: 'elsewhere',
    method: option.method,
    deadline,
    isNear: false,
  });
  const isWhole = offered.length === 1 && offered[0]?.items.every((item) => item.quantity === rescue.quantity);
  if (!isWhole) return err({ kind: 'goods-gone' });
  const made = await offerRescueParts(tx, { parts, offered, book, isSole: true }, by, ports);
  if (!made.ok) return made;
  await noteOffered(tx, rescue);
  return ok({ state: 'offered' });
}

type TakingCarried = Pick<Asked, 'rescue' | 'parts'> & {
  readonly part: SearchedPart;
  readonly book: ShopBook;
  readonly option: ServedOption;
};

/** The shop itself after all: whoever of its network brings it for the hour that was read, be it another than was thought of then. */
async function takeCarried(
  tx: Tx,
  { rescue, parts, part, book, option }: TakingCarried,
  by: ChangedBy,
  ports: Ports,
): Promise<Result<RescueAnswered, GoodsGone>> {
  const question = await poseCarry(tx, part, { parts, book, policy: rescuePolicy });
  const carry = question && findCarried(question, option.from);
  if (!carry) return err({ kind: 'goods-gone' });
  const made = await offerCarriedPart(tx, { parts, carried: carriedPartOf(carry, part, book), book }, by, ports);
  if (!made.ok) return made;
  await noteOffered(tx, rescue);
  return ok({ state: 'offered' });
}

async function askAgain(tx: Tx, work: Work): Promise<Outcome> {
  const asked = await findAsked(tx, work);
  if (!asked.ok) return asked;
  const { rescue, by } = asked.value;
  await updateRescue(tx, rescue.id, { state: 'searching', decideBy: null });
  await appendEvents(tx, [{ name: 'RescueDue', subject: rescue.orderId, facts: { orderId: rescue.orderId } }], by);
  return ok({ state: 'searching' });
}
