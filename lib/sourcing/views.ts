import type { Instant, Minor, NetworkId, ShopId } from '@/lib/kernel';
import type { Method } from '@/lib/promise/views';
import type { NetworkRules, RoutingPolicy, ZoneSlot } from './settings';

/** A version of the routing policy, as it stands in its history. */
export type PolicyVersionView = {
  readonly version: number;
  readonly policy: RoutingPolicy;
  readonly since: Instant;
  readonly source: string | undefined;
  readonly by: string | undefined;
};

/** A plan in few words, to be compared with another. */
export type SamplePlanView = {
  readonly parts: readonly { readonly shopName: string; readonly method: Method; readonly things: number }[];
  readonly totalMinor: Minor;
  readonly completeBy: Instant | undefined;
};

/** The same basket under the live policy and under a draft. */
export type SampleView = {
  readonly things: readonly string[];
  readonly before: SamplePlanView | undefined;
  readonly after: SamplePlanView | undefined;
  readonly isSame: boolean;
};

export type ZoneView = {
  readonly slug: string;
  readonly version: number;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly radiusMetres: number;
  readonly priceMinor: Minor;
  readonly furtherShopMinor: Minor;
  readonly slots: readonly ZoneSlot[];
  readonly source: string;
  readonly since: Instant;
  readonly by: string | undefined;
};

/** What an area touches: shops that bring things, those inside it, and doors of the last thirty days inside and in all. */
export type ZoneReachView = { readonly shops: number; readonly shopsInside: number; readonly doors: number; readonly doorsInAll: number };

export type NetworkDeskView = {
  readonly networkId: NetworkId;
  readonly name: string;
  readonly slug: string;
  readonly kind: 'branch' | 'franchise' | 'affiliate';
  readonly version: number;
  readonly rules: NetworkRules;
  readonly shops: readonly {
    readonly shopId: ShopId;
    readonly name: string;
    readonly slug: string;
    readonly street: string;
    readonly postcode: string;
    readonly awning: number;
  }[];
  readonly history: readonly {
    readonly version: number;
    readonly since: Instant;
    readonly source: string;
    readonly by: string | undefined;
  }[];
};
