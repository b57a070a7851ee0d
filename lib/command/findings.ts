import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { databaseHandle } from '@/lib/platform/database';
import { freePort } from '@/lib/platform/embedded-postgres';
import type { Env } from '@/lib/platform/env';
import { freeBytes, whyNotWritable } from './data-folder-check';

/** What one check of the doctor found. */
export type Finding = { readonly name: string; readonly level: 'ok' | 'advice' | 'problem'; readonly sentence: string };

const ok = (name: string, sentence: string): Finding => ({ name, level: 'ok', sentence });
const advice = (name: string, sentence: string): Finding => ({ name, level: 'advice', sentence });
export const problem = (name: string, sentence: string): Finding => ({ name, level: 'problem', sentence });

export function checkNode(): Finding {
  const version = process.versions.node;
  return Number(version.split('.')[0]) >= 24
    ? ok('node', `Node ${version}.`)
    : advice('node', `Node ${version} works, but Halles is tested with Node 24.`);
}

/** The data folder must be ours to write; the built app must be there to be served. */
export function checkFolders({ dataFolder }: Env): readonly Finding[] {
  const reason = whyNotWritable(dataFolder);
  return [
    reason === undefined
      ? ok('data folder', `${dataFolder} can be written.`)
      : problem('data folder', `${dataFolder} cannot be written (${reason}): change its owner, or set HALLES_FOLDER to another folder.`),
    existsSync(join(process.cwd(), '.next', 'BUILD_ID'))
      ? ok('build', 'The app is built.')
      : advice('build', 'The app is not built yet: run "npm run build".'),
  ];
}

const GIGABYTE = 1_000_000_000;

export function checkDisk({ dataFolder }: Env): Finding {
  const free = freeBytes(existsSync(dataFolder) ? dataFolder : process.cwd());
  const sentence = `${(free / GIGABYTE).toFixed(1)} GB are free on the disk.`;
  if (free < GIGABYTE / 2) return problem('disk', `Only ${sentence} PostgreSQL stops when there is nothing left: free some space.`);
  return free < 3 * GIGABYTE ? advice('disk', `${sentence} That is little.`) : ok('disk', sentence);
}

export function checkSecret(current: Env): Finding {
  if (process.env['AUTH_SECRET']) return ok('AUTH_SECRET', 'The secret that signs sessions is set.');
  try {
    return current.authSecret.length >= 32
      ? advice(
          'AUTH_SECRET',
          'The secret that signs sessions is kept in the data folder: set AUTH_SECRET where several servers share the work.',
        )
      : problem('AUTH_SECRET', 'The secret kept in the data folder is too short: remove the file auth-secret there, or set AUTH_SECRET.');
  } catch {
    return problem('AUTH_SECRET', 'The secret that signs sessions cannot be kept: set AUTH_SECRET, or make the data folder writable.');
  }
}

/** Since 1 September 2026 a company in France receives invoices through an approved platform, this one too (OP-33). */
export function checkReception({ receptionId }: Pick<Env, 'receptionId'>): Finding {
  return receptionId === undefined
    ? advice(
        'e-invoices',
        'In France the operator receives invoices through an approved platform: register with one, and set PA_RECEPTION_ID.',
      )
    : ok('e-invoices', `Invoices to the operator arrive at ${receptionId}.`);
}

/** The port is free, or it is Halles itself that answers there. */
export async function checkPort({ port, baseUrl }: Env): Promise<Finding> {
  if ((await freePort(port, '0.0.0.0')) !== undefined) return ok('port', `Port ${port} is free; the public address is ${baseUrl}.`);
  const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(3_000) }).catch(() => undefined);
  const isHalles = answer?.ok === true && (await answer.text()).includes('"live"');
  return isHalles
    ? ok('port', `Halles answers on port ${port}; the public address is ${baseUrl}.`)
    : problem('port', `Port ${port} is taken by another program: set PORT to a free one.`);
}

export async function checkSmtp({ smtpUrl }: Env): Promise<Finding> {
  if (smtpUrl === undefined) return advice('mail', 'Mails are kept in the mailbox of the city and not sent: set SMTP_URL to send them.');
  const { hostname, port, protocol } = new URL(smtpUrl);
  const isOpen = await answers(hostname, Number(port) || (protocol === 'smtps:' ? 465 : 587));
  return isOpen
    ? ok('mail', `The mail server ${hostname} answers.`)
    : problem('mail', `The mail server ${hostname} does not answer: check SMTP_URL.`);
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 });
    const end = (isOpen: boolean): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

/** Jobs that nobody takes say that no worker runs. */
export async function checkWorker(): Promise<Finding> {
  const rows = await databaseHandle().sql<{ waiting: number; seconds: number }[]>`
    select count(*)::int as waiting, coalesce(extract(epoch from now() - min(start_after)), 0)::int as seconds
    from pgboss.job where state = 'created' and start_after < now()`.catch(() => undefined);
  const [row] = rows ?? [];
  if (row === undefined) return problem('worker', 'The queues do not exist yet: run "npm run db:migrate".');
  return row.seconds > 120
    ? problem(
        'worker',
        `${row.waiting} jobs wait, the oldest for ${Math.round(row.seconds / 60)} minutes: start a worker with "npm run halles -- worker".`,
      )
    : ok('worker', row.waiting === 0 ? 'No job waits.' : `${row.waiting} jobs wait, none for long.`);
}
