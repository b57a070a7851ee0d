import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowedEvents, isFinal, isFulfilled, orderState, shopperStep, subOrderEvents, subOrderStates, transition } from '@/lib/oms';
import type { SubOrderEvent, SubOrderState } from '@/lib/oms';

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
