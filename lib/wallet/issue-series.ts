import { z } from 'zod';
import { voucherIssuers, voucherSeries, vouchers } from '@/db/schema';
import type { CategoryId, Instant, IssuerId, OperatorScope, Result, SeriesId, ShopId } from '@/lib/kernel';
import { err, instant, minor, ok, parseId } from '@/lib/kernel';
import { toppedUp } from '@/lib/oms';
import type { ModuleOff } from '@/lib/modules';
import { isModuleOn } from '@/lib/modules';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { endOfCode, hashOfCode, makeCode, readCode } from './code';
import { voucherKinds } from './views';
import { move } from './voucher-repository';

const words = (most: number) => z.string().trim().min(1).max(most);

/** Who answers for vouchers, and on whose account at the provider their money lies. */
export const issuerInput = z.object({ name: words(120), providerAccount: words(120), contact: words(200) });

const shopId = z.string().transform((text, context): ShopId => parseId('shop', text) ?? (context.addIssue('no shop'), z.NEVER));
const categoryId = z
  .string()
  .transform((text, context): CategoryId => parseId('category', text) ?? (context.addIssue('no department'), z.NEVER));

/** A series to be issued: its rules, how many codes, what was paid for each. Empty lists bind to nothing. Money in minor units. */
export const seriesInput = z.object({
  issuerId: z.string().transform((text, context): IssuerId => parseId('issuer', text) ?? (context.addIssue('no issuer'), z.NEVER)),
  name: words(120),
  kind: z.enum(voucherKinds),
  purpose: z.enum(['multi', 'single']),
  vatRateBps: z.number().int().min(0).max(3_000).optional(),
  shopIds: z.array(shopId).max(200),
  categoryIds: z.array(categoryId).max(100),
  paysDelivery: z.boolean(),
  topUpBps: z.number().int().min(10_000).max(30_000),
  validFrom: z.number().transform((value): Instant => instant(value)),
  validUntil: z.number().transform((value): Instant => instant(value)),
  count: z.number().int().min(1).max(1_000),
  paidMinor: z.number().int().min(0).max(1_000_000),
  holderEmail: z.email().max(254).optional(),
  /** Codes of cards that are printed already, as many as `count`; new ones are made otherwise. */
  codes: z.array(z.string().max(60)).max(1_000).optional(),
});
export type NewSeries = z.output<typeof seriesInput>;

export type IssueRefusal =
  | ModuleOff
  | { readonly kind: 'issuer-not-found' }
  | { readonly kind: 'series-ends-before-it-begins' }
  | { readonly kind: 'single-purpose-needs-rate' }
  /** A printed code is none, is there twice, or belongs to another voucher. */
  | { readonly kind: 'codes-unusable' };

/** The codes are given once, here; nobody can read them again. */
export type IssuedSeries = { readonly seriesId: SeriesId; readonly codes: readonly string[] };

export async function createIssuer(
  operator: OperatorScope,
  input: z.output<typeof issuerInput>,
  { clock, ids }: Ports = systemPorts,
): Promise<Result<{ readonly issuerId: IssuerId }, never>> {
  return observed({ useCase: 'create-issuer', actor: operator.kind }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly issuerId: IssuerId }, never>> => {
      const issuerId = ids.make('issuer');
      await tx.insert(voucherIssuers).values({ id: issuerId, ...input, createdAt: clock.now() });
      return ok({ issuerId });
    }),
  );
}

/**
 * Issues a series and its codes, each loaded with what was paid and what the town adds. What was paid lies on the issuer's own provider account;
 * nothing is posted to the city's ledger and no VAT is due on a multi-purpose voucher at its sale (ME-59).
 */
export async function issueSeries(
  operator: OperatorScope,
  input: NewSeries,
  ports: Ports = systemPorts,
): Promise<Result<IssuedSeries, IssueRefusal>> {
  return observed({ useCase: 'issue-series', actor: operator.kind }, async (): Promise<Result<IssuedSeries, IssueRefusal>> => {
    if (input.validUntil <= input.validFrom) return err({ kind: 'series-ends-before-it-begins' });
    if ((input.purpose === 'single') !== (input.vatRateBps !== undefined)) return err({ kind: 'single-purpose-needs-rate' });
    return withTransaction((tx) => issue(tx, input, ports));
  });
}

async function issue(tx: Tx, input: NewSeries, ports: Ports): Promise<Result<IssuedSeries, IssueRefusal>> {
  if (!(await isModuleOn(tx, 'vouchers'))) return err({ kind: 'module-off', module: 'vouchers' });
  const now = ports.clock.now();
  const known = await tx.query.voucherIssuers.findFirst({ where: (table, { eq }) => eq(table.id, input.issuerId) });
  if (!known) return err({ kind: 'issuer-not-found' });
  const seriesId = ports.ids.make('series');
  const { count, paidMinor, holderEmail, shopIds, categoryIds, vatRateBps, codes: printed, ...rules } = input;
  const codes = printed ?? Array.from({ length: count }, makeCode);
  const signs = codes.flatMap((code) => readCode(code) ?? []);
  if (signs.length !== count || new Set(signs).size !== count) return err({ kind: 'codes-unusable' });
  await tx.insert(voucherSeries).values({
    ...rules,
    id: seriesId,
    vatRateBps: vatRateBps ?? null,
    shopIds: shopIds.length === 0 ? null : shopIds,
    categoryIds: categoryIds.length === 0 ? null : categoryIds,
    createdAt: now,
  });
  const rows = signs.map((one) => ({ id: ports.ids.make('voucher'), codeHash: hashOfCode(one), codeEnd: endOfCode(one) }));
  const about = { seriesId, holderEmail: holderEmail?.toLowerCase() ?? null, validUntil: input.validUntil, createdAt: now };
  const written = await tx
    .insert(vouchers)
    .values(rows.map((row) => ({ ...row, ...about })))
    .onConflictDoNothing({ target: vouchers.codeHash })
    .returning({ id: vouchers.id });
  if (written.length < rows.length) return err({ kind: 'codes-unusable' });
  const { loadedMinor, grantedMinor } = toppedUp(minor(paidMinor), input.topUpBps);
  for (const { id } of loadedMinor > 0 ? rows : []) {
    await move(
      tx,
      { voucherId: id, cause: `issued:${id}`, kind: 'loaded', amountMinor: loadedMinor, grantedMinor },
      { now, ids: ports.ids },
    );
  }
  return ok({ seriesId, codes });
}
