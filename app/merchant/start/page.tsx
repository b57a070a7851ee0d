import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { CSSProperties, ReactNode } from 'react';
import { lastSaid } from '@/app/_actions/said';
import { isFillingAccount } from '@/app/merchant/_parts/payment-account';
import { deskLocale, enterShop, toSignIn } from '@/app/_data/desk';
import { currentPerson } from '@/app/_data/person';
import { FieldsFormLive } from '@/components/commerce/fields-form-live';
import { LogoMark } from '@/components/commerce/logo';
import { Banner } from '@/components/ui/banner';
import { SkipLink } from '@/components/ui/navigation';
import type { Locale } from '@/lib/kernel';
import type { BeginningStep, BeginningView } from '@/lib/onboarding';
import { beginningSteps, getBeginning, listBegun } from '@/lib/onboarding';
import { texts } from '@/lib/texts';
import { AskBox, StateBanner } from './ask-box';
import { beginShopAction, saveCompanyAction, saveHoursAction, saveMoneyAction, saveReceivingAction, saveSignAction } from './actions';
import { signFields, stepFields } from './fields';
import { AccountBox, ProductsStep } from './products-step';
import { StepList } from './step-list';

type StartPageProps = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'onboarding')('title') };
}

const isStep = (text: unknown): text is BeginningStep => beginningSteps.some((step) => step === text);

/** From nothing to an open shop, in any order, left and resumed at will. */
export default async function StartPage({ searchParams }: StartPageProps) {
  const session = await currentPerson();
  if (!session) return toSignIn();
  const { shop: asked, step, new: fresh, account } = await searchParams;
  const begun = await listBegun(session.personId);
  const slug = typeof asked === 'string' ? asked : fresh === undefined ? begun[0]?.slug : undefined;
  if (slug === undefined) return <Shell locale={session.locale}>{await First(session.locale, session.name ?? '', begun)}</Shell>;
  const entered = await enterShop(slug, 'owner');
  if (!entered.ok) notFound();
  const { scope, locale } = entered.value;
  const beginning = await getBeginning(scope);
  if (!beginning) notFound();
  const missing = new Set(beginning.missing.map((paper) => paper.step));
  const shown = isStep(step) ? step : (beginningSteps.find((one) => missing.has(one)) ?? undefined);
  return (
    <Shell locale={locale}>
      <Progress beginning={beginning} locale={locale} />
      <StateBanner beginning={beginning} locale={locale} />
      <div className="beginning">
        <StepList beginning={beginning} shown={shown} locale={locale} />
        <div className="grid content-start gap-6">
          {shown !== undefined && <StepPanel step={shown} beginning={beginning} locale={locale} isFilling={isFillingAccount(account)} />}
          <AskBox beginning={beginning} locale={locale} />
        </div>
      </div>
      <p className="text-base">
        <a href="/merchant/start?new=1">{texts(locale, 'onboarding')('another')}</a>
      </p>
    </Shell>
  );
}

async function Shell({ locale, children }: { readonly locale: Locale; readonly children: ReactNode }) {
  const t = texts(locale, 'onboarding');
  const said = await lastSaid();
  return (
    <>
      <SkipLink>{texts(locale, 'common')('skip')}</SkipLink>
      <main id="main" className="wrap page grid gap-6">
        <a className="logo justify-self-start" href="/merchant" aria-label={texts(locale, 'merchant')('top.home')}>
          <LogoMark />
          Halles
        </a>
        <div className="grid gap-2">
          <h1 className="text-4xl" tabIndex={-1}>
            {t('title')}
          </h1>
          <p className="max-w-[66ch] text-lg text-ink-soft">{t('lead')}</p>
        </div>
        {said && (
          <Banner kind={said.kind} announce>
            {said.text}
          </Banner>
        )}
        {children}
      </main>
    </>
  );
}

function Progress({ beginning, locale }: { readonly beginning: BeginningView; readonly locale: Locale }) {
  const t = texts(locale, 'onboarding');
  const done = beginningSteps.length - new Set(beginning.missing.map((paper) => paper.step)).size;
  const share: CSSProperties & Record<'--done', number> = { '--done': done / beginningSteps.length };
  return (
    <div className="grid max-w-[620px] gap-2">
      <p className="num font-semibold">
        {beginning.sign.name} – {t('progress', { done, all: beginningSteps.length })}
      </p>
      <div className="beginning-bar" aria-hidden="true" style={share}>
        <span />
      </div>
    </div>
  );
}

const formWords = (locale: Locale) => {
  const t = texts(locale, 'onboarding');
  return {
    submit: t('save'),
    errorTitle: t('errorTitle'),
    pageErrorTitle: t('pageErrorTitle'),
    optional: t('optional'),
    suggestions: t('suggestions'),
  };
};

/** Somebody without a shop in preparation: the first step makes one. */
async function First(locale: Locale, keeper: string, begun: readonly { readonly slug: string; readonly name: string }[]) {
  const t = texts(locale, 'onboarding');
  return (
    <>
      {begun.length > 0 && (
        <section className="panel grid gap-2 p-5" aria-labelledby="begun">
          <h2 id="begun" className="text-lg">
            {t('other')}
          </h2>
          <ul className="grid gap-1">
            {begun.map(({ slug, name }) => (
              <li key={slug}>
                <a href={`/merchant/start?shop=${slug}`}>
                  {t('resume')} : {name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="panel grid gap-5 p-5 md:p-7" aria-labelledby="step">
        <h2 id="step" className="text-2xl">
          1. {t('steps.shop.title')}
        </h2>
        <FieldsFormLive action={beginShopAction} hidden={{}} fields={signFields(locale, undefined, keeper)} words={formWords(locale)} />
      </section>
    </>
  );
}

const actions = {
  shop: saveSignAction,
  company: saveCompanyAction,
  hours: saveHoursAction,
  receiving: saveReceivingAction,
  money: saveMoneyAction,
} as const;

type PanelProps = {
  readonly step: BeginningStep;
  readonly beginning: BeginningView;
  readonly locale: Locale;
  readonly isFilling: boolean;
};

function StepPanel({ step, beginning, locale, isFilling }: PanelProps) {
  const t = texts(locale, 'onboarding');
  return (
    <section className="panel grid gap-5 p-5 md:p-7" aria-labelledby="step">
      <h2 id="step" className="text-2xl">
        {beginningSteps.indexOf(step) + 1}. {t(`steps.${step}.title`)}
      </h2>
      {step === 'products' ? (
        <ProductsStep beginning={beginning} locale={locale} />
      ) : (
        <FieldsFormLive
          key={step}
          action={actions[step]}
          hidden={{ shop: beginning.slug }}
          fields={stepFields(step, locale, beginning)}
          words={formWords(locale)}
        />
      )}
      {step === 'money' && <AccountBox beginning={beginning} locale={locale} isFilling={isFilling} />}
    </section>
  );
}
