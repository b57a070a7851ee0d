import { ButtonLink } from '@/components/ui/button';
import { pathTo, type Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';
import { Street } from './street';

/** A list of shops before there is one: the street as it will be, and its first place. */
export function NoShops({ locale, title, city }: { locale: Locale; title: string; city: string }) {
  return (
    <main id="main" className="wrap page">
      <div className="soon-hero">
        <div className="grid content-center justify-items-start gap-5">
          <h1 tabIndex={-1}>{title}</h1>
          <p className="max-w-[52ch] text-lg text-ink-soft">{texts(locale, 'shop')('directoryNone', { city })}</p>
          <p className="flex flex-wrap gap-3">
            <ButtonLink href={pathTo(locale, 'join')}>{texts(locale, 'common')('footer.join')}</ButtonLink>
            <ButtonLink kind="secondary" href={pathTo(locale, 'propose')}>
              {texts(locale, 'home')('soon.proposeAction')}
            </ButtonLink>
          </p>
        </div>
        <Street />
      </div>
    </main>
  );
}
