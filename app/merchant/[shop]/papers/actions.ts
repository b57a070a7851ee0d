'use server';

import { merchantForm } from '@/app/_actions/merchant-action';
import type { Locale } from '@/lib/kernel';
import { companyInput, moneyInput } from '@/lib/onboarding';
import { changeCompany, changeMoneyPapers } from '@/lib/papers';
import { fieldSentence, texts } from '@/lib/texts';

const wordOf = (locale: Locale, _field: string, code: string): string => fieldSentence(locale, code);

/** The legal person, stated and declared anew. */
export const changeCompanyAction = merchantForm(
  { schema: companyInput, wordOf },
  async ({ scope, locale }, input) => {
    const t = texts(locale, 'onboarding');
    const changed = await changeCompany(scope, input);
    if (!changed.ok) return { errors: [{ field: 'siren', message: t('papers.otherCompany') }] };
    return { errors: [], notice: t(changed.value.isLookedAtAgain ? 'papers.savedAgain' : 'papers.savedPlain') };
  },
  'owner',
);

/** The mediator, and the mandate in its words of now. */
export const changeMoneyPapersAction = merchantForm(
  { schema: moneyInput, wordOf },
  async ({ scope, locale }, input) => {
    await changeMoneyPapers(scope, input);
    return { errors: [], notice: texts(locale, 'onboarding')('papers.savedPlain') };
  },
  'owner',
);
