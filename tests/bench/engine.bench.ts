import { cpus } from 'node:os';
import { greedy } from './engine-greedy';
import { engineClasses } from './engine-cases';
import { evaluatePlan, solve } from '@/lib/oms';
import type { RoutingCase } from '@/lib/oms';

const REPEATS = 5;
const rules = ['nearest-first', 'most-lines-first', 'cheapest-first'] as const;

/** Milliseconds of processor time: a shared machine's clock on the wall measures its neighbours. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

type Solved = {
  readonly ms: number;
  readonly nodes: number;
  readonly status: string;
  readonly gapPercent: number;
  readonly greedyPercent: readonly (number | undefined)[];
};

function measure(routing: RoutingCase, maxNodes: number): Solved {
  const times: number[] = [];
  let answer = solve(routing, { maxNodes });
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const before = processorMs();
    answer = solve(routing, { maxNodes });
    times.push(processorMs() - before);
  }
  const { cents } = answer.value;
  const gap =
    answer.status === 'feasible' && answer.bound.criterion === 'cents' && cents > 0 ? (100 * (cents - answer.bound.value)) / cents : 0;
  const greedyPercent = rules.map((rule) => {
    const plan = evaluatePlan(routing, greedy(routing, rule));
    return plan.ok && cents > 0 ? (100 * (plan.value.value.cents - cents)) / cents : undefined;
  });
  return { ms: percentile(times, 0.5), nodes: answer.stats.nodes, status: answer.status, gapPercent: gap, greedyPercent };
}

/** Measures every class of cases: processor time, nodes, share proven, and what plain rules cost more. */
export async function run({ json }: { readonly json: boolean }): Promise<unknown> {
  const classes = engineClasses().map(({ name, maxNodes, cases }) => {
    solve(cases[0]!, { maxNodes }); // warm up
    const solved = cases.map((routing) => measure(routing, maxNodes));
    const share = (isWanted: (one: Solved) => boolean) => rounded(solved.filter(isWanted).length / solved.length);
    return {
      name,
      cases: cases.length,
      maxNodes,
      provenShare: share(({ status }) => status === 'optimal' || status === 'infeasible'),
      infeasibleShare: share(({ status }) => status === 'infeasible'),
      p50Ms: rounded(
        percentile(
          solved.map(({ ms }) => ms),
          0.5,
        ),
      ),
      p99Ms: rounded(
        percentile(
          solved.map(({ ms }) => ms),
          0.99,
        ),
      ),
      p50Nodes: percentile(
        solved.map(({ nodes }) => nodes),
        0.5,
      ),
      p99Nodes: percentile(
        solved.map(({ nodes }) => nodes),
        0.99,
      ),
      worstGapPercent: rounded(Math.max(...solved.map(({ gapPercent }) => gapPercent))),
      greedyCostsMorePercent: Object.fromEntries(
        rules.map((rule, index) => {
          const found = solved.flatMap(({ greedyPercent }) => greedyPercent[index] ?? []);
          const mean = found.reduce((sum, percent) => sum + percent, 0) / Math.max(1, found.length);
          return [rule, { mean: rounded(mean), findsAPlan: rounded(found.length / solved.length) }];
        }),
      ),
    };
  });
  const report = {
    bench: 'engine',
    machine: `${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}`,
    node: process.version,
    seed: 1,
    unit: 'processor milliseconds',
    classes,
  };
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${table(classes)}\n`);
  return report;
}

function table(classes: readonly { readonly name: string; readonly [figure: string]: unknown }[]): string {
  const figures = ['cases', 'provenShare', 'p50Ms', 'p99Ms', 'p50Nodes', 'p99Nodes', 'worstGapPercent'] as const;
  return [
    ['class'.padEnd(30), ...figures].join('  '),
    ...classes.map((row) => [row.name.padEnd(30), ...figures.map((name) => String(row[name]).padStart(name.length))].join('  ')),
  ].join('\n');
}

await run({ json: process.argv.includes('--json') });
