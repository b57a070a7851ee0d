import { and, eq } from 'drizzle-orm';
import { requestAnswers, requests } from '@/db/schema';
import { proposeMatches } from '@/lib/catalogue';
import type { RequestId } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';

/**
 * What the street brought to light may have a page already, in another shop's words: pages that look like the one a taken offer made are
 * put before a person of the city (ADR 0080). Gives how many; a pair is asked once, however often this runs.
 */
export async function compareTaken(requestId: RequestId, ports: Ports): Promise<number> {
  const [row] = await reader()
    .select({ shopId: requestAnswers.shopId, endedAt: requests.endedAt })
    .from(requests)
    .innerJoin(requestAnswers, and(eq(requestAnswers.requestId, requests.id), eq(requestAnswers.state, 'accepted')))
    .where(eq(requests.id, requestId));
  return row === undefined || row.endedAt === null ? 0 : proposeMatches(row.shopId, row.endedAt, ports);
}
