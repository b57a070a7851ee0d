import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import type { Chance } from '@/db/seed';
import { chanceOf } from '@/db/seed';
import { closeDatabase, useDatabase } from '@/lib/platform/database';
import { env } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';
import { readOptions } from './arguments';
import type { Command } from './command';
import { complain, say, sayJson } from './command';
import { sentenceOf } from './sentence';
import { castOf } from './torture/cast';
import type { TorturedCity, Victim } from './torture/city';
import { openTorturedCity, victims } from './torture/city';
import { drain, releaseJobs } from './torture/drain';
import { invariants } from './torture/invariants';
import { desk, shopper, till } from './torture/load';
import type { Truth } from './torture/truth';
import { emptyTruth } from './torture/truth';

const SHOPPERS = 5;
const TILLS = 2;

/** The last stretch without a kill, so that what was killed is up again when the load ends. */
const CALM_MS = 12_000;

export const torture: Command = {
  summary: 'Kills apps, workers and the database of a busy city at random moments, and checks that nothing is lost or made up.',
  usage: [
    'Usage: npm run --silent halles -- torture --minutes M [--seed N] [--reset] [--json]',
    '',
    '  --minutes   how long the city is busy (1 to 240)',
    '  --seed      the number that decides who does what and what is killed when (1)',
    '  --reset     seeds the city of this command again',
    '',
    'Runs two app instances and two workers of the production build on a database of its own, in the data folder. Shoppers buy, shops accept,',
    'refuse and stay silent, tills tell late and twice. Afterwards everything is left to come to its end and is checked.',
    'Exit codes: 0 every invariant holds, 1 one is violated (it is named).',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { minutes: 'text', seed: 'text', reset: 'switch', json: 'switch' });
    options.required('minutes');
    const minutes = options.wholeNumber('minutes', 2, 1, 240);
    const seed = options.wholeNumber('seed', 1, 0, 2_147_483_647);
    log.level = 'silent'; // what is refused while something is dead is counted, not told
    const progress = { step: (text: string) => complain(`torture: ${text}`), done: () => {} };
    const city = await openTorturedCity(env().dataFolder, progress, options.has('reset'));
    try {
      const report = await runFor(city, { minutes, chance: chanceOf(String(seed), 'torture') });
      if (options.has('json')) sayJson({ ok: report.violated === undefined, minutes, seed, ...report });
      else say(`${report.violated ?? 'Every invariant holds'}: ${JSON.stringify(report)}`);
      if (report.violated !== undefined) complain(`Violated: ${report.violated}. ${report.found?.slice(0, 5).join('; ') ?? ''}`);
      return report.violated === undefined ? 0 : 1;
    } finally {
      await closeDatabase();
      await city.stop();
    }
  },
};

type Plan = { readonly minutes: number; readonly chance: Chance };
/** How often each was killed, and how often something was found dead that nobody had killed. */
type Kills = Readonly<Record<Victim | 'endedByThemselves', number>>;

type Report = {
  readonly violated?: string;
  readonly found?: readonly string[];
  readonly kills: Kills;
  readonly checked: readonly string[];
  readonly [figure: string]: unknown;
};

async function runFor(city: TorturedCity, { minutes, chance }: Plan): Promise<Report> {
  await useDatabase(city.databaseUrl, { connections: 6 });
  const sql = postgres(city.databaseUrl, { max: 2, onnotice: () => {} });
  try {
    const cast = await castOf(sql);
    const truth = emptyTruth();
    const endsAt = Date.now() + minutes * 60_000;
    const work = { city, cast, truth, chance, isOver: () => Date.now() > endsAt };
    const busy = [
      ...Array.from({ length: SHOPPERS }, (_, index) => shopper(work, index)),
      ...cast.desks.map((shop) => desk(work, shop)),
      ...Array.from({ length: TILLS }, (_, index) => till(work, index)),
    ];
    const [kills] = await Promise.all([killUntil(city, chance, endsAt - CALM_MS), ...busy]);
    complain('torture: letting everything come to its end');
    await city.stopWorkers();
    await releaseJobs(sql);
    await Promise.all([city.start('worker-1'), city.start('worker-2')]);
    const figures = await figuresOf(sql, truth);
    return await judge(sql, { cast, truth, kills, figures });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Every few seconds something dies, stays dead a moment, and is started again. */
async function killUntil(city: TorturedCity, chance: Chance, endsAt: number): Promise<Kills> {
  const kills = { endedByThemselves: 0, 'web-1': 0, 'web-2': 0, 'worker-1': 0, 'worker-2': 0, database: 0 };
  for (let turn = 0; ; turn += 1) {
    await pause(3_000 + chance.between(0, 6_000));
    if (Date.now() > endsAt) return kills;
    // The first round kills each of them once, so that a short run leaves nobody out.
    const victim = turn < victims.length ? (victims[turn] ?? 'database') : chance.pick(victims);
    const wasAlive = city.kill(victim);
    complain(wasAlive ? `torture: kill -9 ${victim}` : `torture: ${victim} had ended by itself`);
    if (wasAlive) kills[victim] += 1;
    else kills.endedByThemselves += 1;
    await pause(chance.between(0, 2_500));
    await city.start(victim);
  }
}

async function judge(
  sql: postgres.Sql,
  run: {
    readonly cast: Parameters<typeof invariants>[1];
    readonly truth: Truth;
    readonly kills: Report['kills'];
    readonly figures: object;
  },
): Promise<Report> {
  const about = { kills: run.kills, ...run.figures };
  try {
    await drain(sql);
  } catch (error) {
    return { ...about, checked: [], violated: 'everything comes to its end', found: [sentenceOf(error)] };
  }
  const checked: string[] = [];
  for (const { name, find } of invariants(sql, run.cast, run.truth)) {
    const found = await find();
    if (found.length > 0) return { ...about, checked, violated: name, found };
    checked.push(name);
  }
  return { ...about, checked, ended: await endsOf(sql) };
}

async function figuresOf(sql: postgres.Sql, truth: Truth): Promise<object> {
  const [row] = await sql`
    select count(*)::int as orders, count(paid_at)::int as paid from orders where email like 'torture-%'`;
  const { confirmed, facts, answered, lost, refused } = truth;
  return { ...row, confirmed: confirmed.size, facts: facts.size, answered: answered.size, cutOff: lost, refusedWithWords: refused };
}

/** How the parts of this run ended. */
async function endsOf(sql: postgres.Sql): Promise<Readonly<Record<string, number>>> {
  const rows = await sql<{ state: string; parts: number }[]>`
    select s.state, count(*)::int as parts from sub_orders s join orders o on o.id = s.order_id where o.email like 'torture-%' group by 1 order by 1`;
  return Object.fromEntries(rows.map(({ state, parts }) => [state, parts]));
}
