import { and, eq, gt, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { CommissionScope } from '@/db/schema';
import { commissionRules, fulfilmentMethods, networks, shops } from '@/db/schema';
import type { CategoryId, CommissionRuleId, Instant, OperatorScope, Result } from '@/lib/kernel';
import { DAY, err, instant, ok, parseId, plusMs } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { getCity, localTimeOn } from '@/lib/shops';
import { isDepartment } from './subjects';

/** Merchants are told so many days before a rate counts (OP-12; P2B regulation, article 3). */
export const NOTICE_DAYS = 15;

/** Empty for all of them. */
const department = z.string().transform((text, context): CategoryId | undefined => {
  const id = parseId('category', text);
  if (text !== '' && id === undefined) context.addIssue({ code: 'custom', message: 'no department' });
  return id;
});

/** `subject`: `city`, or the id of a network or a shop. `department` and `method` limit the rate; empty, it counts for all of them. `rate` in per cent, two decimals at most. Days are the city's, the last one included. */
export const commissionRuleInput = z.object({
  subject: z.string().max(40),
  department: department.optional(),
  method: z.union([z.literal('').transform(() => undefined), z.enum(fulfilmentMethods)]).optional(),
  rate: z
    .string()
    .trim()
    .regex(/^\d{1,2}([.,]\d{1,2})?$/)
    .transform((text) => Math.round(Number(text.replace(',', '.')) * 100))
    .pipe(z.number().int().min(0).max(5_000)),
  from: z.iso.date(),
  to: z.union([z.literal(''), z.iso.date()]).default(''),
  reason: z.string().trim().min(10).max(500),
});

export type CommissionRefusal =
  | { readonly kind: 'subject-not-found' }
  | { readonly kind: 'department-not-found' }
  | { readonly kind: 'too-soon'; readonly earliest: Instant }
  | { readonly kind: 'period-empty' }
  | { readonly kind: 'rule-not-found' }
  | { readonly kind: 'finance-only' };

type Subject = { readonly scope: CommissionScope; readonly scopeId: string | null };

/**
 * Schedules a rate of commission. It counts from the midnight it names, at least fifteen days from now, for what is ordered then; what was ordered
 * before keeps the rate frozen at its placement. Every merchant concerned is written to in the same breath.
 */
export async function scheduleRule(
  scope: OperatorScope,
  input: z.output<typeof commissionRuleInput>,
  ports: Ports = systemPorts,
): Promise<Result<CommissionRuleId, CommissionRefusal>> {
  const { timeZone } = await getCity();
  return observed({ useCase: 'schedule-commission', actor: 'operator', ids: {} }, () =>
    withTransaction(async (tx): Promise<Result<CommissionRuleId, CommissionRefusal>> => {
      if (!isFinance(scope)) return err({ kind: 'finance-only' });
      const subject = await findSubject(tx, input.subject);
      if (!subject) return err({ kind: 'subject-not-found' });
      if (input.department !== undefined && !(await isDepartment(tx, input.department))) return err({ kind: 'department-not-found' });
      const now = ports.clock.now();
      const validFrom = midnightOf(input.from, timeZone, 0);
      const earliest = earliestStart(now, timeZone);
      if (validFrom < earliest) return err({ kind: 'too-soon', earliest });
      const validTo = input.to === '' ? null : midnightOf(input.to, timeZone, 1);
      if (validTo !== null && validTo <= validFrom) return err({ kind: 'period-empty' });
      const id = ports.ids.make('commissionRule');
      const narrowed = { categoryId: input.department ?? null, method: input.method ?? null };
      const facts = { ...subject, ...narrowed, rateBps: input.rate, reason: input.reason, validFrom, validTo };
      await tx.insert(commissionRules).values({ ...facts, id, announcedAt: now, announcedBy: scope.personId });
      const by = { actor: { kind: 'operator', id: scope.personId }, now, ids: ports.ids } as const;
      await appendEvents(tx, [{ name: 'CommissionScheduled', subject: id, facts: {} }], by);
      return ok(id);
    }),
  );
}

/** Takes a rate back before it begins; one that counts is followed by another, never taken back. */
export async function withdrawRule(
  scope: OperatorScope,
  ruleId: CommissionRuleId,
  ports: Ports = systemPorts,
): Promise<Result<void, CommissionRefusal>> {
  return observed({ useCase: 'withdraw-commission', actor: 'operator', ids: { ruleId } }, () =>
    withTransaction(async (tx): Promise<Result<void, CommissionRefusal>> => {
      if (!isFinance(scope)) return err({ kind: 'finance-only' });
      const now = ports.clock.now();
      const withdrawn = await tx
        .update(commissionRules)
        .set({ withdrawnAt: now })
        .where(and(eq(commissionRules.id, ruleId), isNull(commissionRules.withdrawnAt), gt(commissionRules.validFrom, now)))
        .returning({ id: commissionRules.id });
      if (withdrawn.length === 0) return err({ kind: 'rule-not-found' });
      const by = { actor: { kind: 'operator', id: scope.personId }, now, ids: ports.ids } as const;
      await appendEvents(tx, [{ name: 'CommissionScheduled', subject: ruleId, facts: {} }], by);
      return ok(undefined);
    }),
  );
}

/** The first midnight at which a rate announced now may count. */
export function earliestStart(now: Instant, timeZone: string): Instant {
  return localTimeOn(plusMs(now, NOTICE_DAYS * DAY), timeZone, { days: 1, time: '00:00' });
}

function isFinance({ role }: OperatorScope): boolean {
  return role === 'admin' || role === 'finance';
}

function midnightOf(day: string, timeZone: string, daysLater: number): Instant {
  return localTimeOn(instant(Date.parse(`${day}T12:00:00Z`)), timeZone, { days: daysLater, time: '00:00' });
}

async function findSubject(tx: Tx, text: string): Promise<Subject | undefined> {
  if (text === 'city') return { scope: 'city', scopeId: null };
  const networkId = parseId('network', text);
  const shopId = parseId('shop', text);
  if (networkId !== undefined) {
    const [row] = await tx.select({ id: networks.id }).from(networks).where(eq(networks.id, networkId));
    return row && { scope: 'network', scopeId: row.id };
  }
  if (shopId === undefined) return undefined;
  const [row] = await tx.select({ id: shops.id }).from(shops).where(eq(shops.id, shopId));
  return row && { scope: 'shop', scopeId: row.id };
}
