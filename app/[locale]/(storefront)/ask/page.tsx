import type { Metadata } from 'next';
import { alternatesFor } from '@/app/_data/alternates';
import { SwitchedOff } from '@/app/_shell/while-on';
import { localeFrom } from '@/app/_data/showing';
import { AskFormLive } from '@/components/commerce/ask-form-live';
import { untouchedForm } from '@/components/ui/form-state';
import { getListing } from '@/lib/catalogue';
import { parseId, pathTo } from '@/lib/kernel';
import { currentModules } from '@/lib/modules';
import { LIFE_HOURS, LONGEST_WORDS, MOST_SHOPS } from '@/lib/requests';
import { texts } from '@/lib/texts';
import { askShopsAction } from './actions';

type AskProps = {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: AskProps): Promise<Metadata> {
  const locale = localeFrom((await params).locale);
  return { title: texts(locale, 'requests')('ask.title'), alternates: alternatesFor(locale, (language) => pathTo(language, 'ask')) };
}

/** One sentence to the shops that fit: what was searched stands in it already. */
export default async function AskPage({ params, searchParams }: AskProps) {
  const locale = localeFrom((await params).locale);
  const given = await searchParams;
  const text = (name: string) => (typeof given[name] === 'string' ? given[name].slice(0, LONGEST_WORDS) : '');
  const listingId = parseId('listing', text('p'));
  const listing = listingId && (await getListing(listingId, locale));
  const t = texts(locale, 'requests');
  if (!(await currentModules()).works('requests')) return <SwitchedOff name="requests" title={t('ask.title')} locale={locale} />;
  const common = texts(locale, 'common');
  return (
    <main id="main" className="wrap page grid max-w-[760px] gap-5">
      <h1 className="text-4xl" tabIndex={-1}>
        {t('ask.title')}
      </h1>
      <p className="text-ink-soft">{t('ask.lead')}</p>
      {listing && <p className="font-semibold">{t('ask.about', { title: listing.title })}</p>}
      <AskFormLive
        action={askShopsAction}
        initial={{ ...untouchedForm, values: { words: listing?.title ?? text('q') } }}
        locale={locale}
        listingId={listing?.listingId}
        longest={LONGEST_WORDS}
        words={{
          words: t('ask.words'),
          wordsHint: t('ask.wordsHint'),
          photo: t('ask.photo'),
          photoHint: t('ask.photoHint'),
          email: t('ask.email'),
          emailHint: t('ask.emailHint'),
          send: t('ask.send'),
          errorsOne: common('form.errors', { count: 1 }),
          errorsMany: common('form.errors', { count: 3 }),
        }}
      />
      <p className="text-md text-ink-soft">{t('ask.how', { most: MOST_SHOPS, hours: LIFE_HOURS })}</p>
    </main>
  );
}
