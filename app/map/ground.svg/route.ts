import { groundMapSvg } from '@/lib/shops';

const HOUR_MS = 3_600_000;

let drawn: { readonly at: number; readonly svg: Promise<string> } | undefined;

/** The ground under every map of shops; drawn once an hour, kept by browsers for a day. */
export async function GET(): Promise<Response> {
  if (!drawn || Date.now() - drawn.at > HOUR_MS) {
    drawn = { at: Date.now(), svg: groundMapSvg() };
    drawn.svg.catch(() => {
      drawn = undefined;
    });
  }
  return new Response(await drawn.svg, {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'public, max-age=86400, stale-while-revalidate=604800',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
    },
  });
}
