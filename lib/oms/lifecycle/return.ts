import type { Result } from '@/lib/kernel';
import { follow } from './table';
import type { Lifecycle, NotAllowed } from './table';

/** Why goods come back: the right to withdraw, a defect, another size. */
export const returnCauses = ['withdrawal', 'defect', 'exchange'] as const;
export type ReturnCause = (typeof returnCauses)[number];

/**
 * Where a return stands. `stated`: the shopper said so. `accepted`: the shop agreed, or the law did for it. `sent-back`: there is proof of
 * despatch. `received`: the goods are at a shop. `settled`: money, goods or repair were given. `refused`: a claim that was not one.
 * `dropped`: the shopper keeps the goods.
 */
export const returnStates = ['stated', 'accepted', 'sent-back', 'received', 'settled', 'refused', 'dropped'] as const;
export type ReturnState = (typeof returnStates)[number];

export const returnEvents = ['accept', 'refuse', 'send', 'receive', 'settle', 'drop'] as const;
export type ReturnEvent = (typeof returnEvents)[number];

const claim: Lifecycle<ReturnState, ReturnEvent> = {
  stated: { accept: 'accepted', refuse: 'refused', drop: 'dropped' },
  accepted: { send: 'sent-back', receive: 'received', settle: 'settled', drop: 'dropped' },
  'sent-back': { receive: 'received', settle: 'settled' },
  received: { settle: 'settled', refuse: 'refused' },
  settled: {},
  refused: {},
  dropped: {},
};

/** A withdrawal needs nobody's consent (BO-05): stating it is having it, and no shop can refuse it. */
const withdrawal: Lifecycle<ReturnState, ReturnEvent> = {
  ...claim,
  stated: { accept: 'accepted', send: 'sent-back', receive: 'received', drop: 'dropped' },
  accepted: { send: 'sent-back', receive: 'received', drop: 'dropped' },
  received: { settle: 'settled' },
};

/**
 * The state of a return after an event.
 *
 * Guarantees: a withdrawal is never refused, and is settled once there is proof of despatch or the goods are back (BO-12); a claim may be
 *   settled without the goods (a price reduction). Errors: `transition-not-allowed`.
 */
export function returnTransition(
  cause: ReturnCause,
  state: ReturnState,
  event: ReturnEvent,
): Result<ReturnState, NotAllowed<ReturnState, ReturnEvent>> {
  return follow(cause === 'withdrawal' ? withdrawal : claim, state, event);
}
