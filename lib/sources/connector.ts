import type { z } from 'zod';
import type { OfferDraft } from '@/lib/catalogue';
import type { Instant, Result } from '@/lib/kernel';
import type { Login } from './ask/exchange';
import type { SourceFault } from './fault';

/**
 * What a connector is (architecture §6): one folder below `kinds/` whose `index.ts` exports one of these. It knows one source's
 * addresses, payloads and signatures, and nothing of shops, offers or the database: those are the same for all and are not its business.
 * `docs/adding-a-connector.md` walks through making one.
 */
export type Connector = {
  readonly kind: string;
  /** The source's own name, the same in every language. */
  readonly name: string;
  /** How it tells, at best (architecture §4). A source of grade B whose messages never come counts as C. */
  readonly grade: 'A' | 'B' | 'C' | 'D';
  readonly capabilities: Capabilities;
  /** What the form asks the shop for. */
  readonly fields: readonly ConnectorField[];
  /** Where every question begins: scheme, host and what is the same in all paths. */
  readonly baseUrl: (settings: Settings) => string;
  readonly auth: Auth;
  /** The smallest question that proves that the key works. */
  readonly check: (call: SourceCall) => Promise<Result<Checked, SourceFault>>;
  /** One page of what the source sells. */
  readonly pull: (call: SourceCall, wish: PullWish) => Promise<Result<PulledPage, SourceFault>>;
  /**
   * A picture that lies behind the shop's key, by the address an item named. Asked for addresses on the source's own host only, so that the
   * key goes nowhere else; undefined when nothing lies there, which is no fault. Without this, pictures are fetched as anybody would.
   */
  readonly picture?: (call: SourceCall, address: string) => Promise<Result<PictureFile | undefined, SourceFault>>;
  readonly webhook?: WebhookReader;
  /** Tells the source that units left the shop, so that its own figure follows. */
  readonly push?: (call: SourceCall, changes: readonly StockPush[]) => Promise<Result<void, SourceFault>>;
};

/** A picture as it came, and addresses of the same product's pictures that only show when this one is there. */
type PictureFile = { readonly bytes: Buffer; readonly more?: readonly string[] };

/** The shop as its source names it, and what was learned on the way (its currency, its one place): kept beside the settings. */
type Checked = { readonly shopName: string; readonly learned?: Settings };

type Capabilities = {
  /** It can be asked for what changed since a moment; else every pull is a whole one. */
  readonly changesSince: boolean;
  /** It says what was deleted; else only a whole pull shows what is no more. */
  readonly tellsDeletions: boolean;
  /** How often it may be asked, where its own limits want it seldomer than its grade. Milliseconds. */
  readonly everyMs?: number;
};

/** What the form asks for, by name; secret ones are kept sealed. Both are strings: the connector's schema has read them. */
export type Settings = Readonly<Record<string, string>>;

export type ConnectorField = {
  readonly name: string;
  readonly kind: 'text' | 'address' | 'secret' | 'choice';
  readonly isOptional?: true;
  readonly choices?: readonly string[];
  readonly example?: string;
  /** Reads what was typed; gives it as it is kept. */
  readonly schema: z.ZodType<string>;
};

type Auth = {
  readonly headers: (settings: Settings, now: Instant) => Readonly<Record<string, string>>;
  /** For a file by SFTP: who asks, and the machine's key as it was learned. */
  readonly login?: (settings: Settings) => Login;
  /** Whether what is kept has run out and must be renewed before asking. */
  readonly isStale?: (settings: Settings, now: Instant) => boolean;
  /** Gets a new token; what it gives is kept, sealed. `ask` carries no authorisation of its own. */
  readonly renew?: (call: SourceCall) => Promise<Result<Settings, SourceFault>>;
};

export type Query = Readonly<Record<string, string | number | undefined>>;

export type Asking = {
  readonly path: string;
  readonly query?: Query;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Another host than the connector's own (sign-in servers, second services). */
  readonly baseUrl?: string;
};

export type Said<T> = { readonly value: T; readonly headers: Readonly<Record<string, string>> };

/** How a connector asks: authorised, guarded, patient. It never throws for what the other end does. */
export type SourceCall = {
  readonly settings: Settings;
  readonly now: Instant;
  /** How far the source's clock is ahead of ours, in milliseconds, as its answers told. */
  readonly skewMs: () => number;
  /** Asks, and reads the answer by the schema; another shape is `schema-changed`. */
  readonly json: <T>(schema: z.ZodType<T>, asking: Asking) => Promise<Result<Said<T>, SourceFault>>;
  /** Gets a new token, for sources that refuse a stale one in words instead of by status. */
  readonly renew: () => Promise<Result<undefined, SourceFault>>;
  readonly text: (asking: Asking) => Promise<Result<Said<string>, SourceFault>>;
  /** The answer as it came, byte by byte; the one question whose address may be of SFTP. */
  readonly file: (asking: Asking) => Promise<Result<Said<Buffer>, SourceFault>>;
};

export type PullWish = {
  /** Everything when undefined; else what changed since, by the source's clock. */
  readonly since: Instant | undefined;
  /** Where the pull goes on; the connector's own text. */
  readonly cursor: string | undefined;
  /** Most rows of a page; the connector asks for no more than its source gives. */
  readonly pageSize: number;
};

export type PulledPage = {
  readonly items: readonly SourceItem[];
  readonly refused: readonly RefusedItem[];
  /** Variants that are no more, by `externalId`, and products, by `productRef`. */
  readonly gone: readonly Gone[];
  /** Figures that come apart from the goods they count. */
  readonly counts?: readonly HeardCount[];
  /** Where the next page begins; undefined when this was the last. */
  readonly next: string | undefined;
};

export type Gone = { readonly externalId: string } | { readonly productRef: string };

/** One variant as its source tells it. Words and numbers as they came: reading them is the same for all sources. */
export type SourceItem = {
  readonly externalId: string;
  readonly productRef: string;
  /** The name by which counts are told, where it is another one. */
  readonly stockRef?: string | undefined;
  readonly title: string;
  readonly options?: readonly { readonly name: string; readonly value: string }[];
  readonly brand?: string | undefined;
  readonly description?: string | undefined;
  readonly category?: string | undefined;
  readonly gtin?: string | undefined;
  readonly sku?: string | undefined;
  readonly price: SourcePrice;
  readonly weightGrams?: number | undefined;
  /** Addresses of its product's pictures, in their order; those on the source's own host may need its key (`picture`). */
  readonly images?: readonly string[] | undefined;
  readonly isActive: boolean;
  /** Whole units there; undefined when the source does not count this one. */
  readonly quantity?: number | undefined;
  /** When the figure last changed, by the source's clock: how old the news is. */
  readonly countedAt?: Instant | undefined;
  /** What only files tell, read already: it goes before everything above. */
  readonly told?: Pick<
    OfferDraft,
    'attributes' | 'manufacturer' | 'responsiblePerson' | 'warnings' | 'netContent' | 'condition' | 'shelf' | 'label'
  >;
};

/** An amount in the currency's main unit ("12.90") or in cents. `includesVat` false: the rate, or the standard one, is added. */
export type SourcePrice = {
  readonly amount: { readonly decimal: string | number } | { readonly minor: number } | undefined;
  readonly currency?: string | undefined;
  readonly includesVat: boolean;
  readonly vatRateBps?: number | undefined;
};

/** A row of the source that cannot be read; the others are taken all the same. */
export type RefusedItem = {
  readonly externalId: string;
  readonly title: string;
  readonly reason: 'unreadable';
  readonly value: string;
};

export type StockPush = {
  readonly externalId: string;
  readonly stockRef: string;
  readonly productRef: string;
  /** Signed change in units; never zero. */
  readonly delta: number;
  /** The same key again is the same change. */
  readonly key: string;
};

/** A message as it arrived: the body byte by byte, because signatures are over bytes. */
export type SourceMessage = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The whole address it was sent to: some sources sign it too. */
  readonly url: string;
};

export type Heard = {
  readonly messageId: string;
  readonly counts: readonly HeardCount[];
  readonly gone: readonly Gone[];
  /** Something else changed: worth asking now instead of later. */
  readonly asksForPull: boolean;
  /** A first hello that proves nothing and changes nothing. */
  readonly isGreeting?: true;
};

export type HeardCount = { readonly stockRef: string; readonly quantity: number; readonly countedAt: Instant | undefined };

type WebhookReader = {
  /** Name of the secret field that signs; also shown on the page where the address is to be pasted. */
  readonly isGenuine: (message: SourceMessage, settings: Settings, now: Instant) => boolean;
  readonly read: (message: SourceMessage, settings: Settings, now: Instant) => Result<Heard, { readonly kind: 'unreadable' }>;
};
