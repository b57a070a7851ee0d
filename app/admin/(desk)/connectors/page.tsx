import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { getCity } from '@/lib/shops';
import { contractScenarios, listConnectorHealth, listTroubledConnections } from '@/lib/sources';
import { texts } from '@/lib/texts';
import { ConnectorTable, ContractMatrix, TroubledTable } from '../../_parts/connector-tables';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'sources')('admin.title') };
}

/** Every connector: its grade, its lag, its health, and which tests of the contract it passes. */
export default async function ConnectorsPage() {
  const entered = await enterCity();
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [rows, troubled, city] = await Promise.all([listConnectorHealth(scope), listTroubledConnections(scope), getCity()]);
  const t = texts(locale, 'sources');
  const showing = { locale, now: requestMoment(), timeZone: city.timeZone };
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('admin.title')}</h1>
          <p>{t('admin.lead')}</p>
        </div>
      </div>
      <section className="box" aria-labelledby="troubled">
        <h2 id="troubled">{t('admin.troubled')}</h2>
        {troubled.length === 0 ? <p className="box-note">{t('admin.noTrouble')}</p> : <TroubledTable rows={troubled} showing={showing} />}
      </section>
      <section className="box">
        <h2 id="state">{t('admin.table')}</h2>
        <ConnectorTable rows={rows} showing={showing} />
      </section>
      <section className="box">
        <h2 id="contract">{t('admin.matrix')}</h2>
        <p className="box-note">{t('admin.matrixText')}</p>
        <ContractMatrix rows={rows} showing={showing} scenarios={contractScenarios} />
      </section>
    </main>
  );
}
