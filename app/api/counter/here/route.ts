import { notePresence } from '@/lib/presence';

export const dynamic = 'force-dynamic';

/** A counter that is shown says so once a minute: `?with=` the token its page was given. 204: noted · 404: no token of ours, or one too old. */
export async function POST(request: Request): Promise<Response> {
  const token = new URL(request.url).searchParams.get('with') ?? '';
  return new Response(null, { status: (await notePresence(token)) ? 204 : 404 });
}
