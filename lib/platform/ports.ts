import type { Clock } from './clock';
import { systemClock } from './clock';
import type { Ids } from './ids';
import { systemIds } from './ids';

/** What a use-case takes from the machine: the time and new ids. */
export type Ports = { readonly clock: Clock; readonly ids: Ids };

/** The real ones; tests and replays pass their own. */
export const systemPorts: Ports = { clock: systemClock, ids: systemIds };
