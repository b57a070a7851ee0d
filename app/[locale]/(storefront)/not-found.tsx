import { headers } from 'next/headers';
import { Icon } from '@/components/ui/icon';
import { ButtonLink } from '@/components/ui/button';
import { isLocale, pathTo, unprefixedLocale } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** A page that is not there: says so, and leads back to the shops. */
export default async function NotFound() {
  const first = (await headers()).get('x-pathname')?.split('/')[1];
  const locale = isLocale(first) ? first : unprefixedLocale;
  const t = texts(locale, 'common');
  return (
    <main id="main" className="wrap page grid justify-items-start gap-5">
      <h1 className="text-4xl">{t('notFound.title')}</h1>
      <p className="max-w-[60ch] text-ink-soft">{t('notFound.text')}</p>
      <ButtonLink href={pathTo(locale, 'home')}>
        <Icon name="store" />
        {t('notFound.home')}
      </ButtonLink>
    </main>
  );
}
