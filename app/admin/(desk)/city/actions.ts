'use server';

import { z } from 'zod';
import { operatorForm } from '@/app/_actions/operator-action';
import { changeCity, cityInput } from '@/lib/founding';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { isCityField } from './fields';

const { operator } = cityInput.shape;
const { host } = operator.shape;

/** Fields lie flat in a form; `host` is a part of who runs the city. */
const form = z
  .object({
    name: cityInput.shape.name,
    region: cityInput.shape.region,
    ...operator.omit({ host: true }).shape,
    hostName: host.shape.name,
    hostAddress: host.shape.address,
    hostPhone: host.shape.phone,
  })
  .transform(({ name, region, hostName, hostAddress, hostPhone, ...rest }) => ({
    name,
    region,
    operator: { ...rest, host: { name: hostName, address: hostAddress, phone: hostPhone } },
  }));

function wordOf(locale: Locale, field: string): string {
  const t = texts(locale, 'city');
  return isCityField(field) ? t(`refused.${field}`) : t('who.failed');
}

/** Writes down who answers for the city. */
export const changeCityAction = operatorForm(
  { schema: form, wordOf },
  async ({ scope, locale }, input) => {
    const t = texts(locale, 'city');
    const changed = await changeCity(scope, input);
    if (!changed.ok)
      return { errors: [{ field: 'form', message: t(changed.error.kind === 'admin-only' ? 'who.adminOnly' : 'who.notFounded') }] };
    const count = changed.value.changed.length;
    return { errors: [], notice: count === 0 ? t('who.unchanged') : t('who.saved', { count }) };
  },
  ['admin'],
);
