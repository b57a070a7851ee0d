import { err, ok } from '@/lib/kernel';
import type { Result } from '@/lib/kernel';

/** A whole life: what is not written in it cannot happen. */
export type Lifecycle<State extends string, Event extends string> = Readonly<Record<State, Readonly<Partial<Record<Event, State>>>>>;

export type NotAllowed<State extends string, Event extends string> = {
  readonly kind: 'transition-not-allowed';
  readonly from: State;
  readonly event: Event;
};

/** The state after an event. Errors: `transition-not-allowed` with the state it was in; nothing changes. */
export function follow<State extends string, Event extends string>(
  life: Lifecycle<State, Event>,
  state: State,
  event: Event,
): Result<State, NotAllowed<State, Event>> {
  const next = life[state][event];
  return next === undefined ? err({ kind: 'transition-not-allowed', from: state, event }) : ok(next);
}
