import { eq } from 'drizzle-orm';
import { requests } from '@/db/schema';
import type { RequestScope } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';

/** What the link of a request gives access to: that request, as long as it is kept; undefined for any other token. */
export async function requestScope(token: string): Promise<RequestScope | undefined> {
  const [row] = await reader().select({ requestId: requests.id }).from(requests).where(eq(requests.token, token));
  return row && { kind: 'request', requestId: row.requestId };
}
