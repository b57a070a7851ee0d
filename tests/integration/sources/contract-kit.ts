import { afterAll, describe, test } from 'vitest';
import type { SourceDouble } from '../../support/sources/double';
import { appliesTo } from '../../support/sources/applies-to';
import { closeDoubles } from '../../support/sources/given-connection';
import { scenarios } from './scenarios';

/** Holds a connector to its contract, against its double. */
export function holdToContract(double: SourceDouble): void {
  describe(double.kind, () => {
    afterAll(closeDoubles);
    for (const [scenario, { guarantee, proves }] of Object.entries(scenarios)) {
      test(`${scenario}: ${guarantee}`, () => proves(double, appliesTo(double.kind)));
    }
  });
}
