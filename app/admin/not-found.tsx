import { deskLocale } from '@/app/_data/desk';
import { ButtonLink } from '@/components/ui/button';
import { texts } from '@/lib/texts';

/** Not there, for this account or at all. */
export default async function NotFound() {
  const t = texts(await deskLocale(), 'admin');
  return (
    <main id="main" className="wrap page grid justify-items-start gap-5">
      <h1 className="text-4xl">{t('notFound.title')}</h1>
      <p className="max-w-[60ch] text-ink-soft">{t('notFound.text')}</p>
      <ButtonLink href="/">{t('notFound.action')}</ButtonLink>
    </main>
  );
}
