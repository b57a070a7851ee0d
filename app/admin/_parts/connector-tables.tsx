import { durationText, explainFault } from '@/app/_text/explain-source';
import { Tag } from '@/components/ui/tag';
import { formatAge, formatDay, formatTime, pathTo } from '@/lib/kernel';
import type { ConnectorHealthView, ContractOutcome, ContractScenario, TroubledConnectionView } from '@/lib/sources/views';
import { texts } from '@/lib/texts';
import { GridTable } from './grid-table';
import type { OpsShowing } from './order-table';

const countOf = (scenarios: ConnectorHealthView['scenarios'], outcome: ContractOutcome): number =>
  Object.values(scenarios).filter((one) => one === outcome).length;

type HealthProps = { readonly rows: readonly ConnectorHealthView[]; readonly showing: OpsShowing };

/** Connectors, one a row: what they promise and how their connections do now. */
export function ConnectorTable({ rows, showing }: HealthProps) {
  const { locale, now } = showing;
  const t = texts(locale, 'sources');
  const contractOf = ({ scenarios }: ConnectorHealthView) => {
    const passed = countOf(scenarios, 'passes');
    return { passed, total: passed + countOf(scenarios, 'not-tested') };
  };
  return (
    <GridTable
      caption={t('admin.table')}
      rows={rows}
      rowKey={({ kind }) => kind}
      columns={[
        { head: t('admin.name'), cell: ({ name }) => name },
        { head: t('admin.grade'), cell: ({ grade }) => <abbr title={t(`grades.${grade}`)}>{grade}</abbr> },
        { head: t('admin.live'), kind: 'num', cell: (row) => row.connections },
        { head: t('admin.away'), kind: 'num', cell: (row) => (row.degraded > 0 ? <Tag colour="tomato">{row.degraded}</Tag> : 0) },
        { head: t('admin.paused'), kind: 'num', cell: (row) => row.paused },
        { head: t('admin.lag'), cell: (row) => (row.lagMs === undefined ? t('admin.none') : durationText(locale, row.lagMs)) },
        {
          head: t('admin.oldest'),
          cell: (row) => (row.oldestSuccessAt === undefined ? t('admin.none') : formatAge(row.oldestSuccessAt, now, locale)),
        },
        {
          head: t('admin.contract'),
          cell: (row) => {
            const { passed, total } = contractOf(row);
            return <Tag colour={passed === total ? 'green' : 'honey'}>{t('admin.passed', { passed, total })}</Tag>;
          },
        },
        {
          head: t('admin.server'),
          cell: ({ server }) => (server === undefined ? t('admin.none') : `${server.version}, ${server.date}`),
        },
      ]}
    />
  );
}

const signs: Readonly<Record<ContractOutcome, string>> = { passes: '✓', 'not-applicable': '–', 'not-tested': '?' };

type MatrixProps = HealthProps & { readonly scenarios: readonly ContractScenario[] };

/** Which scenario of the contract each connector keeps. */
export function ContractMatrix({ rows, showing: { locale }, scenarios }: MatrixProps) {
  const t = texts(locale, 'sources');
  return (
    <GridTable
      caption={t('admin.matrix')}
      rows={rows}
      rowKey={({ kind }) => kind}
      columns={[
        { head: t('admin.name'), cell: ({ name }) => name },
        ...scenarios.map((scenario) => ({
          head: t(`scenarios.${scenario}`),
          cell: ({ scenarios: kept }: ConnectorHealthView) => (
            <>
              <span aria-hidden="true">{signs[kept[scenario]]}</span>
              <span className="sr-only">{t(`admin.${kept[scenario]}`)}</span>
            </>
          ),
        })),
      ]}
    />
  );
}

type TroubledProps = { readonly rows: readonly TroubledConnectionView[]; readonly showing: OpsShowing };

/** Connections whose source does not answer as it should. */
export function TroubledTable({ rows, showing: { locale, now, timeZone } }: TroubledProps) {
  const t = texts(locale, 'sources');
  return (
    <GridTable
      caption={t('admin.troubled')}
      rows={rows}
      rowKey={({ connectionId }) => connectionId}
      columns={[
        { head: t('admin.shop'), cell: ({ shopName, shopSlug }) => <a href={pathTo(locale, 'shop', { slug: shopSlug })}>{shopName}</a> },
        { head: t('admin.name'), cell: ({ name }) => name },
        {
          head: t('admin.since'),
          kind: 'nowrap',
          cell: ({ since }) => `${formatDay(since, now, locale, timeZone)} ${formatTime(since, locale, timeZone)}`,
        },
        { head: t('admin.why'), cell: ({ fault, name }) => (fault === undefined ? t('admin.none') : explainFault(locale, fault, name)) },
      ]}
    />
  );
}
