import { cache } from 'react';
import type { CounterQueueView } from '@/lib/fulfilment/views';
import { listCounterQueue } from '@/lib/fulfilment';
import type { ShopId, ShopRole, PersonId } from '@/lib/kernel';

/** The shop's queue, asked once a render: the rail counts it and the counter shows it. */
const queueOf = cache((shopId: ShopId, personId: PersonId, role: ShopRole): Promise<CounterQueueView> =>
  listCounterQueue({ kind: 'shop', shopId, personId, role }),
);

/** As `queueOf`, for the scope a door gave. */
export function counterQueue(scope: {
  readonly shopId: ShopId;
  readonly personId: PersonId;
  readonly role: ShopRole;
}): Promise<CounterQueueView> {
  return queueOf(scope.shopId, scope.personId, scope.role);
}
