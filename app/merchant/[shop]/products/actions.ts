'use server';

import { z } from 'zod';
import { idField } from '@/app/_actions/id-field';
import { merchantAction } from '@/app/_actions/merchant-action';
import { changeOffer } from '@/lib/catalogue';
import { addThing } from '@/lib/connectors';
import { parsePrice } from '@/lib/kernel';
import { texts } from '@/lib/texts';

const price = z
  .string()
  .trim()
  .transform((text, context) => {
    const priceMinor = parsePrice(text);
    if (priceMinor === undefined) context.addIssue({ code: 'custom', message: 'no-price' });
    return priceMinor ?? z.NEVER;
  });

const thing = z.object({
  key: z.string().regex(/^[\w-]{8,64}$/),
  gtin: z.string().trim().max(40),
  title: z.string().trim().max(200),
  price,
  quantity: z
    .string()
    .trim()
    .regex(/^\d{0,6}$/)
    .transform((text) => (text === '' ? undefined : Number(text))),
});

/** "Mettre en vente": a bar code, a price and a count. */
export const addThingAction = merchantAction(
  thing,
  async ({ scope, locale }, { price: priceMinor, ...rest }) => {
    const t = texts(locale, 'imports');
    const added = await addThing(scope, { ...rest, priceMinor });
    if (!added.ok) return { kind: 'bad', text: t(`products.refused.${added.error.kind}`) };
    const { title, isNew } = added.value;
    return { kind: 'good', text: t(isNew ? 'products.added' : 'products.updated', { title }) };
  },
  'manager',
);

const sale = z.object({
  offerId: idField('offer'),
  active: z.enum(['on', 'off']),
});

/** Takes a product off sale, or puts it back. */
export const switchSaleAction = merchantAction(
  sale,
  async ({ scope, locale }, { offerId, active }) => {
    const t = texts(locale, 'imports');
    const changed = await changeOffer(scope, offerId, { isActive: active === 'on' });
    if (!changed.ok) return { kind: 'bad', text: t('products.refused.gone') };
    return { kind: 'good', text: t(active === 'on' ? 'products.onAgain' : 'products.offNow') };
  },
  'manager',
);
