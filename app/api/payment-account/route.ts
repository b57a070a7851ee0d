import type { NextRequest } from 'next/server';
import { z } from 'zod';
import { readJson } from '@/app/api/_door/read-json';
import { SESSION_COOKIE, currentSession, shopScope } from '@/lib/identity';
import { logError } from '@/lib/platform/log';
import { openOnboardingForm } from '@/lib/provider';

export const dynamic = 'force-dynamic';

const LONGEST = 1_024;

const asked = z.object({ shop: z.string().max(80) });

/**
 * The secret that opens the payment provider's form inside a page of ours, for the shop's owner: `{ shop }` in, `{ clientSecret }` out.
 * 404: no shop of an owner who is signed in here, or a provider without such a form · 400: no question · 502: the provider does not answer.
 */
export async function POST(request: NextRequest): Promise<Response> {
  const sent = asked.safeParse(await readJson(request, LONGEST));
  if (!sent.success) return new Response(null, { status: 400 });
  const session = await currentSession(request.cookies.get(SESSION_COOKIE)?.value);
  const access = await shopScope(session, sent.data.shop, 'owner');
  if (!access.ok) return new Response(null, { status: 404 });
  try {
    const opened = await openOnboardingForm(access.value.scope);
    if (!opened.ok) return new Response(null, { status: 404 });
    return Response.json(opened.value, { headers: { 'cache-control': 'private, no-store' } });
  } catch (error) {
    logError('the provider gave no form', error);
    return new Response(null, { status: 502 });
  }
}
