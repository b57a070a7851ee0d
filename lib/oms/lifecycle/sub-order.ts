import type { Result } from '@/lib/kernel';
import { follow } from './table';
import type { Lifecycle, NotAllowed } from './table';

/** Where a sub-order stands. Steps a city adds (gift wrap) are tasks within `preparing`, never states. */
export const subOrderStates = [
  'placed',
  'offered',
  'accepted',
  'preparing',
  'ready',
  'despatched',
  'handed-over',
  'delivered',
  'expired',
  'refused',
  'unanswered',
  'cancelled',
  'uncollected',
] as const;
export type SubOrderState = (typeof subOrderStates)[number];

/**
 * What may happen to a sub-order. `offer`: payment is authorised and the shop is asked. `time-out`: the shop did not answer in its
 * opening minutes. `expire`: never paid. `give-up`: not collected, or not received and back at the shop.
 */
export const subOrderEvents = [
  'offer',
  'accept',
  'start',
  'finish',
  'hand-over',
  'despatch',
  'deliver',
  'expire',
  'refuse',
  'time-out',
  'cancel',
  'give-up',
] as const;
export type SubOrderEvent = (typeof subOrderEvents)[number];

/** The whole life of a sub-order: what is not written here cannot happen. */
export const transitions: Lifecycle<SubOrderState, SubOrderEvent> = {
  placed: { offer: 'offered', expire: 'expired', cancel: 'cancelled' },
  offered: { accept: 'accepted', refuse: 'refused', 'time-out': 'unanswered', cancel: 'cancelled' },
  accepted: { start: 'preparing', refuse: 'refused', cancel: 'cancelled' },
  preparing: { finish: 'ready', refuse: 'refused', cancel: 'cancelled' },
  ready: { 'hand-over': 'handed-over', despatch: 'despatched', cancel: 'cancelled', 'give-up': 'uncollected' },
  despatched: { deliver: 'delivered', 'give-up': 'uncollected' },
  'handed-over': {},
  delivered: {},
  expired: {},
  refused: {},
  unanswered: {},
  cancelled: {},
  uncollected: {},
};

export type TransitionRefusal = NotAllowed<SubOrderState, SubOrderEvent>;

/** The state after `event`. Errors: `transition-not-allowed` with the state it was in; nothing changes. */
export function transition(state: SubOrderState, event: SubOrderEvent): Result<SubOrderState, TransitionRefusal> {
  return follow(transitions, state, event);
}

/** The events that may happen now, in the order of `subOrderEvents`: what a counter may offer as buttons. */
export function allowedEvents(state: SubOrderState): readonly SubOrderEvent[] {
  return subOrderEvents.filter((event) => transitions[state][event] !== undefined);
}

/** Nothing more happens to a sub-order in this state. */
export function isFinal(state: SubOrderState): boolean {
  return allowedEvents(state).length === 0;
}

/** The shopper has the goods. */
export function isFulfilled(state: SubOrderState): boolean {
  return state === 'handed-over' || state === 'delivered';
}

/** What the shopper reads: five steps, or an early end. */
export const shopperSteps = ['received', 'accepted', 'preparing', 'ready', 'done', 'ended'] as const;
export type ShopperStep = (typeof shopperSteps)[number];

const stepOf: Readonly<Record<SubOrderState, ShopperStep>> = {
  placed: 'received',
  offered: 'received',
  accepted: 'accepted',
  preparing: 'preparing',
  ready: 'ready',
  despatched: 'ready',
  'handed-over': 'done',
  delivered: 'done',
  expired: 'ended',
  refused: 'ended',
  unanswered: 'ended',
  cancelled: 'ended',
  uncollected: 'ended',
};

/** The step of the shopper's page a state belongs to. */
export function shopperStep(state: SubOrderState): ShopperStep {
  return stepOf[state];
}

/** The whole order, computed from its sub-orders: never a column someone sets. */
export const orderStates = ['placed', 'in-progress', 'ready', 'completed', 'expired', 'ended'] as const;
export type OrderState = (typeof orderStates)[number];

/**
 * State of the order its sub-orders make.
 *
 * Guarantees: independent of their order; early ends are left aside while anything else lives.
 *   `placed`: nothing was offered yet. `in-progress`: something is still to be prepared. `ready`: all that lives waits for the
 *   shopper or is on its way. `completed`: all that lived reached the shopper. `expired`: never paid. `ended`: nothing was served.
 */
export function orderState(states: readonly SubOrderState[]): OrderState {
  const steps = states.map((state) => stepOf[state]).filter((step) => step !== 'ended');
  if (steps.length === 0) return states.length > 0 && states.every((state) => state === 'expired') ? 'expired' : 'ended';
  if (steps.every((step) => step === 'done')) return 'completed';
  if (steps.every((step) => step === 'done' || step === 'ready')) return 'ready';
  const living = states.filter((state) => stepOf[state] !== 'ended');
  return living.every((state) => state === 'placed') ? 'placed' : 'in-progress';
}
