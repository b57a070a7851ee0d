'use server';

import { z } from 'zod';
import { idField } from '@/app/_actions/id-field';
import { merchantAction, merchantForm } from '@/app/_actions/merchant-action';
import { explainFault } from '@/app/_text/explain-source';
import type { Locale } from '@/lib/kernel';
import { assertNever } from '@/lib/kernel';
import type { AddConnectionRefusal } from '@/lib/sources';
import { addConnection, askNow, connectorOf, pauseConnection, removeConnection, resumeConnection, testConnection } from '@/lib/sources';
import { texts } from '@/lib/texts';
import { fieldLabel } from '../../_parts/source-words';

/** Which source, and whatever its form asked for: the connector reads each field by its own schema. */
const posted = z.object({ kind: z.string().max(40) }).catchall(z.string().max(2_000));

function refusalOf(locale: Locale, kind: string, refusal: AddConnectionRefusal): { readonly field: string; readonly message: string } {
  const t = texts(locale, 'sources');
  switch (refusal.kind) {
    case 'unknown-source':
      return { field: 'form', message: t('wrong.kind') };
    case 'field-wrong':
      return { field: refusal.field, message: t('wrong.field', { label: fieldLabel(locale, refusal.field) }) };
    case 'too-many-connections':
      return { field: 'form', message: t('wrong.too-many', { most: refusal.most }) };
    case 'source-said-no':
      return { field: 'form', message: explainFault(locale, refusal.fault, connectorOf(kind)?.name ?? kind) };
    default:
      return assertNever(refusal);
  }
}

/** Connects a source: it is asked first, and kept only when it answers. */
export const addConnectionAction = merchantForm(
  { schema: posted, wordOf: (locale) => texts(locale, 'sources')('wrong.failed') },
  async ({ scope, locale }, { kind, ...typed }) => {
    const added = await addConnection(scope, { kind, typed });
    if (!added.ok) return { errors: [refusalOf(locale, kind, added.error)] };
    return { errors: [], notice: texts(locale, 'sources')('new.done', { shop: added.value.shopName }) };
  },
  'manager',
);

const one = z.object({
  connectionId: idField('connection'),
  name: z.string().max(80).default(''),
});

const gone = (locale: Locale) => ({ kind: 'bad', text: texts(locale, 'sources')('said.gone') }) as const;

/** Asks the source whether the key works, and says so. */
export const testConnectionAction = merchantAction(
  one,
  async ({ scope, locale }, { connectionId, name }) => {
    const tested = await testConnection(scope, connectionId);
    if (tested.ok) return { kind: 'good', text: texts(locale, 'sources')('said.tested', { name, shop: tested.value.shopName }) };
    return tested.error.kind === 'connection-not-found'
      ? gone(locale)
      : { kind: 'bad', text: explainFault(locale, tested.error.fault, name) };
  },
  'manager',
);

/** Does not wait for the next round. */
export const askConnectionAction = merchantAction(
  one,
  async ({ scope, locale }, { connectionId }) => {
    const asked = await askNow(scope, connectionId);
    return asked.ok ? { kind: 'good', text: texts(locale, 'sources')('said.asked') } : gone(locale);
  },
  'manager',
);

/** Stops asking until somebody says otherwise. */
export const pauseConnectionAction = merchantAction(
  one,
  async ({ scope, locale }, { connectionId }) => {
    const paused = await pauseConnection(scope, connectionId);
    return paused.ok ? { kind: 'good', text: texts(locale, 'sources')('said.paused') } : gone(locale);
  },
  'manager',
);

/** Goes on. */
export const resumeConnectionAction = merchantAction(
  one,
  async ({ scope, locale }, { connectionId }) => {
    const resumed = await resumeConnection(scope, connectionId);
    return resumed.ok ? { kind: 'good', text: texts(locale, 'sources')('said.resumed') } : gone(locale);
  },
  'manager',
);

/** Forgets the key. */
export const removeConnectionAction = merchantAction(
  one,
  async ({ scope, locale }, { connectionId }) => {
    const removed = await removeConnection(scope, connectionId);
    return removed.ok ? { kind: 'good', text: texts(locale, 'sources')('said.removed') } : gone(locale);
  },
  'manager',
);
