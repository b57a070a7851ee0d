'use server';

import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { idField } from '@/app/_actions/id-field';
import { merchantAction, merchantForm } from '@/app/_actions/merchant-action';
import { say } from '@/app/_actions/said';
import { explainProduct, productFieldOf, productIssueText } from '@/app/_text/explain-product';
import { listLeaves } from '@/lib/catalogue';
import type { Locale, OfferId, ShopScope } from '@/lib/kernel';
import { parseId } from '@/lib/kernel';
import { listPlaces, MOST_VARIANTS, readProductForm, rowsOf, saveProduct, suggestDepartment, withdrawProduct } from '@/lib/products';
import { cityMoment } from '@/lib/shops';
import { fieldSentence, texts } from '@/lib/texts';

type Values = Readonly<Record<string, string>>;

const form = z.record(z.string().max(60), z.string().max(10_000));

/** A department for the title as it stands; the person looks at it and may choose another. */
async function withSuggestion(scope: ShopScope, locale: Locale, values: Values) {
  const title = (values['title'] ?? '').trim();
  const t = texts(locale, 'product');
  if (title === '') return { errors: [{ field: 'title', message: t('issue.title') }] };
  const { categoryId, confidence } = await suggestDepartment(scope, title);
  const leaf = (await listLeaves(locale, cityMoment())).find(({ id }) => id === categoryId);
  // Neither its words nor the shop's other goods tell, and the leaf for such things is made only by what is put there: the person chooses.
  if (leaf === undefined) return { errors: [{ field: 'department', message: productIssueText(locale, 'department', 'department') }] };
  const { name } = leaf;
  return {
    errors: [],
    values: { ...values, department: categoryId },
    notice: confidence === 0 ? t('department.usual', { name }) : t('department.suggested', { name, percent: Math.round(confidence * 100) }),
  };
}

type Save = { readonly scope: ShopScope; readonly slug: string; readonly locale: Locale; readonly offerId: OfferId | undefined };

async function save({ scope, slug, locale, offerId }: Save, values: Values) {
  const t = texts(locale, 'product');
  const read = readProductForm(values, (await listPlaces(scope)).map(({ locationId }) => locationId)); // prettier-ignore
  if (!read.ok) return { errors: read.error.map(({ field, code }) => ({ field, message: productIssueText(locale, field, code) })) };
  const saved = await saveProduct(scope, { ...read.value, offerId, key: values['key'] ?? '' });
  if (!saved.ok) {
    // Somebody sent the same form twice with other words, or it was open for days: a new key lets it through.
    return { errors: [{ field: productFieldOf(saved.error, values), message: explainProduct(locale, saved.error) }], values: { ...values, key: randomUUID() } }; // prettier-ignore
  }
  const path = `/merchant/${slug}/products/${saved.value.offerId}`;
  await say({ kind: 'good', text: t(saved.value.isNew ? 'said.made' : 'said.changed', { title: read.value.words.title }), on: path });
  return redirect(path);
}

/** "Enregistrer", "Proposer un rayon", "Ajouter une variante": one form, three buttons, all of which work without a script. */
export const saveProductAction = merchantForm(
  { schema: form, wordOf: (locale, _field, code) => fieldSentence(locale, code) },
  async ({ scope, shop, locale }, values) => {
    switch (values['intent']) {
      case 'suggest':
        return withSuggestion(scope, locale, values);
      case 'row':
        return { errors: [], values: { ...values, rows: String(Math.min(MOST_VARIANTS, rowsOf(values) + 1)) } };
      default:
        return save({ scope, slug: shop.slug, locale, offerId: parseId('offer', values['offerId'] ?? '') }, values);
    }
  },
  'manager',
);

const switching = z.object({
  offerId: idField('offer'),
  active: z.enum(['on', 'off']),
});

/** Takes a whole product off sale, or puts it back. */
export const withdrawProductAction = merchantAction(
  switching,
  async ({ scope, locale }, { offerId, active }) => {
    const t = texts(locale, 'product');
    const done = await withdrawProduct(scope, { offerId, isActive: active === 'on' });
    return done.ok
      ? { kind: 'good', text: t(active === 'on' ? 'said.back' : 'said.off') }
      : { kind: 'bad', text: explainProduct(locale, done.error) };
  },
  'manager',
);
