import { inArray } from 'drizzle-orm';
import { courierRunParts } from '@/db/schema';

/** Sub-orders that may be put on a run: the shop took them on and still has them. */
export const waitingStates = ['accepted', 'preparing', 'ready'] as const;

/** Parts that are still some courier's business. */
export const isOpenPart = inArray(courierRunParts.state, ['to-fetch', 'on-board', 'absent']);
