import { deskLocale } from '@/app/_data/desk';
import { LogoMark } from '@/components/commerce/logo';
import { ButtonLink } from '@/components/ui/button';
import { texts } from '@/lib/texts';

/** No such shop, or somebody else's: the same page, which names nobody. */
export default async function NotFound() {
  const t = texts(await deskLocale(), 'merchant');
  return (
    <main id="main" className="wrap page grid justify-items-start gap-5">
      <span className="logo">
        <LogoMark />
        Halles
      </span>
      <h1 className="text-4xl">{t('notFound.title')}</h1>
      <p className="max-w-[60ch] text-ink-soft">{t('notFound.text')}</p>
      <ButtonLink href="/merchant">{t('notFound.action')}</ButtonLink>
    </main>
  );
}
