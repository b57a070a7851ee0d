import { cookies } from 'next/headers';
import { deskLocale } from '@/app/_data/desk';
import { ruleSentence } from '@/lib/commission';
import { SESSION_COOKIE, currentSession, shopScope } from '@/lib/identity';
import type { Locale } from '@/lib/kernel';
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
  return new Response(csvOf(statement, await deskLocale()), {
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
  'commission_basis',
  'commission_rate_percent',
  'commission',
  'commission_rule',
  'vat_on_commission',
  'paid_by_vouchers',
  'net',
  'currency',
];

/** A movement is one row for each rule its commission came from; what belongs to all of it stands on the first, so that every column sums. */
function csvOf({ lines, currency, timeZone }: StatementView, locale: Locale): string {
  const rows = lines.flatMap((line) => {
    const about = [dateOf(line.occurredAt).toISOString(), line.kind, line.subOrderNumber ?? ''];
    const fees = line.fees.map((fee) => [
      fee.basisMinor,
      fee.rateBps / 100,
      fee.feeMinor,
      quoted(ruleSentence(fee.rule, locale, timeZone)),
    ]);
    const [first = ['', '', line.commissionMinor, ''], ...others] = fees;
    return [
      [...about, line.worthMinor, ...first, line.commissionVatMinor, line.vouchersMinor, line.netMinor, currency],
      ...others.map((fee) => [...about, 0, ...fee, 0, 0, 0, currency]),
    ];
  });
  return [HEADER, ...rows]
    .map((row) => row.join(','))
    .join('\r\n')
    .concat('\r\n');
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
