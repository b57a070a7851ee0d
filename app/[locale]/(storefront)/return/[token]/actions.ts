'use server';

import { notFound, redirect } from 'next/navigation';
import { z } from 'zod';
import { shopperAction, shopperForm } from '@/app/_actions/shopper-action';
import { explainReturn } from '@/app/_text/explain-return';
import { orderScope } from '@/lib/identity';
import type { OfferId, OrderLineId } from '@/lib/kernel';
import { parseId, pathTo } from '@/lib/kernel';
import { defectRemedies, dropReturn, noteSentBack, reasonText, startableCauses, startReturn } from '@/lib/returns';
import { texts } from '@/lib/texts';

const MOST_LINES = 200;

const startInput = z
  .object({
    token: z.string().min(8).max(120),
    subOrderId: z.string().max(40),
    cause: z.enum(startableCauses),
    remedy: z.enum(defectRemedies).optional(),
    place: z.string().max(40),
    reason: reasonText.optional(),
    key: z.string().min(8).max(128),
  })
  .catchall(z.string().max(60));

type WantedLine = { readonly lineId: OrderLineId; readonly quantity: number; readonly exchangeOfferId: OfferId | undefined };

/** `quantity:lin_…` and `instead:lin_…` of the form. */
function linesIn(entries: Readonly<Record<string, unknown>>): readonly WantedLine[] {
  return Object.entries(entries)
    .slice(0, MOST_LINES)
    .flatMap(([name, value]) => {
      const [field, id = ''] = name.split(':');
      const lineId = field === 'quantity' ? parseId('orderLine', id) : undefined;
      const quantity = typeof value === 'string' && /^\d{1,7}$/.test(value) ? Number(value) : 0;
      const instead = entries[`instead:${id}`];
      const exchangeOfferId = typeof instead === 'string' ? parseId('offer', instead) : undefined;
      return lineId && quantity > 0 ? [{ lineId, quantity, exchangeOfferId }] : [];
    });
}

/** Opens a return from the order's link; a withdrawal is stated by it. Twice the same form is one return. */
export const startReturnAction = shopperForm(
  {
    schema: startInput,
    wordOf: (locale) => texts(locale, 'returns')('form.failed'),
    apology: (locale) => texts(locale, 'returns')('form.failed'),
  },
  async (_shopper, input, { locale }) => {
    const scope = await orderScope(input.token);
    const subOrderId = parseId('subOrder', input.subOrderId);
    if (!scope || !subOrderId) notFound();
    const { cause, remedy, reason, key } = input;
    const toShopId = input.place === 'parcel' ? undefined : parseId('shop', input.place);
    if (input.place !== 'parcel' && toShopId === undefined) notFound();
    const started = await startReturn(scope, { subOrderId, cause, remedy, reason, key, toShopId, lines: linesIn(input) });
    if (!started.ok) {
      const field = started.error.kind === 'shop-takes-no-returns' ? 'place' : 'lines';
      return { errors: [{ field, message: explainReturn(locale, started.error) }] };
    }
    redirect(pathTo(locale, 'return', { token: started.value.returnToken }));
  },
);

const sentInput = z.object({ token: z.string().min(8).max(120), tracking: z.string().trim().min(1).max(60) });

/** The parcel is on its way. */
export const noteSentBackAction = shopperAction(sentInput, async (_shopper, input, { locale }) => {
  const noted = await noteSentBack(input.token, input.tracking);
  if (!noted.ok && noted.error.kind === 'return-not-found') notFound();
  return noted.ok
    ? { kind: 'good', text: texts(locale, 'returns')('pass.sentDone') }
    : { kind: 'bad', text: explainReturn(locale, noted.error) };
});

/** The shopper keeps the goods after all. */
export const dropReturnAction = shopperAction(z.object({ token: z.string().min(8).max(120) }), async (_shopper, input, { locale }) => {
  const dropped = await dropReturn(input.token);
  if (!dropped.ok && dropped.error.kind === 'return-not-found') notFound();
  return dropped.ok
    ? { kind: 'good', text: texts(locale, 'returns')('pass.dropDone') }
    : { kind: 'bad', text: explainReturn(locale, dropped.error) };
});
