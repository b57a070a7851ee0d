import { and, eq, gt, isNull } from 'drizzle-orm';
import { courierRuns } from '@/db/schema';
import type { RunScope } from '@/lib/kernel';
import { HOUR, plusMs } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';

/** How long a run's link opens after its slot: long enough to bring the last bag back, too short to remember where people live. */
const LINK_LIFE_HOURS = 18;

/** What a courier's link gives access to: that run, until it is called off or its evening is over. */
export async function runScope(token: string, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<RunScope | undefined> {
  const [run] = await reader()
    .select({ runId: courierRuns.id })
    .from(courierRuns)
    .where(
      and(
        eq(courierRuns.token, token),
        isNull(courierRuns.calledOffAt),
        gt(courierRuns.slotTo, plusMs(clock.now(), -LINK_LIFE_HOURS * HOUR)),
      ),
    );
  return run && { kind: 'run', runId: run.runId };
}
