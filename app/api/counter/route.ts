import type { NextRequest } from 'next/server';
import { z } from 'zod';
import { readJson } from '@/app/api/_door/read-json';
import { SESSION_COOKIE, currentSession, shopScope } from '@/lib/identity';
import { claimWrite } from '@/lib/machines';
import { logError } from '@/lib/platform/log';
import { carryOutTap, tapInput } from './carry-out-tap';

export const dynamic = 'force-dynamic';

const LONGEST = 8_192;

const envelope = z.object({
  shop: z.string().max(80),
  /** Made at the tap: sent again, because the answer was lost with the network, it is the same tap. */
  key: z.string().regex(/^[\w-]{8,64}$/),
  at: z.number().int().nonnegative(),
  act: z.string().max(20),
  fields: z.record(z.string().max(40), z.string().max(300)),
});

/**
 * A tap of a shop's counter that was kept while there was no network. 200: it is done, or was done before · 409: it could not be done, in a
 * sentence for who tapped · 401: nobody is signed in any more · 404: no shop of this person · 425: the same tap is being done · 400: no tap.
 */
export async function POST(request: NextRequest): Promise<Response> {
  const session = await currentSession(request.cookies.get(SESSION_COOKIE)?.value);
  if (!session) return new Response(null, { status: 401 });
  const sent = envelope.safeParse(await readJson(request, LONGEST));
  const tap = sent.success ? tapInput.safeParse({ ...sent.data.fields, act: sent.data.act }) : undefined;
  if (!sent.success || !tap?.success) return new Response(null, { status: 400 });
  const access = await shopScope(session, sent.data.shop);
  if (!access.ok) return new Response(null, { status: 404 });
  const { scope } = access.value;
  const { key, at, act, fields } = sent.data;
  const claim = { caller: `desk:${scope.shopId}:${scope.personId}`, key, call: [act, JSON.stringify(fields)] };
  try {
    const done = await claimWrite(claim, () => carryOutTap({ scope, locale: session.locale }, { tap: tap.data, key, tappedAt: at }));
    if (!done.ok) return new Response(null, { status: done.error.kind === 'call-in-progress' ? 425 : 400 });
    return Response.json(done.value.body, { status: done.value.status, headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    logError('a kept tap failed', error);
    return new Response(null, { status: 500 });
  }
}
