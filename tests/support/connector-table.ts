import { createHash } from 'node:crypto';
import { connectors } from '@/lib/sources';
import type { ContractOutcome, ContractScenario } from '@/lib/sources/views';
import { contractScenarios } from '@/lib/sources/views';
import { repositoryFiles, textOf } from './source-files';

/** What `npm run connectors` writes and the pages read. */
export type ContractResults = {
  /** Digest of everything the outcome depends on: another one means that the tests have to be run again. */
  readonly inputs: string;
  readonly connectors: Readonly<Record<string, Readonly<Partial<Record<ContractScenario, ContractOutcome>>>>>;
};

export const RESULTS = 'lib/sources/contract-results.json';
/** What `npm run test:servers` saw last of each program that runs here: its version, the day, how many checks. */
export const SERVER_RESULTS = 'lib/sources/server-results.json';
export const DOCUMENT = 'docs/connectors.md';

/** The connectors, their doubles and the contract, as they are now. */
export function inputsDigest(): string {
  const hash = createHash('sha256');
  const paths = repositoryFiles().filter((path) =>
    /^(lib\/sources\/kinds\/|tests\/support\/sources\/|tests\/integration\/sources\/(scenario|contract)).*\.ts$/.test(path),
  );
  for (const path of paths.toSorted()) hash.update(`${path}\n${textOf(path)}\n`);
  return hash.digest('hex').slice(0, 32);
}

const words: Readonly<Record<ContractScenario, string>> = {
  pages: 'Pages',
  duplicates: 'Duplicates',
  order: 'Disorder',
  late: 'Late',
  partial: 'Cut off',
  throttled: '429',
  stumbles: '5xx',
  outage: 'Outage',
  schema: 'Schema',
  renewal: 'Token',
  signature: 'Signature',
  skew: 'Clock',
  deleted: 'Deleted',
  variant: 'Variant',
  pictures: 'Pictures',
};

const sign = (outcome: ContractOutcome | undefined): string => (outcome === 'passes' ? 'yes' : outcome === 'not-applicable' ? '–' : 'no');

/** Which real server a connector was run against last; a service of others has none here. */
function serverText(kind: string): string {
  const seen = (JSON.parse(textOf(SERVER_RESULTS)) as Readonly<Record<string, { readonly version: string; readonly date: string }>>)[kind];
  return seen === undefined ? '–' : `${seen.version}, ${seen.date}`;
}

/** The table of the document: one line a connector, one column a scenario. */
export function fullTable(results: ContractResults): string {
  const head = ['Connector', 'Grade', 'Messages', 'Told what is sold', 'Real server', ...contractScenarios.map((one) => words[one])];
  const rows = connectors.map(({ kind, name, grade, webhook, push }) => [
    name,
    grade,
    webhook === undefined ? 'no' : 'signed',
    push === undefined ? 'no' : 'yes',
    serverText(kind),
    ...contractScenarios.map((scenario) => sign(results.connectors[kind]?.[scenario])),
  ]);
  return tableOf([head, ...rows]);
}

/** The table of the README: what each promises, and how much of the contract it keeps. */
export function shortTable(results: ContractResults): string {
  const rows = connectors.map(({ kind, name, grade }) => {
    const outcomes = Object.values(results.connectors[kind] ?? {});
    const passes = outcomes.filter((one) => one === 'passes').length;
    const asked = outcomes.filter((one) => one !== 'not-applicable').length;
    return [name, grade, `${passes} of ${asked}`];
  });
  return tableOf([['Connector', 'Grade', 'Contract scenarios passed'], ...rows]);
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const tableOf = ([head = [], ...rows]: readonly (readonly string[])[]): string =>
  [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');

const begin = '<!-- connectors: written by npm run connectors -->';
const end = '<!-- connectors: end -->';

/** A text with the table between its two marks replaced. */
export function withTable(text: string, table: string): string {
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error('the text has the two marks of the table');
  return `${before}${begin}\n\n${table}\n\n${end}${after}`;
}
