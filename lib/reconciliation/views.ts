import type { DifferenceKind, ProviderName } from '@/db/schema';
import type { Instant, Minor } from '@/lib/kernel';
import type { EntryKind } from '@/lib/provider';

/** A day whose books were compared. Minor units: charges less refunds and disputes. */
export type ReconciliationView = {
  readonly day: string;
  readonly provider: ProviderName;
  readonly ranAt: Instant;
  readonly compared: number;
  readonly theirsMinor: Minor;
  readonly oursMinor: Minor;
  readonly open: number;
};

/** Something the two books do not agree on; resolved when a later comparison found that they do. */
export type DifferenceView = {
  readonly day: string;
  readonly entry: EntryKind;
  readonly reference: string;
  readonly kind: DifferenceKind;
  readonly oursMinor: Minor | undefined;
  readonly theirsMinor: Minor | undefined;
  readonly orderNumber: string | undefined;
  readonly foundAt: Instant;
  readonly resolvedAt: Instant | undefined;
  readonly note: string | undefined;
};
