import { z } from 'zod';
import { citySettings } from '@/db/schema';
import type { OperatorScope, Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import { cityFile, operatorIdentity } from './city-file';

/** What may change of a city that lives: its words and who answers for it. Its country, clock and place are what orders and books were made with. */
export const cityInput = z.strictObject({
  name: cityFile.shape.city.shape.name,
  region: cityFile.shape.city.shape.region,
  operator: operatorIdentity,
});

export type ChangeCityRefusal = { readonly kind: 'admin-only' } | { readonly kind: 'city-not-founded' };

/** Writes down who runs the city, from the next page on; documents that were issued keep what they say. Who changed which field is an event. */
export async function changeCity(
  scope: OperatorScope,
  input: z.output<typeof cityInput>,
  ports: Ports = systemPorts,
): Promise<Result<{ readonly changed: readonly string[] }, ChangeCityRefusal>> {
  return observed({ useCase: 'change-city', actor: 'operator' }, async () => {
    if (scope.role !== 'admin') return err({ kind: 'admin-only' });
    return withTransaction(async (tx): Promise<Result<{ readonly changed: readonly string[] }, ChangeCityRefusal>> => {
      const [before] = await tx.select().from(citySettings).for('update');
      if (!before) return err({ kind: 'city-not-founded' });
      const fields = fieldsThatDiffer({ name: before.name, region: before.region, operator: before.operator }, input);
      if (fields.length === 0) return ok({ changed: fields });
      const now = ports.clock.now();
      await tx.update(citySettings).set({ ...input, updatedAt: now });
      const by = { actor: { kind: 'operator', id: scope.personId }, now, ids: ports.ids } as const;
      await appendEvents(tx, [{ name: 'CityDescribed', subject: 'city', facts: { fields } }], by);
      return ok({ changed: fields });
    });
  });
}

/** Paths of the fields that are not what they were, such as `operator.host.phone`. */
function fieldsThatDiffer(before: object, after: object): readonly string[] {
  const was: Readonly<Record<string, unknown>> = { ...before };
  return Object.entries(after).flatMap(([name, value]: [string, unknown]) => {
    const old = was[name];
    if (isObject(value) && isObject(old)) return fieldsThatDiffer(old, value).map((inner) => `${name}.${inner}`);
    return old === value ? [] : [name];
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
