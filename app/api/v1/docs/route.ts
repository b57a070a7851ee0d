import { readingPage } from '../_door/reading-page';

export const dynamic = 'force-dynamic';

/** The API described for people. */
export function GET(): Response {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=60',
  };
  return new Response(readingPage(), { headers });
}
