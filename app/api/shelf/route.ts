import { cookies } from 'next/headers';
import type { NextRequest } from 'next/server';
import { z } from 'zod';
import { explainReading, legalFieldText } from '@/app/_text/explain-reading';
import { lookUpCode, scanThing } from '@/lib/connectors';
import { SESSION_COOKIE, currentSession, shopScope } from '@/lib/identity';
import { logError } from '@/lib/platform/log';

export const dynamic = 'force-dynamic';

const reading = z.object({
  key: z.string().regex(/^[\w-]{8,64}$/),
  gtin: z.string().trim().max(40),
  title: z.string().trim().max(200).default(''),
  priceMinor: z.number().int().positive().max(99_999_999).optional(),
  quantity: z.number().int().min(0).max(999_999).optional(),
});

async function enter(request: NextRequest) {
  const session = await currentSession((await cookies()).get(SESSION_COOKIE)?.value);
  const access = await shopScope(session, request.nextUrl.searchParams.get('shop') ?? '');
  return session && access.ok ? { session, scope: access.value.scope } : undefined;
}

/** Who reads for a shop that is not theirs finds nothing; who is signed out is told to sign in, so that a queue waits instead of failing. */
const refused = async (): Promise<Response> => {
  const session = await currentSession((await cookies()).get(SESSION_COOKIE)?.value);
  return new Response(null, { status: session ? 404 : 401 });
};

/** What is known of a bar code: `GET /api/shelf?shop=<slug>&code=<digits>`. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await enter(request);
  if (!desk) return refused();
  const found = await lookUpCode(desk.scope, request.nextUrl.searchParams.get('code')?.slice(0, 40) ?? '');
  return Response.json(found ?? { known: 'unreadable' }, { headers: { 'cache-control': 'private, no-store' } });
}

/**
 * One reading of the phone's queue: `POST /api/shelf?shop=<slug>`. The same key again is the same reading. A reading that is refused is
 * answered 422 with a sentence and will be refused again: the queue sets it aside and goes on.
 */
export async function POST(request: NextRequest): Promise<Response> {
  const origin = request.headers.get('origin');
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  if (origin === null || !URL.canParse(origin) || new URL(origin).host !== host) return new Response(null, { status: 403 });
  const desk = await enter(request);
  if (!desk) return refused();
  const { scope, session } = desk;
  const body: unknown = await request.json().catch(() => undefined);
  const parsed = reading.safeParse(body);
  if (!parsed.success) return Response.json({ sentence: explainReading(session.locale, { kind: 'nothing-said' }) }, { status: 422 });
  const { priceMinor, quantity, ...rest } = parsed.data;
  try {
    const done = await scanThing(scope, { ...rest, priceMinor, quantity });
    if (!done.ok) return Response.json({ kind: done.error.kind, sentence: explainReading(session.locale, done.error) }, { status: 422 });
    const { missing, ...taken } = done.value;
    return Response.json({ ...taken, missing: missing.map((field) => legalFieldText(session.locale, field)) });
  } catch (error) {
    logError('shelf', error);
    return new Response(null, { status: 500 });
  }
}
