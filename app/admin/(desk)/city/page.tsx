import type { Metadata } from 'next';
import Link from 'next/link';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { FieldsFormLive } from '@/components/commerce/fields-form-live';
import { Tag } from '@/components/ui/tag';
import { getOpening } from '@/lib/founding';
import type { OpeningStepView } from '@/lib/founding/views';
import type { Locale } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { changeCityAction } from './actions';
import { cityFacts, cityFields } from './fields';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'city')('title') };
}

const colours = { done: 'green', open: 'honey', advice: 'neutral' } as const;

/** Where a step is seen to; the others are seen to in the environment or by a command. */
const ways: Partial<Record<OpeningStepView['name'], string>> = {
  identity: '#who',
  zones: '/admin/zones',
  commission: '/admin/commission',
  team: '/admin/team',
  shops: '/merchant/start',
};

/** How far the city is with opening, and who answers for it. */
export default async function CityPage() {
  const entered = await enterCity();
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [steps, city] = await Promise.all([getOpening(scope), getCity()]);
  const t = texts(locale, 'city');
  const words = { submit: t('who.save'), errorTitle: t('who.errorTitle'), pageErrorTitle: `${t('who.errorTitle')}, ${t('title')}`, optional: t('who.optional') }; // prettier-ignore
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('title')}</h1>
          <p className="max-w-[72ch]">{t('intro')}</p>
        </div>
      </div>
      <section className="box" aria-labelledby="steps">
        <h2 id="steps" className="box-title">
          {t('steps.title')} <small>{t('steps.text')}</small>
        </h2>
        <ol className="divide-y divide-line">
          {steps.map((step) => (
            <Step key={step.name} step={step} locale={locale} />
          ))}
        </ol>
      </section>
      <section className="box mt-6" aria-labelledby="who">
        <h2 id="who" className="box-title">
          {t('who.title')}
          {scope.role !== 'admin' && <small> {t('who.readOnly')}</small>}
        </h2>
        <div className="p-5">
          {scope.role === 'admin' ? (
            <FieldsFormLive action={changeCityAction} hidden={{}} fields={cityFields(locale, city)} words={words} />
          ) : (
            <Facts rows={cityFacts(locale, city)} />
          )}
        </div>
      </section>
    </main>
  );
}

function Step({ step: { name, state, count, needed }, locale }: { readonly step: OpeningStepView; readonly locale: Locale }) {
  const t = texts(locale, 'city');
  const way = ways[name];
  const isDone = state === 'done';
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1.5 p-4">
      <span className="min-w-[92px]">
        <Tag colour={colours[state]}>{t(`steps.${state}`)}</Tag>
      </span>
      <div className="min-w-[240px] flex-1">
        <p className="font-semibold">{t(`steps.${name}.title`)}</p>
        <p className="max-w-[72ch] text-ink-soft">{t(`steps.${name}.${isDone ? 'done' : 'text'}`, { count, needed })}</p>
      </div>
      {way !== undefined && !isDone && (
        <Link href={way} prefetch={false} className="inline-flex min-h-11 items-center">
          {name === 'shops' ? t('steps.shops.link') : t('steps.go')}
        </Link>
      )}
    </li>
  );
}

function Facts({ rows }: { readonly rows: readonly (readonly [label: string, value: string])[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-2 md:grid-cols-[max-content_1fr]">
      {rows.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-ink-soft">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
