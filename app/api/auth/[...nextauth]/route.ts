import NextAuth from 'next-auth';
import type { NextRequest } from 'next/server';
import { authOptions, localeOfEmail, ownPath } from '@/lib/identity';
import type { Locale } from '@/lib/kernel';
import { isLocale, pathTo, unprefixedLocale } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { withRequestId } from '@/lib/platform/log';

type Context = { readonly params: Promise<{ readonly nextauth: string[] }> };

/** The network address a request came from, as the proxy in front reports it; only used to count. */
function senderOf(request: NextRequest): string {
  return request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? 'here';
}

/** The language to answer in: of the page to go to, else of the account, else of the city. */
async function localeOf(request: NextRequest): Promise<Locale> {
  const wanted = ownPath(request.nextUrl.searchParams.get('callbackUrl')).split('/')[1];
  if (isLocale(wanted)) return wanted;
  const email = request.nextUrl.searchParams.get('email');
  return (email === null ? undefined : await localeOfEmail(email)) ?? unprefixedLocale;
}

/** next-auth sends its failures to a page of its own on another round trip: we go straight to the sign-in page, in the right language. */
function friendly(answer: Response, locale: Locale, request: NextRequest): Response {
  const location = answer.headers.get('location');
  if (location === null || !URL.canParse(location)) return answer;
  const url = new URL(location);
  if (!url.pathname.startsWith('/api/auth/error')) return answer;
  const callbackUrl = ownPath(request.nextUrl.searchParams.get('callbackUrl'));
  const page = pathTo(locale, 'signIn', {}, { error: url.searchParams.get('error') ?? 'Default', callbackUrl });
  const headers = new Headers(answer.headers);
  headers.set('location', page);
  return new Response(null, { status: 303, headers });
}

async function answer(request: NextRequest, context: Context): Promise<Response> {
  // next-auth reads its own address from the environment only, and falls back to localhost:3000.
  process.env['NEXTAUTH_URL'] ??= env().baseUrl;
  const locale = await localeOf(request);
  return withRequestId(request.headers.get('x-request-id') ?? 'none', async () => {
    const made: Response = await NextAuth(request, context, authOptions(locale, senderOf(request)));
    return friendly(made, locale, request);
  });
}

export { answer as GET, answer as POST };
