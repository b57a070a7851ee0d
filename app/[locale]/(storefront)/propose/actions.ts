'use server';

import { shopperForm } from '@/app/_actions/shopper-action';
import { proposalInput, proposeShop } from '@/lib/proposals';
import { texts } from '@/lib/texts';

/** A shop is named to the operators: thanks, or what is missing with everything that was typed. */
export const proposeShopAction = shopperForm(
  {
    schema: proposalInput,
    wordOf: (locale, { field }) => texts(locale, 'home')(field === 'name' ? 'propose.error.name' : 'propose.error.long'),
    apology: (locale) => texts(locale, 'home')('propose.error.failed'),
  },
  async (_shopper, proposal, { locale }) => {
    const t = texts(locale, 'home');
    const proposed = await proposeShop(proposal);
    if (!proposed.ok) return { errors: [{ field: 'name', message: t('propose.error.many') }] };
    return { errors: [], notice: t('propose.thanks', { name: proposal.name }) };
  },
);
