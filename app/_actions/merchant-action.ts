import type { z } from 'zod';
import { explainDesk } from '@/app/_text/explain-desk';
import { enterShop, type ShopDesk } from '@/app/_data/desk';
import type { StatefulAction } from '@/components/ui/form-state';
import type { ShopRole } from '@/lib/kernel';
import { err } from '@/lib/kernel';
import type { DeskDoor } from './define-action';
import { deskAction, deskForm } from './define-action';
import type { Saying } from './said';

/** A form of a shop's pages names its shop in a hidden field `shop`; the role is looked up, never believed. */
function shopDoor(needs: ShopRole): DeskDoor<ShopDesk> {
  return {
    async enter(entries) {
      const entered = await enterShop(entries['shop'] ?? '', needs);
      return entered.ok
        ? entered
        : err({ sentence: explainDesk(entered.error.locale, { kind: 'role-too-small', ask: entered.error.ask?.name }) });
    },
    invalid: (locale) => explainDesk(locale, { kind: 'invalid' }),
    apology: (locale) => explainDesk(locale, { kind: 'failed' }),
  };
}

/** A small change by someone of the shop; `needs` is the smallest role that may. */
export function merchantAction<Schema extends z.ZodType>(
  schema: Schema,
  work: (desk: ShopDesk, input: z.output<Schema>) => Promise<Saying | undefined>,
  needs: ShopRole = 'counter',
): (form: FormData) => Promise<void> {
  return deskAction(shopDoor(needs), schema, work);
}

/** A form with fields of the shop's pages. */
export function merchantForm<Schema extends z.ZodType>(
  form: Parameters<typeof deskForm<ShopDesk, Schema>>[1],
  work: Parameters<typeof deskForm<ShopDesk, Schema>>[2],
  needs: ShopRole = 'counter',
): StatefulAction {
  return deskForm(shopDoor(needs), form, work);
}
