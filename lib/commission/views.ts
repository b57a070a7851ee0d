import type { CommissionScope } from '@/db/schema';
import type { CommissionRuleId, Instant, Minor, ShopId } from '@/lib/kernel';

export type CommissionRuleView = {
  readonly ruleId: CommissionRuleId;
  readonly scope: CommissionScope;
  /** The network's or the shop's; undefined for the city. */
  readonly name: string | undefined;
  readonly rateBps: number;
  readonly reason: string;
  readonly announcedAt: Instant;
  readonly announcedBy: string | undefined;
  readonly validFrom: Instant;
  readonly validTo: Instant | undefined;
  readonly state: 'coming' | 'current' | 'over' | 'withdrawn';
};

export type CommissionSubjectView = { readonly subject: string; readonly scope: CommissionScope; readonly name: string | undefined };

/** What a rate would change. Fees net of VAT, minor units. */
export type CommissionPreviewView = {
  readonly sampleMinor: Minor;
  readonly shops: readonly {
    readonly shopId: ShopId;
    readonly name: string;
    readonly nowBps: number;
    readonly sampleNowMinor: Minor;
    readonly sampleThenMinor: Minor;
    /** Goods handed over in the last thirty days, and the fee on them. */
    readonly soldMinor: Minor;
    readonly soldNowMinor: Minor;
    readonly soldThenMinor: Minor;
  }[];
};
