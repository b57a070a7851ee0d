import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { Button } from '@/components/ui/button';
import { formatNumber, type Locale } from '@/lib/kernel';
import { LEAST_ASKED, listSynonyms, listUnmetDemand, type DemandRow } from '@/lib/search';
import { texts } from '@/lib/texts';
import { synonymRoles } from '../../_parts/ops-nav';
import { addSynonymAction, removeSynonymAction } from './actions';

const DAYS = 30;

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'admin')('search.title') };
}

function DemandTable({ rows, locale }: { readonly rows: readonly DemandRow[]; readonly locale: Locale }) {
  const t = texts(locale, 'admin');
  return (
    <table className="ops-table">
      <caption className="sr-only">{t('search.demand')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('search.words')}</th>
          <th scope="col">{t('search.foundNothing')}</th>
          <th scope="col">{t('search.asked')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ words, asked, foundNothing }) => (
          <tr key={words}>
            <th scope="row">{words}</th>
            <td>{formatNumber(foundNothing, locale)}</td>
            <td>{formatNumber(asked, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One entry, and the button that takes it away where the role may. */
function Entry({ entry, mayEdit, locale }: { readonly entry: string; readonly mayEdit: boolean; readonly locale: Locale }) {
  const t = texts(locale, 'admin');
  return (
    <li className="flex items-center justify-between gap-3 py-1">
      <span className="min-w-0 [overflow-wrap:anywhere]">{entry}</span>
      {mayEdit && (
        <form action={removeSynonymAction}>
          <input type="hidden" name="entry" value={entry} />
          <Button kind="secondary" size="ops" aria-label={t('search.removeOne', { entry })}>
            {t('search.remove')}
          </Button>
        </form>
      )}
    </li>
  );
}

/** What people look for and do not find, and the words that mean the same: what a city mends its search with. */
export default async function CitySearchPage() {
  const entered = await enterCity();
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [demand, synonyms] = await Promise.all([listUnmetDemand(scope, { now: requestMoment(), days: DAYS }), listSynonyms()]);
  const t = texts(locale, 'admin');
  const mayEdit = synonymRoles.some((role) => role === scope.role);
  const builtIn = synonyms.all.filter((entry) => !synonyms.own.includes(entry));
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('search.title')}</h1>
          <p>{t('search.intro', { days: DAYS, least: LEAST_ASKED })}</p>
        </div>
      </div>
      <section className="box" aria-labelledby="demand">
        <h2 id="demand">{t('search.demand')}</h2>
        {demand.length === 0 ? <p className="box-note">{t('search.none')}</p> : <DemandTable rows={demand} locale={locale} />}
      </section>
      <section className="box" aria-labelledby="synonyms">
        <h2 id="synonyms">{t('search.synonyms')}</h2>
        <p className="box-note">{t('search.synonymsText')}</p>
        {mayEdit && (
          <form className="ops-filters" action={addSynonymAction}>
            <label>
              {t('search.entry')}
              <input name="entry" required maxLength={300} placeholder="patate = pomme de terre" autoComplete="off" />
            </label>
            <Button kind="primary" size="ops">
              {t('search.add')}
            </Button>
          </form>
        )}
        <ul className="px-4">
          {synonyms.own.map((entry) => (
            <Entry key={entry} entry={entry} mayEdit={mayEdit} locale={locale} />
          ))}
        </ul>
        <details className="px-4 pb-4">
          <summary>{t('search.builtIn', { count: builtIn.length })}</summary>
          <ul>
            {builtIn.map((entry) => (
              <Entry key={entry} entry={entry} mayEdit={mayEdit} locale={locale} />
            ))}
          </ul>
        </details>
      </section>
    </main>
  );
}
