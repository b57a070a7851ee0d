import { z } from 'zod';
import type { OperatorScope, Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import type { CityModule } from './module-list';
import { cardModules } from './module-list';
import { countRunning } from './running';
import { forgetModules, readModules, writeModule } from './switches';

/** Roles that may decide what the city offers. */
export const moduleRoles = ['admin'] as const;

export const switchModuleInput = z.object({
  name: z.enum(cardModules),
  enabled: z.enum(['yes', 'no']).transform((word) => word === 'yes'),
  isConfirmed: z
    .enum(['yes', 'no'])
    .default('no')
    .transform((word) => word === 'yes'),
});

export type SwitchModule = { readonly name: CityModule; readonly enabled: boolean; readonly isConfirmed: boolean };

/** Something of it is under way: whoever switches it off has to have read that it goes on to its end. */
export type SwitchRefusal = { readonly kind: 'still-running'; readonly running: number };

/**
 * Switches what the city offers. Off: nothing new is offered, asked nor written from the next second on; what was kept is kept, and what is under
 * way goes on to its end. The event says who and when. Setting it to what it is changes nothing.
 */
export async function switchModule(
  scope: OperatorScope,
  { name, enabled, isConfirmed }: SwitchModule,
  { clock, ids }: Ports = systemPorts,
): Promise<Result<{ readonly running: number }, SwitchRefusal>> {
  const switched = await observed({ useCase: 'switch-module', actor: scope.kind, ids: { personId: scope.personId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly running: number }, SwitchRefusal>> => {
      const switches = await readModules(tx);
      const running = (await countRunning(tx, [name]))(name);
      if (switches.isWanted(name) === enabled) return ok({ running });
      if (!enabled && running > 0 && !isConfirmed) return err({ kind: 'still-running', running });
      const now = clock.now();
      await writeModule(tx, name, { enabled, now });
      await appendEvents(tx, [{ name: 'ModuleSwitched', subject: name, facts: { enabled } }], {
        actor: { kind: 'operator', id: scope.personId },
        now,
        ids,
      });
      return ok({ running });
    }),
  );
  forgetModules();
  return switched;
}
