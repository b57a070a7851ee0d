'use server';

import { operatorAction } from '@/app/_actions/operator-action';
import { moduleRoles, switchModule, switchModuleInput } from '@/lib/modules';
import { texts } from '@/lib/texts';

/** "Allumer", "Éteindre": what the city offers. */
export const switchModuleAction = operatorAction(
  switchModuleInput,
  async ({ scope, locale }, input) => {
    const t = texts(locale, 'modules');
    const name = t(`names.${input.name}`);
    const switched = await switchModule(scope, input);
    if (!switched.ok) return { kind: 'bad', text: t(`said.${switched.error.kind}`, { name }) };
    return { kind: 'good', text: t(input.enabled ? 'said.on' : 'said.off', { name }) };
  },
  moduleRoles,
);
