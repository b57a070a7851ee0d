import type { OperatorIdentity } from '@/db/schema';
import type { Currency, Position } from '@/lib/kernel';

/**
 * How far the city has come: `soon` shows who is coming, `opening` leads by its shops, `full` is the whole storefront. From how many
 * shops and products on is the city's setting.
 */
export type CityStage = 'soon' | 'opening' | 'full';

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
  readonly stage: CityStage;
};
