import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { FieldsFormLive } from '@/components/commerce/fields-form-live';
import { Tag } from '@/components/ui/tag';
import type { Instant, Locale } from '@/lib/kernel';
import { formatDate } from '@/lib/kernel';
import { getPapers } from '@/lib/papers';
import type { PapersView } from '@/lib/papers/views';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { companyFields, moneyFields } from '../../start/fields';
import { changeCompanyAction, changeMoneyPapersAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'onboarding')('papers.title') };
}

/** The legal person behind an open shop, its declarations, its mediator and its mandate. Owners. */
export default async function PapersPage({ params }: { readonly params: Promise<{ readonly shop: string }> }) {
  const entered = await enterShop((await params).shop, 'owner');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const [papers, { timeZone }] = await Promise.all([getPapers(scope), getCity()]);
  const t = texts(locale, 'onboarding');
  const words = { submit: t('papers.save'), errorTitle: t('papers.errorTitle'), pageErrorTitle: t('papers.pageErrorTitle'), optional: t('optional') }; // prettier-ignore
  const { mediatorName, mediatorUrl, mandate } = papers;
  const hidden = { shop: shop.slug };
  return (
    <main id="main" className="desk-page grid gap-6">
      <header>
        <a href={`/merchant/${shop.slug}/settings`} className="text-base">
          {t('papers.back')}
        </a>
        <h1 className="mt-2">{t('papers.title')}</h1>
        <p className="mt-2 max-w-[62ch] text-ink-soft">{t('papers.lead')}</p>
      </header>
      <section className="panel grid gap-4 p-5" aria-labelledby="company">
        <h2 id="company" className="text-xl">
          {t('papers.company')}
        </h2>
        <Standing papers={papers} locale={locale} timeZone={timeZone} />
        <FieldsFormLive
          action={changeCompanyAction}
          hidden={hidden}
          fields={companyFields(locale, { company: papers.company, address: '', hasDeclared: false })}
          words={words}
        />
      </section>
      <section className="panel grid gap-4 p-5" aria-labelledby="money">
        <h2 id="money" className="text-xl">
          {t('papers.money')}
        </h2>
        <p className="text-base">
          {mandate === undefined
            ? t('papers.mandateNone')
            : t('papers.mandate', { day: formatDate(mandate.signedAt, locale, timeZone), signer: mandate.signer })}
          {mandate !== undefined && !mandate.isCurrent && <> {t('papers.mandateOld')}</>}
        </p>
        <FieldsFormLive
          id="money-form"
          action={changeMoneyPapersAction}
          hidden={hidden}
          fields={moneyFields(locale, { mediatorName, mediatorUrl, hasMandate: mandate?.isCurrent === true })}
          words={words}
        />
      </section>
    </main>
  );
}

type StandingProps = { readonly papers: PapersView; readonly locale: Locale; readonly timeZone: string };

/** When the owner declared last, and whether the city has compared it since. */
function Standing({ papers: { declaredAt, verifiedAt }, locale, timeZone }: StandingProps) {
  const t = texts(locale, 'onboarding');
  const day = (at: Instant) => ({ day: formatDate(at, locale, timeZone) });
  return (
    <p className="flex flex-wrap gap-2">
      <Tag colour={declaredAt === undefined ? 'honey' : 'green'}>
        {declaredAt === undefined ? t('papers.undeclared') : t('papers.declared', day(declaredAt))}
      </Tag>
      <Tag colour={verifiedAt === undefined ? 'honey' : 'green'}>
        {verifiedAt === undefined ? t('papers.unverified') : t('papers.verified', day(verifiedAt))}
      </Tag>
    </p>
  );
}
