import { cookies } from 'next/headers';
import { currentSession, SESSION_COOKIE, shopScope } from '@/lib/identity';
import type { ShopScope } from '@/lib/kernel';
import { parseId } from '@/lib/kernel';
import { openKey, shopScopeOf } from '@/lib/machines';
import type { KeyScope } from '@/lib/machines/views';
import { exportShop, isTakeoutFile, type TakeoutFile } from '@/lib/takeout';

export const dynamic = 'force-dynamic';

/** What a key must be allowed to read for a file; people need to be a manager. */
const rightOf: Readonly<Record<TakeoutFile, KeyScope>> = {
  products: 'catalogue:read',
  variants: 'catalogue:read',
  offers: 'catalogue:read',
  prices: 'catalogue:read',
  stock: 'stock:read',
  movements: 'stock:read',
  orders: 'orders:read',
  documents: 'orders:read',
};

/** A system names its shop by the id, as everywhere in the API; people stand at its desk, which has a name. */
async function scopeOf(request: Request, shop: string, file: TakeoutFile): Promise<ShopScope | undefined> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (bearer !== undefined) {
    const [machine, shopId] = [await openKey(bearer), parseId('shop', shop)];
    return machine?.scopes.includes(rightOf[file]) && shopId ? shopScopeOf(machine, shopId) : undefined;
  }
  const access = await shopScope(await currentSession((await cookies()).get(SESSION_COOKIE)?.value), shop, 'manager');
  return access.ok ? access.value.scope : undefined;
}

/** One file of what a shop owns, for its managers and its own systems; for everybody else there is nothing here. */
export async function GET(request: Request, { params }: { readonly params: Promise<{ shop: string; file: string }> }): Promise<Response> {
  const { shop, file: name } = await params;
  const file = name.replace(/\.csv$/, '');
  const scope = isTakeoutFile(file) ? await scopeOf(request, shop, file) : undefined;
  if (scope === undefined || !isTakeoutFile(file)) return new Response(null, { status: 404 });
  const pieces = exportShop(scope, file);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${shop}-${file}.csv"`,
      'cache-control': 'no-store',
    },
  });
}
