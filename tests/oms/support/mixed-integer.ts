import loadHighs from 'highs';
import type { RoutingCase, RoutingLocation, RoutingTour } from '@/lib/oms';

/** Each criterion as a sum of variables: name → coefficient. */
type Sum = Map<string, number>;
type Row = { readonly sum: Sum; readonly relation: '<=' | '=' | '>='; readonly right: number };

/** A mixed-integer program of a case, written from the model's rules and from nothing in the engine. */
type Program = {
  readonly rows: Row[];
  readonly whole: Map<string, number>;
  readonly continuous: Map<string, number>;
  readonly missing: Sum;
  readonly cents: Sum;
  readonly parcels: Sum;
  readonly co2: Sum;
};

export type Solver = Awaited<ReturnType<typeof loadHighs>>;
export type MixedIntegerAnswer =
  { readonly status: 'optimal'; readonly value: readonly number[] } | { readonly status: 'infeasible' } | { readonly status: 'unknown' };

/** Loads HiGHS (MIT licence), a mixed-integer solver compiled for this process. */
export function loadSolver(): Promise<Solver> {
  return loadHighs();
}

/**
 * The criteria of a case's goal, in order, found by a general solver: one program for each criterion, the earlier ones held.
 *
 * Sound for figures up to some millions: the solver works with tolerances. `seconds` limits each program.
 */
export function solveMixedInteger(solver: Solver, routing: RoutingCase, seconds = 20): MixedIntegerAnswer {
  const settled: number[] = [];
  let program = programOf(routing, routing.deadline);
  const least = (criterion: Sum): number | 'infeasible' | 'unknown' => {
    const found = minimise(solver, program, criterion, seconds);
    if (typeof found === 'number') program.rows.push({ sum: criterion, relation: '<=', right: found });
    return found;
  };
  const order = {
    cheapest: ['missing', 'cents', 'parcels'],
    fewest: ['missing', 'parcels', 'cents'],
    greenest: ['missing', 'co2', 'cents'],
    fastest: ['missing', 'minutes', 'cents'],
  } as const;
  for (const criterion of order[routing.goal]) {
    if (criterion === 'minutes') {
      const minute = earliest(solver, routing, settled[0] ?? 0, seconds);
      if (minute === undefined) return { status: 'unknown' };
      settled.push(minute);
      program = programOf(routing, minute);
      program.rows.push({ sum: program.missing, relation: '<=', right: settled[0] ?? 0 });
      continue;
    }
    const found = least(program[criterion]);
    if (typeof found === 'string') return { status: found };
    settled.push(found);
  }
  return { status: 'optimal', value: settled };
}

/** The smallest deadline that still allows no more missing units. */
function earliest(solver: Solver, routing: RoutingCase, missing: number, seconds: number): number | undefined {
  const rows = routing.locations.flatMap(({ services }) => services.flatMap(({ promise }) => promise.map(([, minute]) => minute)));
  const minutes = [...new Set([0, ...rows])].filter((minute) => routing.deadline === null || minute <= routing.deadline);
  minutes.sort((a, b) => a - b);
  let [low, high] = [0, minutes.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const program = programOf(routing, minutes[middle]!);
    program.rows.push({ sum: program.missing, relation: '<=', right: missing });
    const found = minimise(solver, program, program.missing, seconds);
    if (found === 'unknown') return undefined;
    if (found === 'infeasible') low = middle + 1;
    else high = middle;
  }
  return minutes[low];
}

function programOf(routing: RoutingCase, deadline: number | null): Program {
  const program: Program = {
    rows: [],
    whole: new Map(),
    continuous: new Map(),
    missing: new Map(),
    cents: new Map(),
    parcels: new Map(),
    co2: new Map(),
  };
  const served = new Map<string, Sum>(routing.lines.map((line) => [line.id, new Map()]));
  const uses: Sum = new Map();
  const stops = new Map<string, { readonly location: RoutingLocation; readonly isStop: Sum }[]>();
  routing.locations.forEach((location, index) => {
    const isUsed: Sum = new Map();
    location.services.forEach((service, way) => {
      const units = service.promise.filter(([, minute]) => deadline === null || minute <= deadline).at(-1)?.[0] ?? 0;
      const name = `${index}_${way}`;
      const isOpen: Sum = new Map();
      const load = { units: new Map() as Sum, grams: new Map() as Sum, cm3: new Map() as Sum };
      if (units > 0) {
        (routing.tariffs[service.tariff] ?? []).forEach(([grams, cm3, cents, parcels, co2], row) => {
          const open = `y${name}_${row}`;
          program.whole.set(open, 1);
          isOpen.set(open, 1);
          isUsed.set(open, 1);
          uses.set(open, 1);
          program.cents.set(open, location.bias + service.fixed + cents);
          program.parcels.set(open, parcels);
          program.co2.set(open, service.co2 + co2);
          load.units.set(open, -Math.min(units, totalOf(routing, 'units')));
          load.grams.set(open, -Math.min(grams, totalOf(routing, 'grams')));
          load.cm3.set(open, -Math.min(cm3, totalOf(routing, 'cm3')));
        });
      }
      for (const [lineId, stock, price, risk = 0] of location.offers) {
        const line = routing.lines.find(({ id }) => id === lineId)!;
        const most = Math.min(stock, line.qty);
        if (isOpen.size === 0 || most === 0 || (!line.split && stock < line.qty)) continue;
        const take = `x${name}_${lineId}`;
        const each = line.split ? 1 : line.qty;
        program.whole.set(take, line.split ? most : 1);
        served.get(lineId)!.set(take, each);
        program.cents.set(take, each * (price + risk + location.unitBias));
        load.units.set(take, each);
        load.grams.set(take, each * line.grams);
        load.cm3.set(take, each * line.cm3);
        program.rows.push({ sum: new Map([[take, 1], ...scaled(isOpen, line.split ? -most : -1)]), relation: '<=', right: 0 });
      }
      for (const sum of Object.values(load)) program.rows.push({ sum, relation: '<=', right: 0 });
      if (service.tour !== null && isOpen.size > 0) {
        stops.set(service.tour, [...(stops.get(service.tour) ?? []), { location, isStop: isOpen }]);
        for (const measure of ['grams', 'cm3'] as const) {
          for (const [variable, size] of load[measure]) if (size > 0) tourLoad(program, service.tour, measure).set(variable, size);
        }
      }
    });
    if (isUsed.size > 0) program.rows.push({ sum: isUsed, relation: '<=', right: 1 });
  });
  for (const line of routing.lines) {
    const sum = served.get(line.id)!;
    if (routing.allowPartial) {
      const each = line.split ? 1 : line.qty;
      program.whole.set(`m_${line.id}`, line.split ? line.qty : 1);
      sum.set(`m_${line.id}`, each);
      program.missing.set(`m_${line.id}`, each);
    }
    program.rows.push({ sum, relation: '=', right: line.qty });
  }
  for (const tour of routing.tours) rideTour(routing, program, tour, stops.get(tour.id) ?? []);
  loads.delete(program);
  if (routing.maxParcels !== null) program.rows.push({ sum: program.parcels, relation: '<=', right: routing.maxParcels });
  if (routing.maxSources !== null) program.rows.push({ sum: uses, relation: '<=', right: routing.maxSources });
  return program;
}

const loads = new WeakMap<Program, Map<string, Sum>>();

function tourLoad(program: Program, tour: string, measure: 'grams' | 'cm3'): Sum {
  const ofProgram = loads.get(program) ?? new Map<string, Sum>();
  loads.set(program, ofProgram);
  const sum = ofProgram.get(`${measure} ${tour}`) ?? new Map<string, number>();
  ofProgram.set(`${measure} ${tour}`, sum);
  return sum;
}

function totalOf(routing: RoutingCase, measure: 'units' | 'grams' | 'cm3'): number {
  return routing.lines.reduce((sum, line) => sum + line.qty * (measure === 'units' ? 1 : line[measure]), 0);
}

function scaled(sum: Sum, factor: number): readonly (readonly [string, number])[] {
  return [...sum].map(([name, size]) => [name, factor * size] as const);
}

type Stops = readonly { readonly location: RoutingLocation; readonly isStop: Sum }[];

/** A tour as arcs: every stop is left once, entered at most once, and potentials forbid circles (Miller, Tucker & Zemlin, 1960). */
function rideTour(routing: RoutingCase, program: Program, tour: RoutingTour, stops: Stops): void {
  for (const measure of ['grams', 'cm3'] as const) {
    const most = measure === 'grams' ? tour.maxGrams : tour.maxCm3;
    program.rows.push({
      sum: tourLoad(program, tour.id, measure),
      relation: '<=',
      right: Math.min(most, totalOf(routing, measure)),
    });
  }
  if (stops.length === 0) return;
  const name = `t${routing.tours.indexOf(tour)}`;
  const count: Sum = new Map();
  const ends: Sum = new Map([[`${name}_ridden`, -1]]);
  program.whole.set(`${name}_ridden`, 1);
  program.cents.set(`${name}_ridden`, tour.base);
  program.parcels.set(`${name}_ridden`, 1);
  const arc = (variable: string, length: number) => {
    program.whole.set(variable, 1);
    program.cents.set(variable, tour.perUnit * length);
    program.co2.set(variable, tour.co2PerUnit * length);
  };
  stops.forEach(({ location, isStop }, from) => {
    for (const [open, one] of isStop) {
      count.set(open, one);
      program.cents.set(open, (program.cents.get(open) ?? 0) + tour.perStop);
    }
    const leaves: Sum = new Map(scaled(isStop, -1));
    const enters: Sum = new Map(scaled(isStop, -1));
    arc(`${name}_${from}_home`, distance(location.at, routing.home));
    leaves.set(`${name}_${from}_home`, 1);
    ends.set(`${name}_${from}_home`, 1);
    program.continuous.set(`${name}_u${from}`, tour.maxStops);
    stops.forEach(({ location: next }, to) => {
      if (from === to) return;
      arc(`${name}_${from}_${to}`, distance(location.at, next.at));
      leaves.set(`${name}_${from}_${to}`, 1);
      enters.set(`${name}_${to}_${from}`, 1);
      const most = tour.maxStops + 1;
      program.rows.push({
        sum: new Map([
          [`${name}_u${from}`, 1],
          [`${name}_u${to}`, -1],
          [`${name}_${from}_${to}`, most],
        ]),
        relation: '<=',
        right: most - 1,
      });
    });
    program.rows.push({ sum: leaves, relation: '=', right: 0 }, { sum: enters, relation: '<=', right: 0 });
    program.rows.push({ sum: new Map([...isStop, [`${name}_ridden`, -1]]), relation: '<=', right: 0 });
  });
  program.rows.push({ sum: count, relation: '<=', right: tour.maxStops }, { sum: ends, relation: '<=', right: 0 });
}

function distance(a: readonly [number, number], b: readonly [number, number]): number {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
}

function minimise(solver: Solver, program: Program, criterion: Sum, seconds: number): number | 'infeasible' | 'unknown' {
  const variables = program.whole.size + program.continuous.size;
  if (variables === 0) return program.rows.every((row) => holdsEmpty(row)) ? 0 : 'infeasible';
  if (program.rows.some((row) => used(row.sum) === 0 && !holdsEmpty(row))) return 'infeasible';
  const found = solver.solve(textOf(program, criterion), {
    time_limit: seconds,
    mip_rel_gap: 0,
    mip_abs_gap: 0.5,
    mip_feasibility_tolerance: 1e-9,
    primal_feasibility_tolerance: 1e-9,
    output_flag: false,
  });
  if (found.Status === 'Infeasible') return 'infeasible';
  return found.Status === 'Optimal' ? Math.round(found.ObjectiveValue) : 'unknown';
}

function used(sum: Sum): number {
  return [...sum.values()].filter((size) => size !== 0).length;
}

function holdsEmpty({ relation, right }: Row): boolean {
  return relation === '<=' ? right >= 0 : relation === '>=' ? right <= 0 : right === 0;
}

/** The program in the LP format. */
function textOf({ rows, whole, continuous }: Program, criterion: Sum): string {
  const names = [...whole.keys(), ...continuous.keys()];
  const constraints = rows
    .filter((row) => used(row.sum) > 0)
    .map((row, index) => ` c${index}: ${sumText(row.sum)} ${row.relation} ${row.right}`);
  const bounds = [...whole, ...continuous].map(([name, most]) => ` 0 <= ${name} <= ${most}`);
  const objective = used(criterion) > 0 ? sumText(criterion) : `0 ${names[0]}`;
  return [
    'Minimize',
    ` obj: ${objective}`,
    'Subject To',
    ...constraints,
    'Bounds',
    ...bounds,
    'General',
    ` ${[...whole.keys()].join('\n ')}`,
    'End',
  ].join('\n');
}

function sumText(sum: Sum): string {
  const terms = [...sum].filter(([, size]) => size !== 0);
  return terms.map(([name, size]) => `${size < 0 ? '-' : '+'} ${Math.abs(size)} ${name}`).join('\n  ');
}
