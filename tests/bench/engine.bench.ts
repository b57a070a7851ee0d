import { cpus } from 'node:os';
import { criteriaOf, evaluatePlan, solve } from '@/lib/oms';
import type { RoutingAnswer, RoutingCase } from '@/lib/oms';
import { loadSolver, solveMixedInteger } from '../oms/support/mixed-integer';
import { engineClasses } from './engine-cases';
import type { EngineClass } from './engine-cases';
import { greedy } from './engine-greedy';

/** Times are medians of five, and shorter ones are repeated until the clock can tell them from nothing. */
const REPEATS = 5;
const SHORTEST_MS = 2;
const rules = ['nearest-first', 'most-lines-first', 'cheapest-first'] as const;
const solver = await loadSolver();

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

/** Median processor time of some work, after it has run once. */
function timed<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const before = processorMs();
  let result = work();
  const first = processorMs() - before;
  const times = Math.max(1, Math.ceil(SHORTEST_MS / Math.max(0.05, first)));
  const all = Array.from({ length: first > 2_000 ? 1 : REPEATS }, () => {
    const from = processorMs();
    for (let time = 0; time < times; time += 1) result = work();
    return (processorMs() - from) / times;
  });
  return { result, ms: percentile(all, 0.5) };
}

/** By how much a plan could be dearer than the best there is, in percent of the criterion that is not settled. */
function gapPercent(answer: RoutingAnswer): number {
  if (answer.status !== 'feasible') return 0;
  const reached = answer.value[answer.bound.criterion];
  return reached === 0 ? 0 : (100 * (reached - answer.bound.value)) / reached;
}

type Solved = { readonly routing: RoutingCase; readonly answer: RoutingAnswer; readonly ms: number; readonly firstPlanMs: number };

function measure({ cases }: EngineClass, untilMs: number): readonly Solved[] {
  const solved: Solved[] = [];
  for (const routing of cases) {
    if (solved.length > 0 && performance.now() > untilMs) break;
    const { result, ms } = timed(() => solve(routing));
    solved.push({ routing, answer: result, ms, firstPlanMs: timed(() => solve(routing, { maxNodes: 1 })).ms });
  }
  return solved;
}

/** What plain rules cost more on the same cases, where money comes first and they find a plan. */
function compareGreedy(solved: readonly Solved[]) {
  const cases = solved.filter(({ routing, answer }) => routing.goal === 'cheapest' && answer.status !== 'infeasible');
  return Object.fromEntries(
    rules.map((rule) => {
      const tried = cases.map(({ routing, answer, ms }) => {
        const before = processorMs();
        const result = greedy(routing, rule);
        const greedyMs = processorMs() - before;
        const plan = evaluatePlan(routing, result);
        const { cents, missing } = answer.value;
        const isWhole = plan.ok && plan.value.value.missing === missing && cents > 0;
        return {
          percent: isWhole && plan.ok ? (100 * (plan.value.value.cents - cents)) / cents : undefined,
          times: ms / Math.max(0.001, greedyMs),
        };
      });
      const found = tried.flatMap(({ percent }) => percent ?? []);
      return [
        rule,
        {
          findsAPlan: rounded(found.length / Math.max(1, cases.length)),
          costsMorePercentMean: rounded(found.reduce((sum, percent) => sum + percent, 0) / Math.max(1, found.length)),
          costsMorePercentWorst: rounded(Math.max(0, ...found)),
          engineTakesTimesAsLong: rounded(
            percentile(
              tried.map(({ times }) => times),
              0.5,
            ),
          ),
        },
      ];
    }),
  );
}

/** So many cases go to the general solver whatever the time, each for so many seconds at most: a ratio without cases says nothing. */
const LEAST_EXACT = 3;
const LEAST_EXACT_SECONDS = 3;

/** The same cases by a general exact solver, as many as fit in the time. */
function compareExact(solved: readonly Solved[], untilMs: number) {
  const times: { readonly exactMs: number; readonly ratio: number }[] = [];
  let agreed = 0;
  let settled = 0;
  for (const { routing, answer, ms } of solved) {
    const left = (untilMs - performance.now()) / 1_000;
    if (left < 0.2 && times.length >= LEAST_EXACT) break;
    const before = processorMs();
    const found = solveMixedInteger(solver, routing, Math.min(20, Math.max(LEAST_EXACT_SECONDS, left)));
    const exactMs = processorMs() - before;
    times.push({ exactMs, ratio: exactMs / Math.max(0.001, ms) });
    if (found.status === 'unknown' || answer.status === 'feasible') continue;
    settled += 1;
    const value = criteriaOf[routing.goal].map((criterion) => answer.value[criterion]);
    if (found.status === answer.status && (found.status === 'infeasible' || found.value.join() === value.join())) agreed += 1;
  }
  return {
    cases: times.length,
    bothSettled: settled,
    agreed,
    p50Ms: rounded(
      percentile(
        times.map(({ exactMs }) => exactMs),
        0.5,
      ),
    ),
    takesTimesAsLong: rounded(
      percentile(
        times.map(({ ratio }) => ratio),
        0.5,
      ),
    ),
  };
}

function report(engineClass: EngineClass, seconds: number) {
  const start = performance.now();
  const solved = measure(engineClass, start + 600 * seconds);
  const share = (isWanted: (one: Solved) => boolean) => rounded(solved.filter(isWanted).length / solved.length);
  const at = (figure: (one: Solved) => number, part: number) => rounded(percentile(solved.map(figure), part));
  return {
    name: engineClass.name,
    target: engineClass.target,
    cases: solved.length,
    provenShare: share(({ answer }) => answer.status === 'optimal' || answer.status === 'infeasible'),
    infeasibleShare: share(({ answer }) => answer.status === 'infeasible'),
    p50Ms: at(({ ms }) => ms, 0.5),
    p99Ms: at(({ ms }) => ms, 0.99),
    firstPlanP99Ms: at(({ firstPlanMs }) => firstPlanMs, 0.99),
    p50Nodes: at(({ answer }) => answer.stats.nodes, 0.5),
    p99Nodes: at(({ answer }) => answer.stats.nodes, 0.99),
    worstGapPercent: rounded(Math.max(...solved.map(({ answer }) => gapPercent(answer)))),
    greedy: compareGreedy(solved),
    exactSolver: compareExact(solved, start + 1_000 * seconds),
  };
}

type Report = ReturnType<typeof report>;

function table(classes: readonly Report[]): string {
  const figures = ['cases', 'provenShare', 'p50Ms', 'p99Ms', 'firstPlanP99Ms', 'p50Nodes', 'p99Nodes', 'worstGapPercent'] as const;
  return [
    ['class'.padEnd(34), ...figures, 'plain rules cost more', 'exact solver'].join('  '),
    ...classes.map((row) =>
      [
        row.name.padEnd(34),
        ...figures.map((name) => String(row[name]).padStart(name.length)),
        rules.map((rule) => `${row.greedy[rule]?.costsMorePercentMean ?? 0} %`).join(' / '),
        `${row.exactSolver.agreed}/${row.exactSolver.bothSettled} agree, ${row.exactSolver.takesTimesAsLong} times as long`,
      ].join('  '),
    ),
  ].join('\n');
}

/** Measures every class of cases: processor time, nodes, share proven, and the same cases by plain rules and by a general solver. */
export function run({ json, seconds }: { readonly json: boolean; readonly seconds: number }): unknown {
  for (const { cases } of engineClasses()) for (const routing of cases.slice(0, 10)) solve(routing, { maxNodes: 50 }); // warm up
  const classes = engineClasses().map((engineClass) => report(engineClass, seconds));
  const result = {
    bench: 'engine',
    machine: `${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}`,
    node: process.version,
    seed: 1,
    secondsPerClass: seconds,
    unit: 'processor milliseconds, median of 5, from parsed case to answer',
    exactSolver: 'HiGHS (npm highs), one program a criterion',
    classes,
  };
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${table(classes)}\n`);
  return result;
}

const at = process.argv.indexOf('--seconds');
run({ json: process.argv.includes('--json'), seconds: at < 0 ? 10 : Number(process.argv[at + 1]) });
