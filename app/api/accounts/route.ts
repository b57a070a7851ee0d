import { cookies } from 'next/headers';
import { getAccountFile } from '@/lib/accounting';
import { accountFiles } from '@/lib/accounting/views';
import { SESSION_COOKIE, currentSession, shopScope } from '@/lib/identity';

export const dynamic = 'force-dynamic';

const OLDEST_YEAR = 2020;
const LATEST_YEAR = 2200;

/** A merchant's year for the accountant: `?shop=<slug>&file=fec|daily&year=YYYY`. Another shop's is not there. */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const session = await currentSession((await cookies()).get(SESSION_COOKIE)?.value);
  const access = await shopScope(session, query.get('shop') ?? '', 'owner');
  const file = accountFiles.find((one) => one === query.get('file'));
  const year = Number(query.get('year'));
  const isYear = Number.isInteger(year) && year >= OLDEST_YEAR && year <= LATEST_YEAR;
  const written = access.ok && file !== undefined && isYear ? await getAccountFile(access.value.scope, file, year) : undefined;
  if (!written) return new Response(null, { status: 404 });
  return new Response(written.text, {
    headers: {
      'content-type': written.contentType,
      'content-disposition': `attachment; filename="${written.name}"`,
      'cache-control': 'private, no-store',
    },
  });
}
