import { cookies } from 'next/headers';
import { drawLabel, makeShipment } from '@/lib/carriers';
import { SESSION_COOKIE, currentSession, shopScope } from '@/lib/identity';
import { parseId } from '@/lib/kernel';
import { texts } from '@/lib/texts';

export const dynamic = 'force-dynamic';

type Context = { readonly params: Promise<{ readonly subOrderId: string }> };

/** The label of a parcel as PDF, for whoever works in its shop (`?shop=<slug>`); another shop's is not there. Printing it again gives the same label. */
export async function POST(request: Request, context: Context): Promise<Response> {
  return label(request, context);
}

async function label(request: Request, { params }: Context): Promise<Response> {
  const session = await currentSession((await cookies()).get(SESSION_COOKIE)?.value);
  const access = await shopScope(session, new URL(request.url).searchParams.get('shop') ?? '');
  const subOrderId = parseId('subOrder', (await params).subOrderId);
  const made = access.ok && subOrderId ? await makeShipment(access.value.scope, subOrderId) : undefined;
  if (!session || !made?.ok) return new Response(null, { status: 404 });
  const t = texts(session.locale, 'merchant');
  const bytes = await drawLabel(made.value, {
    from: t('label.from'),
    to: t('label.to'),
    reference: t('label.reference'),
    demo: made.value.carrier === 'demo' ? t('label.demo') : undefined,
  });
  return new Response(Buffer.from(bytes), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${made.value.reference}.pdf"`,
      'cache-control': 'private, no-store',
    },
  });
}
