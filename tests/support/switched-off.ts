import { expect } from 'vitest';
import type { OperatorScope } from '@/lib/kernel';
import { switchModule } from '@/lib/modules';
import type { CityModule } from '@/lib/modules/views';
import { systemIds } from '@/lib/platform/ids';
import { portsAt } from './builders';

export const cityAdmin: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'admin' };

export const say = (name: CityModule, enabled: boolean, isConfirmed = true) =>
  switchModule(cityAdmin, { name, enabled, isConfirmed }, portsAt());

/** Something done while the city has a module switched off; on again afterwards, whatever happened. */
export async function whileOff(name: CityModule, work: () => Promise<void>): Promise<void> {
  expect((await say(name, false)).ok).toBe(true);
  try {
    await work();
  } finally {
    expect((await say(name, true)).ok).toBe(true);
  }
}
