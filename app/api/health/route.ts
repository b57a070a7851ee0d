/** Alive: the process answers. Asks nothing else, so that a slow database never gets it restarted. */
export function GET(): Response {
  return Response.json({ status: 'live' }, { headers: { 'cache-control': 'no-store' } });
}
