import { notFound } from 'next/navigation';
import { enterCity } from '@/app/_data/desk';
import { getCityArchive } from '@/lib/accounting';
import { parseId } from '@/lib/kernel';
import { financeRoles } from '@/lib/payouts';

const FIRST_YEAR = 2000;
const LAST_YEAR = 2999;

/** A merchant's sealed archive of a year, for whoever keeps the city's books: `?merchant=<id>&year=<year>`. */
export async function GET(request: Request): Promise<Response> {
  const entered = await enterCity(financeRoles);
  if (!entered.ok) return notFound();
  const query = new URL(request.url).searchParams;
  const merchantId = parseId('merchant', query.get('merchant') ?? '');
  const year = Number(query.get('year'));
  const isYear = Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR;
  const file = merchantId && isYear ? await getCityArchive(entered.value.scope, merchantId, year) : undefined;
  if (!file) return notFound();
  return new Response(file.text, {
    headers: {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${merchantId}-${file.name}"`,
      'cache-control': 'private, no-store',
    },
  });
}
