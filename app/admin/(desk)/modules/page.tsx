import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { listModules, moduleRoles } from '@/lib/modules';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { ModuleCard } from './module-card';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'modules')('title') };
}

/** What the city offers: a card for each module, with its switch. */
export default async function ModulesPage() {
  const entered = await enterCity();
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [modules, city] = await Promise.all([listModules(scope), getCity()]);
  const t = texts(locale, 'modules');
  const showing = { locale, now: requestMoment(), timeZone: city.timeZone };
  const maySwitch = moduleRoles.some((role) => role === scope.role);
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('title')}</h1>
          <p className="max-w-[72ch]">{t('intro')}</p>
          {!maySwitch && <p className="max-w-[72ch]">{t('readOnly')}</p>}
        </div>
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        {modules.map((module) => (
          <ModuleCard key={module.name} module={module} maySwitch={maySwitch} showing={showing} />
        ))}
      </div>
    </main>
  );
}
