import type { SubOrderStateView } from '@/lib/fulfilment/views';

/** Every state of a sub-order, in the order of its life. */
export const subOrderStates = [
  'placed',
  'offered',
  'accepted',
  'preparing',
  'ready',
  'despatched',
  'handed-over',
  'delivered',
  'refused',
  'unanswered',
  'cancelled',
  'expired',
  'uncollected',
] as const satisfies readonly SubOrderStateView[];
