import { count, eq } from 'drizzle-orm';
import { categories, listings, offers, safetyRules } from '@/db/schema';
import { withholdStock } from '@/lib/inventory';
import type { CategoryId, Result, ShopScope } from '@/lib/kernel';
import { err, ok, quantity } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { SafetyRuleView } from './views';

/** More than this is not caution but a closed shop. */
const MOST_WITHHELD = 10_000;

export type SafetyRefusal =
  | { readonly kind: 'absurd-quantity'; readonly largest: number }
  /** Orders already taken may use what is withheld from sale, never the other way round. */
  | { readonly kind: 'routing-above-sale' }
  | { readonly kind: 'department-not-sold' };

type SafetyRule = {
  readonly categoryId: CategoryId | undefined;
  readonly safetyStock: number;
  readonly routingSafetyStock: number;
};

/** What the shop withholds from sale, and of that from orders already taken: for a department, or for all without a rule of their own. */
export async function setSafetyRule(scope: ShopScope, rule: SafetyRule, ports: Ports = systemPorts): Promise<Result<void, SafetyRefusal>> {
  const { categoryId, safetyStock, routingSafetyStock } = rule;
  const isAbsurd = [safetyStock, routingSafetyStock].some((units) => !Number.isSafeInteger(units) || units < 0 || units > MOST_WITHHELD);
  if (isAbsurd) return err({ kind: 'absurd-quantity', largest: MOST_WITHHELD });
  if (routingSafetyStock > safetyStock) return err({ kind: 'routing-above-sale' });
  return observed({ useCase: 'set-safety-rule', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Result<void, SafetyRefusal>> => {
      if (categoryId !== undefined && !(await departmentsOf(scope)).some((one) => one.categoryId === categoryId))
        return err({ kind: 'department-not-sold' });
      const values = { safetyStock: quantity(safetyStock), routingSafetyStock: quantity(routingSafetyStock), updatedAt: ports.clock.now() };
      await tx
        .insert(safetyRules)
        .values({ shopId: scope.shopId, categoryId: categoryId ?? null, ...values })
        .onConflictDoUpdate({ target: [safetyRules.shopId, safetyRules.categoryId], set: values });
      const rules = await tx.select().from(safetyRules).where(eq(safetyRules.shopId, scope.shopId));
      await withholdStock(
        tx,
        scope.shopId,
        rules.map((one) => ({ ...one, categoryId: one.categoryId ?? undefined })),
      );
      return ok(undefined);
    }),
  );
}

function departmentsOf(scope: ShopScope) {
  return reader()
    .select({ categoryId: listings.categoryId, name: categories.name, offers: count() })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .where(eq(offers.shopId, scope.shopId))
    .groupBy(listings.categoryId, categories.name, categories.position)
    .orderBy(categories.position, listings.categoryId);
}

/** The shop's rules: all others first, then every department it sells in. */
export async function listSafetyRules(scope: ShopScope): Promise<readonly SafetyRuleView[]> {
  const [departments, rules] = await Promise.all([
    departmentsOf(scope),
    reader().select().from(safetyRules).where(eq(safetyRules.shopId, scope.shopId)),
  ]);
  const usual = rules.find((rule) => rule.categoryId === null);
  const rest = {
    categoryId: undefined,
    name: undefined,
    offers: departments.reduce((sum, { offers: sold }) => sum + sold, 0),
    safetyStock: usual?.safetyStock ?? 0,
    routingSafetyStock: usual?.routingSafetyStock ?? 0,
    isOwn: usual !== undefined,
  };
  const each = departments.map(({ categoryId, name, offers: sold }) => {
    const own = rules.find((rule) => rule.categoryId === categoryId);
    const rule = own ?? usual;
    return {
      categoryId,
      name,
      offers: sold,
      safetyStock: rule?.safetyStock ?? 0,
      routingSafetyStock: rule?.routingSafetyStock ?? 0,
      isOwn: own !== undefined,
    };
  });
  return [rest, ...each];
}
