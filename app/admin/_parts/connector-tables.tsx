import { durationText, explainFault } from '@/app/_text/explain-source';
import { Tag } from '@/components/ui/tag';
import { formatAge, formatDay, formatTime, pathTo } from '@/lib/kernel';
import type { ConnectorHealthView, ContractOutcome, ContractScenario, TroubledConnectionView } from '@/lib/sources/views';
import { texts } from '@/lib/texts';
import type { OpsShowing } from './order-table';

const countOf = (scenarios: ConnectorHealthView['scenarios'], outcome: ContractOutcome): number =>
  Object.values(scenarios).filter((one) => one === outcome).length;

type HealthProps = { readonly rows: readonly ConnectorHealthView[]; readonly showing: OpsShowing };

/** Connectors, one a row: what they promise and how their connections do now. */
export function ConnectorTable({ rows, showing }: HealthProps) {
  const { locale, now } = showing;
  const t = texts(locale, 'sources');
  return (
    <div className="grid-scroll" role="region" aria-label={t('admin.table')} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr-only">{t('admin.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('admin.name')}</th>
            <th scope="col">{t('admin.grade')}</th>
            <th scope="col" className="num">
              {t('admin.live')}
            </th>
            <th scope="col" className="num">
              {t('admin.away')}
            </th>
            <th scope="col" className="num">
              {t('admin.paused')}
            </th>
            <th scope="col">{t('admin.lag')}</th>
            <th scope="col">{t('admin.oldest')}</th>
            <th scope="col">{t('admin.contract')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ kind, name, grade, scenarios, ...row }) => {
            const passed = countOf(scenarios, 'passes');
            const total = passed + countOf(scenarios, 'not-tested');
            return (
              <tr key={kind}>
                <th scope="row">{name}</th>
                <td>
                  <abbr title={t(`grades.${grade}`)}>{grade}</abbr>
                </td>
                <td className="num">{row.connections}</td>
                <td className="num">{row.degraded > 0 ? <Tag colour="tomato">{row.degraded}</Tag> : 0}</td>
                <td className="num">{row.paused}</td>
                <td>{row.lagMs === undefined ? t('admin.none') : durationText(locale, row.lagMs)}</td>
                <td>{row.oldestSuccessAt === undefined ? t('admin.none') : formatAge(row.oldestSuccessAt, now, locale)}</td>
                <td>
                  <Tag colour={passed === total ? 'green' : 'honey'}>{t('admin.passed', { passed, total })}</Tag>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const signs: Readonly<Record<ContractOutcome, string>> = { passes: '✓', 'not-applicable': '–', 'not-tested': '?' };

type MatrixProps = HealthProps & { readonly scenarios: readonly ContractScenario[] };

/** Which scenario of the contract each connector keeps. */
export function ContractMatrix({ rows, showing: { locale }, scenarios }: MatrixProps) {
  const t = texts(locale, 'sources');
  return (
    <div className="grid-scroll" role="region" aria-label={t('admin.matrix')} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr-only">{t('admin.matrix')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('admin.name')}</th>
            {scenarios.map((scenario) => (
              <th key={scenario} scope="col">
                {t(`scenarios.${scenario}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ kind, name, scenarios: kept }) => (
            <tr key={kind}>
              <th scope="row">{name}</th>
              {scenarios.map((scenario) => (
                <td key={scenario}>
                  <span aria-hidden="true">{signs[kept[scenario]]}</span>
                  <span className="sr-only">{t(`admin.${kept[scenario]}`)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type TroubledProps = { readonly rows: readonly TroubledConnectionView[]; readonly showing: OpsShowing };

/** Connections whose source does not answer as it should. */
export function TroubledTable({ rows, showing: { locale, now, timeZone } }: TroubledProps) {
  const t = texts(locale, 'sources');
  return (
    <div className="grid-scroll" role="region" aria-label={t('admin.troubled')} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr-only">{t('admin.troubled')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('admin.shop')}</th>
            <th scope="col">{t('admin.name')}</th>
            <th scope="col">{t('admin.since')}</th>
            <th scope="col">{t('admin.why')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ connectionId, shopName, shopSlug, name, since, fault }) => (
            <tr key={connectionId}>
              <th scope="row">
                <a href={pathTo(locale, 'shop', { slug: shopSlug })}>{shopName}</a>
              </th>
              <td>{name}</td>
              <td className="nowrap">
                {formatDay(since, now, locale, timeZone)} {formatTime(since, locale, timeZone)}
              </td>
              <td>{fault === undefined ? t('admin.none') : explainFault(locale, fault, name)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
