import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { answerLine } from '@/lib/command/route';
import { routingGoals } from '@/lib/oms';
import type { Alternatives, InfeasibleExplanation, RoutingAnswer, RoutingCase } from '@/lib/oms';
import { criteriaOf, exhaustive } from './support/exhaustive';
import type { Criteria } from './support/exhaustive';
import { brokenLine } from './support/broken-lines';
import { hostileCase } from './support/hostile-case';
import { randomCase } from './support/random-case';
import { ridersCase } from './support/riders-case';
import { steppedCase } from './support/stepped-case';
import { wrongs } from './support/wrongs';

/**
 * The command itself on cases of many sizes and families, each with every plan there is listed beside it, and broken lines between them.
 * FUZZ_RUNS=10000 (and FUZZ_FIRST) sends that many through one process of `halles route` for each wish; a commit tries a few in this one.
 */
const isLong = process.env['FUZZ_RUNS'] !== undefined;
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 150);
const FIRST = Number(process.env['FUZZ_FIRST'] ?? 0);
const MOST_WAYS = 4_000;

const families: readonly ((seed: number) => RoutingCase)[] = [
  (seed) => hostileCase(seed),
  (seed) => hostileCase(seed, { lines: 2, locations: 8, quantity: 3 }),
  (seed) => hostileCase(seed, { lines: 7, locations: 3, quantity: 1 }),
  (seed) => hostileCase(seed, { lines: 1, locations: 4, quantity: 14 }),
  (seed) => ridersCase(seed, { lines: 5, locations: 9 }),
  (seed) => ridersCase(seed, { lines: 3, locations: 12 }),
  (seed) => randomCase(seed),
  (seed) => randomCase(seed, { lines: 6, locations: 4, quantity: 1 }),
  (seed) => steppedCase(seed),
];

type Listed = { readonly routing: RoutingCase; readonly best: Criteria | undefined };

function listed(): readonly Listed[] {
  const cases: Listed[] = [];
  for (let seed = FIRST; cases.length < RUNS; seed += 1) {
    const made = families[seed % families.length]?.(seed);
    if (!made) continue;
    const routing = { ...made, id: `${made.id}-family-${seed % families.length}` };
    const best = exhaustive(routing, MOST_WAYS);
    if (best !== 'too-many') cases.push({ routing, best });
  }
  return cases;
}

/** Asks the command about the cases, with a broken line after every seventh: each must be refused, and cost the others nothing. */
function ask(cases: readonly Listed[], flags: readonly string[]): readonly unknown[] {
  const lines = cases.flatMap(({ routing }, index) =>
    index % 7 === 6 ? [JSON.stringify(routing), brokenLine(routing, index)] : [JSON.stringify(routing) + (index % 5 === 0 ? '\r' : '')],
  );
  const answers: unknown[] = isLong ? asked(lines, flags) : lines.map((line) => answerLine(line, wishesOf(flags)));
  expect(answers).toHaveLength(lines.length);
  return answers.filter((answer, index) => {
    const isBroken = index % 8 === 7;
    if (isBroken) expect(answer).toMatchObject({ status: 'refused', error: expect.stringMatching(/^[A-Z][^\n]+\.$/) });
    return !isBroken;
  });
}

function wishesOf(flags: readonly string[]) {
  const at = flags.indexOf('--max-nodes');
  const options = at < 0 ? {} : { maxNodes: Number(flags[at + 1]) };
  return { wantsAlternatives: flags.includes('--alternatives'), wantsExplanation: flags.includes('--explain'), options };
}

function asked(lines: readonly string[], flags: readonly string[]): unknown[] {
  const program = ['--import', 'tsx', 'lib/command/halles.ts', 'route', ...flags];
  const { stdout, status } = spawnSync(process.execPath, program, {
    input: `\uFEFF${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 2e9,
  });
  expect(status).toBe(0);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

describe(`on ${RUNS} listed cases the command`, { timeout: 60_000 + RUNS * 400 }, () => {
  const cases = listed();

  test('proves the best plan, or that there is none', () => {
    const answers = ask(cases, []) as RoutingAnswer[];
    for (const [index, { routing, best }] of cases.entries()) {
      const answer = answers[index]!;
      expect([answer.caseId, wrongs(routing, answer, best)]).toEqual([routing.id, []]);
      // Billions of cents beside tons of emissions leave no exact number for both: such plans are said to be feasible only.
      const isHuge = routing.goal === 'greenest' && answer.value.cents > 1e9;
      if (!isHuge) expect([routing.id, answer.status]).toEqual([routing.id, best ? 'optimal' : 'infeasible']);
    }
  });

  test.each([1, 2, 3, 7, 30])('is honest within %i nodes', (maxNodes) => {
    const answers = ask(cases, ['--max-nodes', String(maxNodes)]) as RoutingAnswer[];
    for (const [index, { routing, best }] of cases.entries()) {
      expect([routing.id, maxNodes, wrongs(routing, answers[index]!, best)]).toEqual([routing.id, maxNodes, []]);
    }
  });

  test('names the best plan of every goal and the whole trade-offs', () => {
    const some = cases.filter(({ routing }, index) => index % 5 === 0 && !isEnormous(routing));
    const answers = ask(some, ['--alternatives']) as (Alternatives & { caseId: string })[];
    for (const [index, { routing, best }] of some.entries()) {
      const { plans, fronts, isProven } = answers[index]!;
      expect([routing.id, isProven]).toEqual([routing.id, true]);
      if (!best) {
        expect([routing.id, plans, fronts]).toEqual([routing.id, [], { parcels: [], minutes: [] }]);
        continue;
      }
      for (const goal of routingGoals) {
        const answer = plans.find((plan) => plan.goals.includes(goal))?.answer;
        const ideal = exhaustive({ ...routing, goal }, Infinity);
        const [found, wanted] = [answer && criteriaOf(goal, answer.value), ideal && ideal !== 'too-many' && criteriaOf(goal, ideal)];
        expect([routing.id, goal, found]).toEqual([routing.id, goal, wanted]);
      }
      expect([routing.id, fronts]).toEqual([routing.id, { parcels: frontOf(routing, 'parcels'), minutes: frontOf(routing, 'minutes') }]);
    }
  });

  test('gives reasons that are exact and smallest', () => {
    const some = cases.filter(({ best, routing }) => !best && !isEnormous(routing));
    const answers = ask(some, ['--explain']) as (RoutingAnswer & { explain: InfeasibleExplanation })[];
    for (const [index, { routing }] of some.entries()) {
      const { reasons, partial } = answers[index]!.explain;
      const wrong = reasons.flatMap((reason) => (isSmallest(routing, reason) ? [] : [reason]));
      const best = exhaustive({ ...routing, allowPartial: true }, Infinity);
      const missed = best && best !== 'too-many' ? wrongs({ ...routing, allowPartial: true }, partial, best) : [];
      expect([routing.id, reasons.length > 0, wrong, missed]).toEqual([routing.id, true, [], []]);
    }
  });
});

/** Amounts that leave no exact number for every goal. */
const isEnormous = (routing: RoutingCase) => JSON.stringify(routing).search(/\d{9}/) >= 0;

/** The least cents under each limit, none dominated, from the limits that can matter. */
function frontOf(routing: RoutingCase, criterion: 'parcels' | 'minutes'): readonly (readonly [number, number])[] {
  const front: (readonly [number, number])[] = [];
  let limited: RoutingCase = { ...routing, goal: 'cheapest' };
  const free = exhaustive(limited, Infinity);
  for (let best = free; best && best !== 'too-many' && free && free !== 'too-many' && best.missing === free.missing;) {
    // Of plans of equal cents the one within the tightest limit is the point.
    const { cents } = best;
    while (best && best !== 'too-many' && best.cents === cents && best.missing === free.missing) {
      const reached: number = best[criterion];
      if (front[0]?.[1] === cents) front.shift();
      front.unshift([reached, cents]);
      if (reached === 0) return front;
      limited = { ...limited, ...(criterion === 'parcels' ? { maxParcels: reached - 1 } : { deadline: reached - 1 }) };
      best = exhaustive(limited, Infinity);
    }
  }
  return front;
}

function isPossible(routing: RoutingCase, change: Partial<RoutingCase>): boolean {
  return exhaustive({ ...routing, allowPartial: false, ...change }, Infinity) !== undefined;
}

function isSmallest(routing: RoutingCase, reason: InfeasibleExplanation['reasons'][number]): boolean {
  if (reason.kind === 'too-late') {
    const { earliestMinute } = reason;
    return isPossible(routing, { deadline: earliestMinute }) && !isPossible(routing, { deadline: earliestMinute - 1 });
  }
  if (reason.kind === 'too-many-parcels' || reason.kind === 'too-many-sources') {
    const limit = reason.kind === 'too-many-parcels' ? 'maxParcels' : 'maxSources';
    const other = limit === 'maxParcels' ? 'maxSources' : 'maxParcels';
    return [{}, { [other]: null }].some(
      (relaxed) =>
        isPossible(routing, { ...relaxed, [limit]: reason.smallest }) && !isPossible(routing, { ...relaxed, [limit]: reason.smallest - 1 }),
    );
  }
  const only = (ids: readonly string[]): Partial<RoutingCase> => ({
    lines: routing.lines.filter(({ id }) => ids.includes(id)),
    locations: routing.locations.map((one) => ({ ...one, offers: one.offers.filter(([id]) => ids.includes(id)) })),
  });
  if (reason.kind === 'jointly-infeasible') {
    const { lines } = reason;
    const without = (id: string) => lines.filter((other) => other !== id);
    return !isPossible(routing, only(lines)) && lines.every((id) => lines.length === 1 || isPossible(routing, only(without(id))));
  }
  // Short of stock, or of a single source: impossible for each line by itself, and one unit more than said is not there.
  return reason.lines.every(({ line, wanted, ...rest }) => {
    const most = 'available' in rest ? rest.available : rest.largest;
    return most < wanted && !isPossible(routing, { ...only([line]), deadline: null, maxParcels: null, maxSources: null });
  });
}
