import type { CatalogueSource } from '@/db/schema';
import type { Instant, ShopId } from '@/lib/kernel';

export type { CatalogueSource };

/** What a shop's keeper goes through, in the order it is shown; any order will do. */
export const beginningSteps = ['shop', 'company', 'hours', 'receiving', 'products', 'money'] as const;
export type BeginningStep = (typeof beginningSteps)[number];

/** What is still missing before the city can be asked, one code each, with the step that brings it. */
export type MissingPaper = {
  readonly step: BeginningStep;
  readonly what: 'company' | 'declarations' | 'vat-regime' | 'hours' | 'receiving' | 'products' | 'mediator' | 'mandate' | 'account';
};

export type BeginningState = 'preparing' | 'asked' | 'approved' | 'refused';

/** A shop that is being opened, as its owner wrote it. Prices in cents, distances in metres. */
export type BeginningView = {
  readonly shopId: ShopId;
  readonly slug: string;
  readonly state: BeginningState;
  readonly reason: string | undefined;
  readonly askedAt: Instant | undefined;
  readonly source: CatalogueSource | undefined;
  readonly missing: readonly MissingPaper[];
  /** Products everybody may see once the shop is open, and products that lack something the law asks. */
  readonly productsReady: number;
  readonly productsWaiting: number;
  readonly sign: {
    readonly name: string;
    readonly trade: string;
    readonly address: string;
    readonly phone: string;
    readonly keeper: string;
  };
  readonly company: {
    readonly siren: string;
    readonly legalName: string;
    readonly legalForm: string;
    readonly capital: string;
    readonly register: string;
    readonly address: string;
    readonly email: string;
    readonly vatNumber: string;
    readonly regime: 'normal' | 'exempt' | 'margin' | undefined;
    readonly hasDeclared: boolean;
  };
  readonly openingHours: string;
  readonly receiving: {
    readonly pickup: boolean;
    readonly setAside: boolean;
    readonly courierMinor: number | undefined;
    readonly courierMetres: number | undefined;
    readonly parcelMinor: number | undefined;
    readonly preparationMinutes: number;
  };
  readonly money: {
    readonly mediatorName: string;
    readonly mediatorUrl: string;
    readonly hasMandate: boolean;
    readonly account: 'none' | 'pending' | 'enabled';
  };
};

/** A shop that waits for the city's word. */
export type AskedOpeningView = {
  readonly shopId: ShopId;
  readonly slug: string;
  readonly name: string;
  readonly trade: string;
  readonly address: string;
  readonly phone: string;
  readonly keeper: string;
  readonly legalName: string;
  readonly legalForm: string;
  readonly siren: string;
  readonly register: string;
  readonly vatNumber: string | undefined;
  readonly regime: string | undefined;
  readonly email: string;
  readonly products: number;
  readonly account: 'none' | 'pending' | 'enabled';
  readonly askedAt: Instant;
};
