import { desc, eq } from 'drizzle-orm';
import { orders, voucherMovements } from '@/db/schema';
import type { Locale, Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { CodeRefusal } from './open-code';
import { openCode } from './open-code';
import { departmentNames, shopNames } from './series-names';
import { unusableBecause } from './tender-rules';
import type { VoucherBalanceView } from './views';
import type { FoundVoucher } from './voucher-repository';

const MOST_MOVEMENTS = 50;

/** What is on a voucher, for whoever has its code, with everything that ever changed it. Errors: see `openCode`. */
export async function getVoucherBalance(
  asked: { readonly code: string; readonly sender: string; readonly locale: Locale },
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<VoucherBalanceView, CodeRefusal>> {
  const now = clock.now();
  const opened = await openCode(reader(), { code: asked.code, sender: asked.sender, now });
  if (!opened.ok) return opened;
  const { voucher, series, issuer } = opened.value;
  const [boundTo, departments, movements] = await Promise.all([
    shopNames(series),
    departmentNames(series, asked.locale),
    listMovements(voucher),
  ]);
  return ok({
    name: series.name,
    issuerName: issuer.name,
    kind: series.kind,
    codeEnd: voucher.codeEnd,
    currency: voucher.currency,
    balanceMinor: voucher.balanceMinor,
    reservedMinor: voucher.reservedMinor,
    validUntil: voucher.validUntil,
    state: stateOf(unusableBecause(voucher, series, now)?.kind),
    shops: boundTo,
    departments,
    paysDelivery: series.paysDelivery,
    movements,
  });
}

function stateOf(because: NonNullable<ReturnType<typeof unusableBecause>>['kind'] | undefined): VoucherBalanceView['state'] {
  switch (because) {
    case 'voucher-blocked':
      return 'blocked';
    case 'voucher-expired':
      return 'expired';
    case 'voucher-not-yet':
      return 'not-yet';
    case 'voucher-empty':
    case undefined:
      return 'usable';
  }
}

async function listMovements({ id }: FoundVoucher['voucher']): Promise<VoucherBalanceView['movements']> {
  const rows = await reader()
    .select({ movement: voucherMovements, orderNumber: orders.number })
    .from(voucherMovements)
    .leftJoin(orders, eq(orders.id, voucherMovements.orderId))
    .where(eq(voucherMovements.voucherId, id))
    .orderBy(desc(voucherMovements.occurredAt), desc(voucherMovements.id))
    .limit(MOST_MOVEMENTS);
  return rows.map(({ movement: { kind, amountMinor, grantedMinor, occurredAt }, orderNumber }) => ({
    kind,
    amountMinor,
    grantedMinor,
    orderNumber: orderNumber ?? undefined,
    at: occurredAt,
  }));
}
