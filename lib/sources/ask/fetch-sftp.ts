import type { Client, SFTPWrapper, Stats } from 'ssh2';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { publicAddressOf } from '@/lib/platform/public-address';
import type { SourceFault } from '../fault';
import type { Answer, AskLimits, Login } from './exchange';

type Fetched = Result<Answer, SourceFault>;

/** Statuses of HTTP that mean the same: from there on one judgement serves both. */
const statusOf = (error: Error & { readonly code?: unknown; readonly level?: string }): number | undefined => {
  if (error.level === 'client-authentication') return 401;
  if (error.code === 2) return 404; // SSH_FX_NO_SUCH_FILE
  return error.code === 3 ? 403 : undefined; // SSH_FX_PERMISSION_DENIED
};

const faultOf = (error: Error): Fetched => {
  const status = statusOf(error);
  return status === undefined ? err({ kind: 'unreachable' }) : ok({ status, headers: {}, body: Buffer.alloc(0) });
};

const statsOf = (sftp: SFTPWrapper, path: string): Promise<Stats> =>
  new Promise((resolve, reject) => sftp.stat(path, (error, stats) => (error ? reject(error) : resolve(stats))));

const bytesOf = (sftp: SFTPWrapper, path: string): Promise<Buffer> =>
  new Promise((resolve, reject) => sftp.readFile(path, (error, bytes) => (error ? reject(error) : resolve(bytes))));

/** Reads the file; one that grew or was replaced meanwhile is being written, and is asked for again later. */
async function readWhole(client: Client, path: string, mostBytes: number): Promise<Result<Buffer, SourceFault>> {
  const sftp = await new Promise<SFTPWrapper>((resolve, reject) => void client.sftp((error, opened) => (error ? reject(error) : resolve(opened)))); // prettier-ignore
  const before = await statsOf(sftp, path);
  if (before.size > mostBytes) return err({ kind: 'too-large' });
  const bytes = await bytesOf(sftp, path);
  const after = await statsOf(sftp, path);
  const isSettled = before.size === after.size && before.mtime === after.mtime && bytes.length === after.size;
  return isSettled ? ok(bytes) : err({ kind: 'unreachable' });
}

/**
 * Fetches one file by SFTP. The name is looked up once and the connection goes to that very address; the machine must show the key it showed the
 * first time, which `headers['host-key']` tells; everything takes `waitMs` at most.
 * Errors: another key is `other-host`; a wrong password, a missing file and a forbidden one come as the statuses HTTP has for them.
 */
export async function fetchBySftp(address: string, login: Login, { allowPrivate, waitMs, mostBytes }: AskLimits): Promise<Fetched> {
  const url = new URL(address);
  const host = allowPrivate ? url.hostname.replace(/^\[|\]$/g, '') : await publicAddressOf(url.hostname);
  if (host === undefined) return err({ kind: 'address-not-allowed' });
  const { Client: SshClient } = await import('ssh2'); // seldom needed, and not small
  const client = new SshClient();
  let shown = '';
  const fetched = new Promise<Fetched>((resolve) => {
    client.on('error', (error) => resolve(login.hostKey !== undefined && shown !== '' && shown !== login.hostKey ? err({ kind: 'other-host' }) : faultOf(error))); // prettier-ignore
    client.on('close', () => resolve(err({ kind: 'unreachable' })));
    client.on('ready', () => {
      readWhole(client, decodeURIComponent(url.pathname), mostBytes).then(
        (read) => resolve(read.ok ? ok({ status: 200, headers: { 'host-key': shown }, body: read.value }) : read),
        (error: Error) => resolve(faultOf(error)),
      );
    });
    setTimeout(() => resolve(err({ kind: 'timed-out' })), waitMs).unref();
  });
  client.connect({
    host,
    port: Number(url.port || 22),
    username: login.username,
    password: login.password,
    readyTimeout: waitMs,
    hostHash: 'sha256',
    hostVerifier: (key: string) => {
      shown = key;
      return login.hostKey === undefined || login.hostKey === key;
    },
  });
  try {
    return await fetched;
  } finally {
    client.end();
  }
}
