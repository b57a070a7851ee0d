import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Instant } from '@/lib/kernel';
import { instantOf } from '@/lib/kernel';
import { keptAuthSecret, recordedDatabaseUrl } from './data-folder';

/** The configuration is wrong; the message is one clear sentence per bad variable. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const text = (what: string) => z.string({ error: () => `must be ${what}` }).min(1, { error: `must be ${what}` });

/** A URL of one of the given protocols. */
function url(protocols: readonly string[], example: string) {
  return z.string().refine((value) => protocols.includes(protocolOf(value)), {
    error: `must be a URL such as ${example}`,
  });
}

function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : '';
}

function wholeNumber(from: number, to: number) {
  const error = `must be a whole number from ${from} to ${to}`;
  return z.coerce.number({ error }).int({ error }).min(from, { error }).max(to, { error });
}

/**
 * How many connections keep a database busy that shares this machine: two for each core and one for the disk, sixteen at the most. Statements
 * of more would only wait inside the database, each connection with plans and catalogue of its own to warm (ADR 0185).
 */
function connectionsForCores(cores: number): number {
  return Math.min(16, 2 * cores + 1);
}

const database = url(['postgres:', 'postgresql:'], 'postgresql://user:password@host:5432/halles');
const web = url(['http:', 'https:'], 'https://halles.example.org');

const schema = z.object({
  DATABASE_URL: database.optional(),
  DATABASE_REPLICA_URL: database.optional(),
  DATABASE_DIRECT_URL: database.optional(),
  DATABASE_POOL: wholeNumber(1, 200).default(connectionsForCores(availableParallelism())),
  PORT: wholeNumber(1, 65_535).default(3000),
  NEXTAUTH_URL: web.optional(),
  AUTH_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  HALLES_FOLDER: text('a folder').default('.halles'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, fatal, silent',
    })
    .optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_/, { error: 'must be a secret key of Stripe, which begins with sk_ or rk_' })
    .optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().regex(/^pk_/, { error: 'must be a publishable key of Stripe, which begins with pk_' }).optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_/, { error: 'must be the signing secret of the webhook, which begins with whsec_' })
    .optional(),
  STRIPE_CONNECT_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_/, { error: 'must be the signing secret of the webhook for connected accounts, which begins with whsec_' })
    .optional(),
  STRIPE_API_URL: web.optional(),
  MEILI_HOST: web.optional(),
  MEILI_API_KEY: text('an API key of Meilisearch').optional(),
  MEILI_INDEX_PREFIX: z
    .string()
    .regex(/^[a-zA-Z0-9_-]*$/, { error: 'may have letters, digits, - and _ only' })
    .default('halles_'),
  SMTP_URL: url(['smtp:', 'smtps:'], 'smtps://user:password@mail.example.org:465').optional(),
  MAIL_FROM: text('a sender such as Halles <bonjour@example.org>').default('Halles <bonjour@halles.invalid>'),
  S3_ENDPOINT: web.optional(),
  S3_REGION: text('a region such as fr-par').optional(),
  S3_BUCKET: text('the name of a bucket').optional(),
  S3_ACCESS_KEY_ID: text('an access key id').optional(),
  S3_SECRET_ACCESS_KEY: text('a secret access key').optional(),
  GTIN_SERVICE_URL: web.optional(),
  GTIN_SERVICE_NAME: text('the name of the service').default('Open Food Facts'),
  GTIN_SERVICE_LICENCE: text('the licence of its data').default('ODbL-1.0'),
  VAPID_PUBLIC_KEY: text('a base64url key').optional(),
  VAPID_PRIVATE_KEY: text('a base64url key').optional(),
  VAPID_SUBJECT: url(['mailto:', 'https:'], 'mailto:contact@example.org').optional(),
  SMS_GATEWAY_URL: web.optional(),
  PA_RECEPTION_ID: text('the address an approved platform gave, such as 0225:123456789').optional(),
  INBOUND_MAIL_DOMAIN: text('a domain such as files.example.org').optional(),
  INBOUND_MAIL_SECRET: z
    .string()
    .regex(/^whsec_[\w+/=]{24,}$/, { error: 'must be a secret of Standard Webhooks, which begins with whsec_' })
    .optional(),
  INBOUND_MAIL_SERVER: text('the name of the server that receives mails, such as mx.example.org').optional(),
  /** Calls a minute: of one key, and of one address without a key. */
  API_CALLS_PER_KEY: wholeNumber(1, 10_000_000).default(1_200),
  API_CALLS_PER_ADDRESS: wholeNumber(1, 10_000_000).default(300),
  WEBHOOKS_TO_PRIVATE_ADDRESSES: z.enum(['yes', 'no'], { error: 'must be yes or no' }).default('no'),
  SOURCES_AT_PRIVATE_ADDRESSES: z.enum(['yes', 'no'], { error: 'must be yes or no' }).default('no'),
  CITY_SEED: wholeNumber(0, 2_147_483_647).default(2026),
  CITY_HISTORY_DAYS: wholeNumber(0, 365).default(60),
  HALLES_CLOCK: z.iso.datetime({ offset: true, error: () => 'must be a moment such as 2026-11-24T14:05:00+01:00' }).optional(),
});

type Variables = z.infer<typeof schema>;

export type Env = {
  /** Main database; undefined when none is configured and none was started here. */
  readonly databaseUrl: string | undefined;
  /** Reads that may be a little old; the main database when there is no replica. */
  readonly databaseReplicaUrl: string | undefined;
  /** LISTEN and migrations: past PgBouncer. */
  readonly databaseDirectUrl: string | undefined;
  readonly databasePool: number;
  readonly port: number;
  /** Public address of this installation, without a slash at the end. */
  readonly baseUrl: string;
  /** Secret that signs sessions; generated once and kept in the data folder by default. */
  readonly authSecret: string;
  readonly dataFolder: string;
  readonly stripe:
    | {
        readonly secretKey: string;
        readonly publishableKey: string;
        readonly webhookSecret: string;
        /** Stripe signs what it says about merchants' accounts apart. */
        readonly connectWebhookSecret?: string | undefined;
        readonly apiUrl: string | undefined;
      }
    | undefined;
  readonly meili: { readonly host: string; readonly apiKey: string | undefined; readonly indexPrefix: string } | undefined;
  /**
   * Where shops' mails with files arrive, the secret of the service that hands them over, and for raw mails the name under which the
   * receiving server writes what it found of senders; undefined: nowhere.
   */
  readonly inboundMail: { readonly domain: string; readonly secret: string; readonly server: string | undefined } | undefined;
  /** An open service asked about bar codes the bundled data does not know; undefined: none. */
  readonly gtinService: { readonly url: string; readonly name: string; readonly licence: string } | undefined;
  readonly smtpUrl: string | undefined;
  /** Where the operator receives invoices: its address at an approved platform (OP-33). */
  readonly receptionId: string | undefined;
  readonly mailFrom: string;
  readonly s3:
    | {
        readonly endpoint: string;
        readonly region: string;
        readonly bucket: string;
        readonly accessKeyId: string;
        readonly secretAccessKey: string;
      }
    | undefined;
  readonly push: { readonly publicKey: string; readonly privateKey: string; readonly subject: string } | undefined;
  readonly smsGatewayUrl: string | undefined;
  readonly api: { readonly callsPerKey: number; readonly callsPerAddress: number; readonly webhooksToPrivateAddresses: boolean };
  /** Whether a shop's source may be asked at an address of a private network. */
  readonly sourcesAtPrivateAddresses: boolean;
  readonly city: { readonly seed: number; readonly historyDays: number };
  /** The moment at which time stands still, for pictures of pages; undefined everywhere but on the database of a test. */
  readonly stoppedAt: Instant | undefined;
};

/** Variables that only make sense together: naming one asks for the others. */
const groups: readonly (readonly (keyof Variables)[])[] = [
  ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'],
  ['S3_ENDPOINT', 'S3_REGION', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  ['INBOUND_MAIL_DOMAIN', 'INBOUND_MAIL_SECRET'],
  ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'],
];

/**
 * Reads the environment. An empty variable counts as not set, so that a line `STRIPE_SECRET_KEY=` of `.env.example` changes nothing.
 * Errors: throws a `ConfigurationError` with one sentence per bad variable; a secret's value is never repeated.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  const sentences = parsed.success
    ? [...missingPartners(given), ...stoppedInEarnest(parsed.data)]
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
  if (!parsed.success || sentences.length > 0) throw new ConfigurationError(sentences.join('\n'));
  return envOf(parsed.data);
}

function missingPartners(given: Readonly<Record<string, string | undefined>>): readonly string[] {
  return groups.flatMap((group) => {
    const first = group.find((name) => given[name] !== undefined);
    const missing = group.filter((name) => given[name] === undefined);
    return first === undefined ? [] : missing.map((name) => `${first} is set, so ${name} must be set too.`);
  });
}

/** A stopped clock keeps every promise and every deadline for ever, so it is refused wherever somebody might believe one. */
function stoppedInEarnest({ HALLES_CLOCK: moment, DATABASE_URL: address, STRIPE_SECRET_KEY: stripe }: Variables): readonly string[] {
  if (moment === undefined) return [];
  const isTest = address !== undefined && new URL(address).pathname.includes('test') && stripe === undefined;
  return isTest
    ? []
    : ['HALLES_CLOCK stops the time: it is for pictures of a city whose DATABASE_URL says "test" and that takes no money.'];
}

function envOf(variables: Variables): Env {
  const dataFolder = resolve(/* turbopackIgnore: true */ process.cwd(), variables.HALLES_FOLDER);
  return {
    get databaseUrl() {
      return variables.DATABASE_URL ?? recordedDatabaseUrl(dataFolder);
    },
    get databaseReplicaUrl() {
      return variables.DATABASE_REPLICA_URL ?? this.databaseUrl;
    },
    get databaseDirectUrl() {
      return variables.DATABASE_DIRECT_URL ?? this.databaseUrl;
    },
    databasePool: variables.DATABASE_POOL,
    port: variables.PORT,
    baseUrl: (variables.NEXTAUTH_URL ?? `http://localhost:${variables.PORT}`).replace(/\/+$/, ''),
    get authSecret() {
      return variables.AUTH_SECRET ?? keptAuthSecret(dataFolder);
    },
    dataFolder,
    ...remotePartsOf(variables),
    mailFrom: variables.MAIL_FROM,
    smtpUrl: variables.SMTP_URL,
    receptionId: variables.PA_RECEPTION_ID,
    inboundMail:
      variables.INBOUND_MAIL_DOMAIN && variables.INBOUND_MAIL_SECRET
        ? { domain: variables.INBOUND_MAIL_DOMAIN, secret: variables.INBOUND_MAIL_SECRET, server: variables.INBOUND_MAIL_SERVER }
        : undefined,
    smsGatewayUrl: variables.SMS_GATEWAY_URL,
    api: {
      callsPerKey: variables.API_CALLS_PER_KEY,
      callsPerAddress: variables.API_CALLS_PER_ADDRESS,
      webhooksToPrivateAddresses: variables.WEBHOOKS_TO_PRIVATE_ADDRESSES === 'yes',
    },
    sourcesAtPrivateAddresses: variables.SOURCES_AT_PRIVATE_ADDRESSES === 'yes',
    city: { seed: variables.CITY_SEED, historyDays: variables.CITY_HISTORY_DAYS },
    stoppedAt: variables.HALLES_CLOCK === undefined ? undefined : instantOf(new Date(variables.HALLES_CLOCK)),
  };
}

function remotePartsOf(v: Variables): Pick<Env, 'stripe' | 'meili' | 's3' | 'push' | 'gtinService'> {
  return {
    gtinService: v.GTIN_SERVICE_URL ? { url: v.GTIN_SERVICE_URL, name: v.GTIN_SERVICE_NAME, licence: v.GTIN_SERVICE_LICENCE } : undefined,
    stripe:
      v.STRIPE_SECRET_KEY && v.STRIPE_PUBLISHABLE_KEY && v.STRIPE_WEBHOOK_SECRET
        ? {
            secretKey: v.STRIPE_SECRET_KEY,
            publishableKey: v.STRIPE_PUBLISHABLE_KEY,
            webhookSecret: v.STRIPE_WEBHOOK_SECRET,
            connectWebhookSecret: v.STRIPE_CONNECT_WEBHOOK_SECRET,
            apiUrl: v.STRIPE_API_URL,
          }
        : undefined,
    meili: v.MEILI_HOST ? { host: v.MEILI_HOST, apiKey: v.MEILI_API_KEY, indexPrefix: v.MEILI_INDEX_PREFIX } : undefined,
    s3:
      v.S3_ENDPOINT && v.S3_REGION && v.S3_BUCKET && v.S3_ACCESS_KEY_ID && v.S3_SECRET_ACCESS_KEY
        ? {
            endpoint: v.S3_ENDPOINT,
            region: v.S3_REGION,
            bucket: v.S3_BUCKET,
            accessKeyId: v.S3_ACCESS_KEY_ID,
            secretAccessKey: v.S3_SECRET_ACCESS_KEY,
          }
        : undefined,
    push:
      v.VAPID_PUBLIC_KEY && v.VAPID_PRIVATE_KEY && v.VAPID_SUBJECT
        ? { publicKey: v.VAPID_PUBLIC_KEY, privateKey: v.VAPID_PRIVATE_KEY, subject: v.VAPID_SUBJECT }
        : undefined,
  };
}

let current: Env | undefined;

/** The environment of this process, read once, with `.env` beside `package.json` where there is one. */
export function env(): Env {
  if (current === undefined) {
    if (existsSync('.env')) process.loadEnvFile('.env');
    current = readEnv(process.env);
  }
  return current;
}

/** The main database's address. Throws one sentence when there is none. */
export function requireDatabaseUrl(from: Env = env()): string {
  if (from.databaseUrl !== undefined) return from.databaseUrl;
  throw new ConfigurationError('No database is configured: set DATABASE_URL, or start the embedded one with "npm run demo".');
}
