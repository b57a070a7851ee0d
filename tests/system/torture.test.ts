import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { hallesArguments } from '@/lib/command/demo/processes';
import { root } from '../support/source-files';

/** Longer by TORTURE_MINUTES; the suite keeps to two. */
const minutes = process.env['TORTURE_MINUTES'] ?? '2';

test(
  'a busy city whose apps, workers and database are killed again and again loses nothing and makes nothing up',
  { timeout: 7_200_000 },
  async () => {
    const child = spawn(process.execPath, [...hallesArguments('torture', '--minutes', minutes, '--json')], {
      cwd: root,
      env: { ...process.env, VITEST: undefined, NODE_ENV: 'production', DATABASE_URL: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    const complaints: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    expect(code, complaints.slice(-8).join('')).toBe(0);
    const report = JSON.parse(said.join(''));
    expect(report).toMatchObject({ ok: true, checked: expect.arrayContaining(['no unit is oversold', 'every answer given is true']) });
    expect(report.confirmed).toBeGreaterThan(0);
    expect(Object.values<number>(report.kills).reduce((sum, kills) => sum + kills, 0)).toBeGreaterThan(4);
  },
);
