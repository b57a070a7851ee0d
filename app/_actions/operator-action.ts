import type { z } from 'zod';
import { enterCity, type CityDesk } from '@/app/_data/desk';
import { explainDesk } from '@/app/_text/explain-desk';
import type { OperatorRole } from '@/lib/kernel';
import { err, operatorRoles } from '@/lib/kernel';
import type { StatefulAction } from '@/components/ui/form-state';
import type { DeskDoor } from './define-action';
import { deskAction, deskForm } from './define-action';
import type { Saying } from './said';

function cityDoor(needs: readonly OperatorRole[]): DeskDoor<CityDesk> {
  return {
    async enter() {
      const entered = await enterCity(needs);
      return entered.ok
        ? entered
        : err({ sentence: explainDesk(entered.error.locale, { kind: 'role-too-small', ask: entered.error.ask?.name }) });
    },
    invalid: (locale) => explainDesk(locale, { kind: 'invalid' }),
    apology: (locale) => explainDesk(locale, { kind: 'failed' }),
  };
}

/** A change by someone of the city, in one of the roles named. */
export function operatorAction<Schema extends z.ZodType>(
  schema: Schema,
  work: (desk: CityDesk, input: z.output<Schema>) => Promise<Saying | undefined>,
  needs: readonly OperatorRole[] = operatorRoles,
): (form: FormData) => Promise<void> {
  return deskAction(cityDoor(needs), schema, work);
}

/** A form with fields of the city's pages, in one of the roles named. */
export function operatorForm<Schema extends z.ZodType>(
  form: Parameters<typeof deskForm<CityDesk, Schema>>[1],
  work: Parameters<typeof deskForm<CityDesk, Schema>>[2],
  needs: readonly OperatorRole[] = operatorRoles,
): StatefulAction {
  return deskForm(cityDoor(needs), form, work);
}
