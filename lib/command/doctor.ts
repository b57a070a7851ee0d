import { checkReadiness } from '@/lib/insights';
import { closeDatabase } from '@/lib/platform/database';
import type { Env } from '@/lib/platform/env';
import { env } from '@/lib/platform/env';
import { readOptions } from './arguments';
import type { Command } from './command';
import { say, sayJson } from './command';
import type { Finding } from './findings';
import { checkDisk, checkFolders, checkNode, checkPort, checkReception, checkSecret, checkSmtp, checkWorker, problem } from './findings';
import { sentenceOf } from './sentence';

const marks = { ok: 'ok      ', advice: 'advice  ', problem: 'PROBLEM ' } as const;

/** Every check, in the order in which somebody would mend things. */
async function findings(): Promise<readonly Finding[]> {
  const first = [checkNode()];
  let current: Env;
  try {
    current = env();
  } catch (error) {
    return [
      ...first,
      ...sentenceOf(error)
        .split('\n')
        .map((sentence) => problem('configuration', sentence)),
    ];
  }
  const local = [...checkFolders(current), checkDisk(current), checkSecret(current), checkReception(current)];
  const readiness = current.databaseUrl === undefined ? undefined : await checkReadiness();
  const database =
    readiness === undefined
      ? [problem('database', 'No database is configured: set DATABASE_URL, or start the embedded one with "npm run demo".')]
      : readiness.checks.map(({ name, isOk, sentence }): Finding => ({ name, level: isOk ? 'ok' : 'problem', sentence }));
  const remote = await Promise.all([checkPort(current), checkSmtp(current), ...(readiness?.isReady === true ? [checkWorker()] : [])]);
  return [...first, ...local, ...database, ...remote.filter((finding) => finding !== undefined)];
}

export const doctor: Command = {
  summary: 'Checks this installation and says in sentences what is wrong.',
  usage: [
    'Usage: npm run --silent halles -- doctor [--json]',
    '',
    'Looks at Node, the configuration, folders, disk, secret, database, migrations, search, mail, port and worker.',
    'Exit codes: 0 nothing is wrong (there may be advice), 1 something is.',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { json: 'switch' });
    const found = await findings();
    await closeDatabase();
    const isOk = found.every(({ level }) => level !== 'problem');
    if (options.has('json')) sayJson({ ok: isOk, checks: found });
    else {
      for (const { name, level, sentence } of found) say(`${marks[level]}${name.padEnd(15)}${sentence}`);
      say(isOk ? '\nNothing is wrong.' : '\nSomething is wrong: see above.');
    }
    return isOk ? 0 : 1;
  },
};
