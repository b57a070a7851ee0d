import type { Currency, Instant, Interval, MerchantId, NetworkId, Position, ShopId } from '@/lib/kernel';
import type { CommissionRate } from '@/lib/oms';

export type ShopLevel = 'window' | 'reserve' | 'sell';

/** Which ways of receiving a shop offers, with its own figures. Minor units, metres, local times `HH:MM`. */
export type ShopServicesView = {
  readonly pickup: boolean;
  readonly courier: {
    readonly priceMinor: number;
    readonly radiusMetres: number;
    readonly slots: readonly (readonly [string, string])[];
  } | null;
  readonly parcel: { readonly priceMinor: number; readonly days: number; readonly maxGrams: number } | null;
  readonly takesReturns: boolean;
  readonly buysReturns?: boolean | undefined;
  /** Sets things aside without obligation, to be paid in the shop. */
  readonly setAside: boolean;
};

/** An area of the city into which couriers ride at its own hours and price. Minor units, metres, local times `HH:MM`. */
export type CourierZone = {
  readonly slug: string;
  readonly name: string;
  readonly centre: Position;
  readonly radiusMetres: number;
  /** A round to one door, and what each further shop it collects from adds. */
  readonly priceMinor: number;
  readonly furtherShopMinor: number;
  readonly slots: readonly (readonly [string, string])[];
  /** Beginnings of slots in which no door is left. */
  readonly full: ReadonlySet<Instant>;
};

/** What everybody may know of a shop, and when it is open in the coming two weeks. */
export type ShopFacts = {
  readonly id: ShopId;
  readonly slug: string;
  readonly name: string;
  readonly trade: string;
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly at: Position;
  readonly phone: string;
  readonly awning: number;
  readonly timeZone: string;
  readonly openingHours: string;
  readonly services: ShopServicesView;
  /** The city's zones, the same for every shop. */
  readonly zones: readonly CourierZone[];
  /** Sorted, closures taken out; an interval that is running is whole. */
  readonly openings: readonly Interval[];
  readonly preparationMinutes: number;
  readonly capacityPerHour: number;
  readonly acceptanceMinutes: number;
  readonly level: ShopLevel;
  /** The switch on the counter. */
  readonly takesOrders: boolean;
  readonly pausedUntil: Instant | undefined;
  /** Why: said at the counter, or an order that was not answered. */
  readonly pauseReason: 'away' | 'silent' | undefined;
  readonly returnDays: number;
  readonly merchantId: MerchantId;
  readonly merchantName: string;
  /** The shops it shares goods with; none for one that stands alone. */
  readonly networkId: NetworkId | undefined;
  /** What the city takes of its sales: the most specific rate first, the contract's last. */
  readonly commissionRates: readonly CommissionRate[];
  readonly verifiedAt: Instant | undefined;
  /** The merchant sells without VAT (small business, margin scheme) from the row of its date. */
  readonly vatRegime: 'normal' | 'exempt' | 'margin';
};

/** The one city all shops belong to. */
export type CityFacts = {
  readonly name: string;
  readonly at: Position;
  readonly timeZone: string;
  readonly country: string;
  readonly region: string;
  readonly currency: Currency;
  readonly defaultLocale: string;
};

/** Who answers for an offer, as trade law wants it read before the basket (ME-02, OP-51). */
export type MerchantIdentityView = {
  readonly legalName: string;
  readonly legalForm: string;
  readonly capital: string | undefined;
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  readonly register: string;
  readonly registrationNumber: string;
  readonly vatNumber: string | undefined;
  readonly mediatorName: string;
  readonly mediatorUrl: string;
  readonly isProfessional: boolean;
  readonly selfCertifiedAt: Instant | undefined;
  readonly verifiedAt: Instant | undefined;
};
