'use server';

import { z } from 'zod';
import { deskAction } from '@/app/_actions/define-action';
import { enterNetwork, type NetworkDesk } from '@/app/_data/desk';
import { explainDesk } from '@/app/_text/explain-desk';
import { err, parseId, type ShopId } from '@/lib/kernel';
import { networkRules, setNetworkRules } from '@/lib/sourcing';
import { texts } from '@/lib/texts';

const form = z.looseObject({
  from: z.coerce.number().int().min(0),
  ownFirst: z.enum(['off', 'soft', 'hard']),
  foreignUnitMinor: z.coerce.number(),
  source: z.string().trim().min(3).max(200),
});

/** Lays down a network's rules; which shops are its own is looked up, never believed. */
export const networkRulesAction = deskAction<NetworkDesk, typeof form>(
  {
    async enter(entries) {
      const entered = await enterNetwork(entries['network'] ?? '');
      return entered.ok ? entered : err({ sentence: explainDesk(entered.error.locale, { kind: 'role-too-small', ask: undefined }) });
    },
    invalid: (locale) => explainDesk(locale, { kind: 'invalid' }),
    apology: (locale) => explainDesk(locale, { kind: 'failed' }),
  },
  form,
  async ({ scope, locale }, { from, ownFirst, foreignUnitMinor, source, ...fields }) => {
    const t = texts(locale, 'merchant');
    const named = (prefix: string) =>
      Object.entries(fields).flatMap(([name, value]): readonly (readonly [ShopId, string])[] => {
        const shopId = name.startsWith(prefix) ? parseId('shop', name.slice(prefix.length)) : undefined;
        return shopId && typeof value === 'string' && value.trim() !== '' ? [[shopId, value]] : [];
      });
    const rules = networkRules.safeParse({
      ownFirst,
      foreignUnitMinor,
      excludedShopIds: named('out-').map(([shopId]) => shopId),
      territories: named('where-').map(([shopId, text]) => ({ shopId, postcodes: text.split(/[\s,;]+/).filter((word) => word !== '') })),
    });
    if (!rules.success) return { kind: 'bad', text: t('refused.invalid') };
    const set = await setNetworkRules(scope, { rules: rules.data, from, source });
    return set.ok
      ? { kind: 'good', text: t('network.saved', { version: set.value.version }) }
      : { kind: 'bad', text: t(`network.refused.${set.error.kind}`) };
  },
);
