'use server';

import { z } from 'zod';
import { merchantAction } from '@/app/_actions/merchant-action';
import { completeProducts, legalInput } from '@/lib/catalogue';
import { parseId } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** A box per product, named by its offer, and the fields of the law. */
const form = z.record(z.string(), z.string());

/** "Compléter les produits cochés": one text for many products; what lacks nothing any more is shown. */
export const completeProductsAction = merchantAction(
  form,
  async ({ scope, locale }, entries) => {
    const t = texts(locale, 'shelf');
    const facts = legalInput.safeParse(entries);
    if (!facts.success) return { kind: 'bad', text: t('missing.content-wrong') };
    const offerIds = Object.keys(entries).flatMap((name) => parseId('offer', name) ?? []);
    const done = await completeProducts(scope, { offerIds, facts: facts.data });
    return done.ok ? { kind: 'good', text: t('missing.said', done.value) } : { kind: 'bad', text: t(`missing.${done.error.kind}`) };
  },
  'manager',
);
