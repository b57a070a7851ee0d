import type { CommissionScope, FulfilmentMethod, Localised } from '@/db/schema';
import type { CategoryId, CommissionRuleId, Instant, Minor, ShopId } from '@/lib/kernel';

export type CommissionRuleView = {
  readonly ruleId: CommissionRuleId;
  readonly scope: CommissionScope;
  /** The network's or the shop's; undefined for the city. */
  readonly name: string | undefined;
  /** Only for this department and all below it. */
  readonly department: Localised | undefined;
  /** Only for what is received this way. */
  readonly method: FulfilmentMethod | undefined;
  readonly rateBps: number;
  readonly reason: string;
  readonly announcedAt: Instant;
  readonly announcedBy: string | undefined;
  readonly validFrom: Instant;
  readonly validTo: Instant | undefined;
  readonly state: 'coming' | 'current' | 'over' | 'withdrawn';
};

/** What a sentence about a rule needs. */
export type RuleWords = Pick<CommissionRuleView, 'scope' | 'name' | 'department' | 'method' | 'reason' | 'validFrom'>;

export type CommissionSubjectView = { readonly subject: string; readonly scope: CommissionScope; readonly name: string | undefined };

/** A department as a choice; `depth` counts the ones above it. */
export type CommissionDepartmentView = { readonly categoryId: CategoryId; readonly name: Localised; readonly depth: number };

/** What a rate would change. Fees net of VAT, minor units. */
export type CommissionPreviewView = {
  readonly sampleMinor: Minor;
  readonly shops: readonly {
    readonly shopId: ShopId;
    readonly name: string;
    readonly nowBps: number;
    readonly sampleNowMinor: Minor;
    readonly sampleThenMinor: Minor;
    /** Goods of the rate's department and way of receiving handed over in the last thirty days, and the fee on them. */
    readonly soldMinor: Minor;
    readonly soldNowMinor: Minor;
    readonly soldThenMinor: Minor;
  }[];
};
