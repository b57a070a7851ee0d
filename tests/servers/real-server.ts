import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** What a shop keeps at the real server: what is to be found here after a pull. Prices in cents with VAT. */
export type KeptGood = {
  readonly sku: string;
  readonly title: string;
  readonly size: string | undefined;
  readonly priceMinor: number;
  readonly quantity: number;
};

/** One server program from npm: how it is installed, started, filled and changed. */
export type RealServer = {
  readonly kind: 'vendure' | 'medusa';
  /** Pinned, so that a result names what it was seen with. The first is the program itself. */
  readonly packages: Readonly<Record<string, string>>;
  /** Files written into its folder before it is started. */
  readonly files: (at: ServerPlace) => Readonly<Record<string, string>>;
  /** What is run before the start, in its folder: node and these words. */
  readonly before?: readonly (readonly string[])[];
  readonly start: readonly string[];
  /** A path that answers when it is up. */
  readonly readyPath: string;
  /** Fills it by its own API. Gives what a shop types into the form of the connector. */
  readonly fill: (address: string, goods: readonly KeptGood[]) => Promise<Readonly<Record<string, string>>>;
  /** Sets the shelf of one good and takes another off sale, by its own API. */
  readonly change: (
    address: string,
    wish: { readonly counted: KeptGood; readonly quantity: number; readonly gone: KeptGood },
  ) => Promise<void>;
};

export type ServerPlace = { readonly folder: string; readonly databaseUrl: string; readonly port: number };

export type RunningServer = { readonly address: string; stop(): Promise<void> };

/** Installs the program into its scratch folder, once; nothing of it touches the repository. */
export function install({ kind, packages }: RealServer, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.stringify({ name: `scratch-${kind}`, private: true, dependencies: packages });
  const file = join(folder, 'package.json');
  const isInstalled = existsSync(join(folder, 'installed')) && readFileSync(join(folder, 'installed'), 'utf8') === manifest;
  if (isInstalled) return;
  writeFileSync(file, manifest);
  const done = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' });
  if (done.status !== 0) throw new Error(`npm could not install ${kind} into ${folder}`);
  writeFileSync(join(folder, 'installed'), manifest);
}

const MOST_SECONDS = 240;

async function answers(address: string, path: string): Promise<boolean> {
  try {
    return (await fetch(`${address}${path}`, { signal: AbortSignal.timeout(2_000) })).status < 500;
  } catch {
    return false;
  }
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await Promise.race([ended, pause(10_000)]);
  if (child.exitCode === null) child.kill('SIGKILL');
}

/** Starts the program on 127.0.0.1 and waits until it answers. What it says goes to `server.log` in its folder. */
export async function start(server: RealServer, at: ServerPlace): Promise<RunningServer> {
  for (const [name, text] of Object.entries(server.files(at))) writeFileSync(join(at.folder, name), text);
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production' as const,
    NODE_OPTIONS: '',
    PORT: String(at.port),
    DATABASE_URL: at.databaseUrl,
  };
  for (const words of server.before ?? []) {
    const done = spawnSync(process.execPath, words, { cwd: at.folder, env: environment, stdio: 'inherit' });
    if (done.status !== 0) throw new Error(`${server.kind}: ${words.join(' ')} did not succeed`);
  }
  const log = openSync(join(at.folder, 'server.log'), 'w');
  const child = spawn(process.execPath, server.start, { cwd: at.folder, env: environment, stdio: ['ignore', log, log] });
  const address = `http://127.0.0.1:${at.port}`;
  for (let second = 0; second < MOST_SECONDS; second += 1) {
    if (child.exitCode !== null) break;
    if (await answers(address, server.readyPath)) return { address, stop: () => endOf(child) };
    await pause(1_000);
  }
  await endOf(child);
  throw new Error(`${server.kind} did not start; the last it said:\n${readFileSync(join(at.folder, 'server.log'), 'utf8').slice(-2_000)}`);
}
