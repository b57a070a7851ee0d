import type { stockMovements } from '@/db/schema';
import type { Instant, ShopId } from '@/lib/kernel';
import type { StockKey } from './stock-keys';

export type MovementReason = (typeof stockMovements.$inferSelect)['reason'];

/** A fact about a shelf, as its source tells it. `sourceKey` names it there: the same key again is the same fact. */
export type Movement = StockKey & {
  readonly shopId: ShopId;
  readonly kind: 'count' | 'change';
  readonly quantity: number;
  readonly reason: MovementReason;
  readonly source: string;
  readonly sourceKey: string;
  readonly occurredAt: Instant;
  /** Picks this fact tells of: units on record that were there, or were not. */
  readonly found?: number;
  readonly missed?: number;
};
