import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allowedEvents,
  isFinal,
  isFulfilled,
  orderState,
  paymentLifeEvents,
  paymentTransition,
  returnCauses,
  returnEvents,
  returnTransition,
  shopperStep,
  subOrderEvents,
  subOrderStates,
  transition,
} from '@/lib/oms';
import type { PaymentLifeState, ReturnState, SubOrderEvent, SubOrderState } from '@/lib/oms';

function walk(...events: readonly SubOrderEvent[]): SubOrderState {
  return events.reduce<SubOrderState>((state, event) => {
    const next = transition(state, event);
    if (!next.ok) throw new Error(`${next.error.event} in ${next.error.from}`);
    return next.value;
  }, 'placed');
}

describe('a sub-order', () => {
  test('goes from placed to handed over, and from placed to delivered', () => {
    expect(walk('offer', 'accept', 'start', 'finish', 'hand-over')).toBe('handed-over');
    expect(walk('offer', 'accept', 'start', 'finish', 'despatch', 'deliver')).toBe('delivered');
  });

  test('ends early in each of the five ways', () => {
    expect(walk('expire')).toBe('expired');
    expect(walk('offer', 'refuse')).toBe('refused');
    expect(walk('offer', 'time-out')).toBe('unanswered');
    expect(walk('offer', 'accept', 'cancel')).toBe('cancelled');
    expect(walk('offer', 'accept', 'start', 'finish', 'give-up')).toBe('uncollected');
    expect(walk('offer', 'accept', 'start', 'finish', 'despatch', 'give-up')).toBe('uncollected');
  });

  test('refuses what its state does not allow, with the facts', () => {
    expect(transition('placed', 'hand-over')).toEqual({
      ok: false,
      error: { kind: 'transition-not-allowed', from: 'placed', event: 'hand-over' },
    });
    expect(transition('despatched', 'cancel').ok).toBe(false);
  });

  test('never leaves a final state, and never loses goods that reached the shopper', () => {
    for (const state of subOrderStates.filter(isFinal)) {
      for (const event of subOrderEvents) expect(transition(state, event).ok).toBe(false);
    }
    expect(subOrderStates.filter(isFulfilled).every(isFinal)).toBe(true);
  });

  test('reaches a final state from anywhere, whatever happens on the way', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (choices) => {
        let state: SubOrderState = 'placed';
        let steps = 0;
        for (const choice of choices) {
          const events = allowedEvents(state);
          const event = events[choice % Math.max(1, events.length)];
          if (event === undefined) break;
          const next = transition(state, event);
          if (next.ok) state = next.value;
          expect((steps += 1)).toBeLessThan(8);
        }
        expect(isFinal(state)).toBe(true);
      }),
    );
  });

  test('shows the shopper five steps or an end', () => {
    expect(subOrderStates.map(shopperStep)).toEqual([
      'received',
      'received',
      'accepted',
      'preparing',
      'ready',
      'ready',
      'done',
      'done',
      'ended',
      'ended',
      'ended',
      'ended',
      'ended',
    ]);
  });
});

describe('an order', () => {
  test('does not depend on the order of its sub-orders', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...subOrderStates), { maxLength: 6 }), (states) => {
        expect(orderState(states.toReversed())).toBe(orderState(states));
        expect(orderState(states.toSorted())).toBe(orderState(states));
      }),
    );
  });

  test('says where the whole stands, leaving early ends aside while anything lives', () => {
    expect(orderState(['placed', 'placed'])).toBe('placed');
    expect(orderState(['placed', 'offered'])).toBe('in-progress');
    expect(orderState(['ready', 'preparing'])).toBe('in-progress');
    expect(orderState(['ready', 'delivered', 'refused'])).toBe('ready');
    expect(orderState(['handed-over', 'delivered', 'cancelled'])).toBe('completed');
    expect(orderState(['expired', 'expired'])).toBe('expired');
    expect(orderState(['refused', 'unanswered'])).toBe('ended');
  });
});

describe('a payment', () => {
  test('is taken once and only when it was held, whatever is reported', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...paymentLifeEvents), { maxLength: 12 }), (events) => {
        let state: PaymentLifeState = 'created';
        const seen: PaymentLifeState[] = [state];
        for (const event of events) {
          const next = paymentTransition(state, event);
          if (!next.ok) continue;
          expect(['captured', 'voided']).not.toContain(state);
          if (next.value === 'captured') expect(state).toBe('authorised');
          state = next.value;
          seen.push(state);
        }
        expect(seen.filter((one) => one === 'captured').length).toBeLessThanOrEqual(1);
        expect(seen.includes('captured') && seen.includes('voided')).toBe(false);
      }),
    );
  });

  test('may be tried again with another card', () => {
    expect([paymentTransition('declined', 'authorise'), paymentTransition('declined', 'capture').ok]).toEqual([
      { ok: true, value: 'authorised' },
      false,
    ]);
  });
});

describe('a return', () => {
  test('that is a withdrawal is never refused, and is paid back only against the goods or a proof', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...returnEvents), { maxLength: 10 }), (events) => {
        let state: ReturnState = 'stated';
        for (const event of events) {
          const next = returnTransition('withdrawal', state, event);
          if (!next.ok) continue;
          if (next.value === 'settled') expect(['sent-back', 'received']).toContain(state);
          expect(next.value).not.toBe('refused');
          state = next.value;
        }
      }),
    );
  });

  test('ends settled, refused or dropped, and nothing follows', () => {
    for (const cause of returnCauses) {
      for (const state of ['settled', 'refused', 'dropped'] as const) {
        for (const event of returnEvents) expect(returnTransition(cause, state, event).ok).toBe(false);
      }
    }
    expect(returnTransition('defect', 'stated', 'refuse')).toEqual({ ok: true, value: 'refused' });
  });
});
