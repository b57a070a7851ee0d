import type { ConnectionId, Instant } from '@/lib/kernel';
import type { PictureProgress } from '@/lib/pictures/views';
import type { SourceFault } from './fault';

export type { SourceFault } from './fault';

/** A field of the form that connects a source. */
export type ConnectorFieldView = {
  readonly name: string;
  readonly kind: 'text' | 'address' | 'secret' | 'choice';
  readonly isOptional: boolean;
  readonly choices: readonly string[];
  readonly example: string | undefined;
};

/** What can be connected, and how well it tells. */
export type ConnectorView = {
  readonly kind: string;
  readonly name: string;
  readonly grade: 'A' | 'B' | 'C' | 'D';
  readonly fields: readonly ConnectorFieldView[];
  readonly hasWebhook: boolean;
  readonly takesPush: boolean;
};

export type Health = 'paused' | 'waiting' | 'fine' | 'failing' | 'degraded';

/** A shop's connection as its page shows it. Milliseconds. */
export type ConnectionView = {
  readonly connectionId: ConnectionId;
  readonly kind: string;
  readonly name: string;
  readonly at: string;
  readonly health: Health;
  readonly grade: 'A' | 'B' | 'C' | 'D';
  readonly isUnderWay: boolean;
  readonly lastSuccessAt: Instant | undefined;
  readonly heardAt: Instant | undefined;
  readonly degradedSince: Instant | undefined;
  readonly nextPullAt: Instant;
  readonly lagMs: number | undefined;
  readonly fault: SourceFault | undefined;
  readonly onSale: number;
  /** Pictures its goods came with. */
  readonly pictures: PictureProgress;
  readonly refused: readonly RefusedItemView[];
  readonly refusedCount: number;
  /** Where its messages come to; undefined for sources that send none. */
  readonly hookPath: string | undefined;
};

export type RefusedItemView = { readonly externalId: string; readonly title: string; readonly reason: string; readonly value: string };

/** Scenarios of the contract kit, in the order in which the table shows them. */
export const contractScenarios = [
  'pages',
  'duplicates',
  'order',
  'late',
  'partial',
  'throttled',
  'stumbles',
  'outage',
  'schema',
  'renewal',
  'signature',
  'skew',
  'deleted',
  'variant',
  'pictures',
] as const;
export type ContractScenario = (typeof contractScenarios)[number];

/** What the contract kit found: it passes, or the source has no such thing. */
export type ContractOutcome = 'passes' | 'not-applicable' | 'not-tested';

/** One connector as the city sees it. Milliseconds. */
export type ConnectorHealthView = {
  readonly kind: string;
  readonly name: string;
  readonly grade: 'A' | 'B' | 'C' | 'D';
  readonly connections: number;
  readonly degraded: number;
  readonly paused: number;
  readonly lagMs: number | undefined;
  readonly oldestSuccessAt: Instant | undefined;
  readonly scenarios: Readonly<Record<ContractScenario, ContractOutcome>>;
  /** The real program it was run against last, for those that run on one's own machine. */
  readonly server: { readonly version: string; readonly date: string } | undefined;
};

/** A connection in trouble, for the city. */
export type TroubledConnectionView = {
  readonly connectionId: ConnectionId;
  readonly shopName: string;
  readonly shopSlug: string;
  readonly name: string;
  readonly since: Instant;
  readonly fault: SourceFault | undefined;
};
