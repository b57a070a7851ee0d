import type { Currency, Instant, Locale, Minor, PersonId, SessionId, ShopId, ShopRole } from '@/lib/kernel';
import type { OrderState } from '@/lib/oms';

/** Who is signed in at this browser. */
export type SessionView = {
  readonly sessionId: SessionId;
  readonly personId: PersonId;
  readonly email: string;
  readonly name: string | undefined;
  readonly locale: Locale;
};

/** A shop this person works in, for the switcher. */
export type WorkplaceView = {
  readonly shopId: ShopId;
  readonly slug: string;
  readonly name: string;
  readonly street: string;
  readonly town: string;
  readonly awning: number;
  readonly role: ShopRole;
};

/** Whom to ask when a role is too small. */
export type AskView = { readonly name: string; readonly email: string; readonly locale: Locale };

/** One line of "my orders". */
export type OwnOrderView = {
  readonly number: string;
  readonly token: string;
  readonly placedAt: Instant;
  readonly totalMinor: Minor;
  readonly currency: Currency;
  readonly state: OrderState;
  readonly shopNames: readonly string[];
};

export type OwnOrdersView = {
  readonly orders: readonly OwnOrderView[];
  readonly total: number;
  /** Ask with this for the next older page; undefined when there is none. */
  readonly next: Instant | undefined;
};
