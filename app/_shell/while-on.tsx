import type { ReactNode } from 'react';
import { ButtonLink } from '@/components/ui/button';
import type { Locale } from '@/lib/kernel';
import { pathTo } from '@/lib/kernel';
import { currentModules } from '@/lib/modules';
import type { CityModule } from '@/lib/modules/views';
import { texts } from '@/lib/texts';

/** An entry point of a module: not there while the city has it switched off. */
export async function WhileOn({ name, children }: { readonly name: CityModule; readonly children: ReactNode }) {
  return (await currentModules()).works(name) ? children : null;
}

/** What an address of a module says while it is off: what is, what stays, and where else to go. */
export function SwitchedOff({ name, title, locale }: { readonly name: 'requests'; readonly title: string; readonly locale: Locale }) {
  const t = texts(locale, 'modules');
  return (
    <main id="main" className="wrap page grid max-w-[760px] content-start gap-5">
      <h1 className="text-4xl" tabIndex={-1}>
        {title}
      </h1>
      <p>{t(`off.${name}`)}</p>
      <p className="flex flex-wrap gap-3">
        <ButtonLink href={pathTo(locale, 'search')}>{t('off.search')}</ButtonLink>
        <ButtonLink kind="secondary" href={pathTo(locale, 'shops')}>
          {t('off.shops')}
        </ButtonLink>
      </p>
    </main>
  );
}
