export const dynamic = 'force-dynamic';

/** The floor under every measure: what this server needs to answer nothing at all. There only while it is being measured. */
export function GET(): Response {
  if (process.env['HALLES_FLOOR'] !== '1') return new Response(null, { status: 404 });
  return new Response('floor', { headers: { 'cache-control': 'no-store' } });
}
