import { cookies } from 'next/headers';
import { SESSION_COOKIE, currentSession, shopScope } from '@/lib/identity';
import { dateOf, parseId } from '@/lib/kernel';
import { getStatement } from '@/lib/settlement';
import type { StatementView } from '@/lib/settlement/views';

export const dynamic = 'force-dynamic';

/** A statement as CSV for an accountant: `?shop=<slug>`, `&payout=<id>` for one that was made. Amounts in cents, dates in UTC (ISO 8601). */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const session = await currentSession((await cookies()).get(SESSION_COOKIE)?.value);
  const access = await shopScope(session, query.get('shop') ?? '', 'owner');
  const asked = query.get('payout');
  const payoutId = asked === null ? undefined : parseId('payout', asked);
  if (!access.ok || (asked !== null && payoutId === undefined)) return new Response(null, { status: 404 });
  const statement = await getStatement(access.value.scope, payoutId);
  if (!statement) return new Response(null, { status: 404 });
  return new Response(csvOf(statement), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="halles-${payoutId ?? 'next'}.csv"`,
      'cache-control': 'private, no-store',
    },
  });
}

const HEADER = [
  'occurred_at',
  'kind',
  'sub_order',
  'paid_by_customer',
  'commission',
  'vat_on_commission',
  'paid_by_vouchers',
  'net',
  'currency',
];

/** Every cell is a date, a code of ours or a number: nothing needs quoting. */
function csvOf({ lines, currency }: StatementView): string {
  const rows = lines.map((line) => [
    dateOf(line.occurredAt).toISOString(),
    line.kind,
    line.subOrderNumber ?? '',
    line.worthMinor,
    line.commissionMinor,
    line.commissionVatMinor,
    line.vouchersMinor,
    line.netMinor,
    currency,
  ]);
  return [HEADER, ...rows]
    .map((row) => row.join(','))
    .join('\r\n')
    .concat('\r\n');
}
