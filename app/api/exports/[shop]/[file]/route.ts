import { cookies } from 'next/headers';
import { streamOf } from '@/app/api/v1/_door/stream-of';
import { lackedRight } from '@/app/api/v1/_routes/exports';
import { requestMoment } from '@/app/_data/showing';
import { currentSession, SESSION_COOKIE, shopScope } from '@/lib/identity';
import type { ShopScope } from '@/lib/kernel';
import { parseId } from '@/lib/kernel';
import { openKey, shopScopeOf } from '@/lib/machines';
import { exportShop, isTakeoutFile, takeoutFiles, zipEverything, type TakeoutFile } from '@/lib/takeout';

export const dynamic = 'force-dynamic';

/** A system names its shop by the id, as everywhere in the API; people stand at its desk, which has a name. */
async function scopeOf(request: Request, shop: string, files: readonly TakeoutFile[]): Promise<ShopScope | undefined> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (bearer !== undefined) {
    const [machine, shopId] = [await openKey(bearer), parseId('shop', shop)];
    return machine && shopId && lackedRight(machine, files) === undefined ? shopScopeOf(machine, shopId) : undefined;
  }
  const access = await shopScope(await currentSession((await cookies()).get(SESSION_COOKIE)?.value), shop, 'manager');
  return access.ok ? access.value.scope : undefined;
}

/** Everything at once has a name of its own among the files. */
const EVERYTHING = 'everything.zip';

/** One file of what a shop owns, or all of them, for its managers and its own systems; for everybody else there is nothing here. */
export async function GET(request: Request, { params }: { readonly params: Promise<{ shop: string; file: string }> }): Promise<Response> {
  const { shop, file: name } = await params;
  const file = name.replace(/\.csv$/, '');
  const files = name === EVERYTHING ? takeoutFiles : isTakeoutFile(file) ? [file] : [];
  const scope = files.length === 0 ? undefined : await scopeOf(request, shop, files);
  if (scope === undefined) return new Response(null, { status: 404 });
  const pieces = isTakeoutFile(file) ? exportShop(scope, file) : zipEverything(scope, requestMoment());
  const [type, ending] = isTakeoutFile(file) ? ['text/csv; charset=utf-8', `${file}.csv`] : ['application/zip', EVERYTHING];
  return new Response(streamOf(pieces), {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${shop}-${ending}"`,
      'cache-control': 'no-store',
    },
  });
}
