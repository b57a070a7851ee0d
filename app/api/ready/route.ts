import { checkReadiness } from '@/lib/insights';
import { log } from '@/lib/platform/log';

export const dynamic = 'force-dynamic';

/** Ready: this process may be sent requests. 503 with the failing part otherwise; the names say nothing about the installation. */
export async function GET(): Promise<Response> {
  const { isReady, checks } = await checkReadiness();
  if (!isReady) log.warn({ failing: checks.filter(({ isOk }) => !isOk).map(({ sentence }) => sentence) }, 'not ready');
  const parts = Object.fromEntries(checks.map(({ name, isOk }) => [name, isOk ? 'ok' : 'failing']));
  return Response.json(
    { status: isReady ? 'ready' : 'not-ready', checks: parts },
    { status: isReady ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  );
}
