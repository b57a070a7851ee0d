import { apiDocument } from '../_door/document';

export const dynamic = 'force-dynamic';

/** The API described for machines. */
export function GET(): Response {
  return Response.json(apiDocument(), { headers: { 'cache-control': 'public, max-age=60', 'access-control-allow-origin': '*' } });
}
