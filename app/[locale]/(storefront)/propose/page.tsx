import type { Metadata } from 'next';
import { alternatesFor } from '@/app/_data/alternates';
import { localeFrom } from '@/app/_data/showing';
import { FieldsFormLive, type FormField } from '@/components/commerce/fields-form-live';
import { pathTo } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { getCity } from '@/lib/shops';
import { proposeShopAction } from './actions';

type ProposeProps = { readonly params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: ProposeProps): Promise<Metadata> {
  const locale = localeFrom((await params).locale);
  return { title: texts(locale, 'home')('propose.title'), alternates: alternatesFor(locale, (language) => pathTo(language, 'propose')) };
}

/** Names a shop one would like to see here; whoever runs the city talks to it. */
export default async function ProposePage({ params }: ProposeProps) {
  const locale = localeFrom((await params).locale);
  const { name: city } = await getCity();
  const [t, common] = [texts(locale, 'home'), texts(locale, 'common')];
  const fields: readonly FormField[] = [
    { kind: 'text', name: 'name', label: t('propose.name') },
    { kind: 'text', name: 'street', label: t('propose.street'), isOptional: true },
    { kind: 'area', name: 'words', label: t('propose.words'), hint: t('propose.wordsHint'), isOptional: true },
  ];
  return (
    <main id="main" className="wrap page grid max-w-[760px] gap-5">
      <h1 className="text-4xl" tabIndex={-1}>
        {t('propose.title')}
      </h1>
      <p className="text-ink-soft">{t('propose.lead', { city })}</p>
      <div className="[&>form]:grid [&>form]:gap-5">
        <FieldsFormLive
          action={proposeShopAction}
          hidden={{ locale }}
          fields={fields}
          words={{
            submit: t('propose.send'),
            errorTitle: common('form.errors', { count: 1 }),
            pageErrorTitle: common('errorTitle', { title: t('propose.title') }),
            optional: common('form.optional'),
          }}
        />
      </div>
    </main>
  );
}
