import type { OperatorIdentity } from '@/db/schema';
import type { Currency, Position } from '@/lib/kernel';

/** The city as its pages name it, and who runs its marketplace (OP-07). */
export type CityPageView = {
  readonly name: string;
  readonly at: Position;
  readonly timeZone: string;
  readonly country: string;
  readonly region: string;
  readonly currency: Currency;
  readonly operator: OperatorIdentity;
  readonly isDemo: boolean;
};
