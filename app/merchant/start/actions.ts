'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { DeskDoor } from '@/app/_actions/define-action';
import { deskForm } from '@/app/_actions/define-action';
import { merchantAction, merchantForm } from '@/app/_actions/merchant-action';
import { toSignIn } from '@/app/_data/desk';
import { currentPerson } from '@/app/_data/person';
import { explainStep, missingPaperText } from '@/app/_text/explain-beginning';
import { explainDesk } from '@/app/_text/explain-desk';
import type { SessionView } from '@/lib/identity/views';
import type { Locale, Result, ShopScope } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import type { BeginningStep, DayRefusal, SignRefusal, StepRefusal } from '@/lib/onboarding';
import { askOpening, beginShop, beginningSteps, companyInput, getBeginning, hoursInput, moneyInput, receivingInput, saveCompany, saveHours, saveMoney, saveReceiving, saveSign, saveSource, signInput, sourceInput } from '@/lib/onboarding'; // prettier-ignore
import { fieldSentence, texts } from '@/lib/texts';

/** Anybody signed in may begin a shop. */
const personDoor: DeskDoor<{ readonly session: SessionView; readonly locale: Locale }> = {
  async enter() {
    const session = (await currentPerson()) ?? (await toSignIn());
    return ok({ session, locale: session.locale });
  },
  invalid: (locale) => explainDesk(locale, { kind: 'invalid' }),
  apology: (locale) => explainDesk(locale, { kind: 'failed' }),
};

const wordOf = (locale: Locale, _field: string, code: string): string => fieldSentence(locale, code);
const pageOf = (slug: string, step?: BeginningStep): string => `/merchant/start?shop=${slug}${step === undefined ? '' : `&step=${step}`}`;

/** "Commencer": the shop gets an address and an owner, and the next step is shown. */
export const beginShopAction = deskForm(personDoor, { schema: signInput, wordOf }, async ({ session, locale }, wish) => {
  const begun = await beginShop(session, wish);
  return begun.ok ? redirect(pageOf(begun.value.slug, 'company')) : explainStep(locale, begun.error);
});

/** After a step the next one that lacks something is shown; after the last one, what is left to do. */
async function onwards(scope: ShopScope, slug: string, step: BeginningStep): Promise<never> {
  const missing = new Set((await getBeginning(scope))?.missing.map((paper) => paper.step));
  const at = beginningSteps.indexOf(step);
  const next = [...beginningSteps.slice(at + 1), ...beginningSteps.slice(0, at)].find((one) => missing.has(one));
  return redirect(pageOf(slug, next));
}

type Saved = Promise<Result<void, StepRefusal | SignRefusal | DayRefusal>>;

function stepForm<Schema extends z.ZodType>(
  step: BeginningStep,
  schema: Schema,
  save: (scope: ShopScope, input: z.output<Schema>) => Saved,
) {
  return merchantForm(
    { schema, wordOf },
    async ({ scope, shop, locale }, input) => {
      const saved = await save(scope, input);
      return saved.ok ? onwards(scope, shop.slug, step) : explainStep(locale, saved.error);
    },
    'owner',
  );
}

export const saveSignAction = stepForm('shop', signInput, saveSign);
export const saveCompanyAction = stepForm('company', companyInput, saveCompany);
export const saveReceivingAction = stepForm('receiving', receivingInput, saveReceiving);
export const saveMoneyAction = stepForm('money', moneyInput, saveMoney);
export const saveHoursAction = stepForm('hours', hoursInput, (scope, { holidaysOff, ...lines }) =>
  saveHours(scope, { ...lines, holidaysOff: holidaysOff !== undefined }),
);

/** Where the catalogue comes from, and there at once. */
export const chooseSourceAction = merchantAction(
  sourceInput,
  async ({ scope, shop, locale }, { source }) => {
    const saved = await saveSource(scope, source);
    if (!saved.ok) return { kind: 'bad', text: texts(locale, 'onboarding')('errors.not-open-to-change') };
    const pages = { scan: 'stock/scan', file: 'stock/import', till: 'connections', hand: 'products' } as const;
    return redirect(`/merchant/${shop.slug}/${pages[source]}`);
  },
  'owner',
);

/** "Demander l'ouverture": the city is asked, or the shop opens, or what is missing is said. */
export const askOpeningAction = merchantAction(
  z.object({}),
  async ({ scope, locale }) => {
    const t = texts(locale, 'onboarding');
    const asked = await askOpening(scope);
    if (asked.ok) return { kind: 'good', text: t(asked.value.state === 'asked' ? 'ask.sent' : 'ask.opened') };
    if (asked.error.kind === 'not-open-to-change') return { kind: 'bad', text: t('errors.not-open-to-change') };
    const counts = { productsReady: (await getBeginning(scope))?.productsReady ?? 0 };
    return {
      kind: 'bad',
      text: `${t('ask.missing')} ${asked.error.missing.map((paper) => missingPaperText(locale, paper, counts)).join(', ')}`,
    };
  },
  'owner',
);
