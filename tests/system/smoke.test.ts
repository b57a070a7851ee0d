import { spawnSync } from 'node:child_process';
import { expect, inject, test } from 'vitest';
import { commands } from '@/lib/command/commands';
import { hallesArguments } from '@/lib/command/demo/processes';
import { root } from '../support/source-files';

const baseUrl = inject('baseUrl');
const environment = {
  ...process.env,
  DATABASE_URL: inject('databaseUrl'),
  NEXTAUTH_URL: baseUrl,
  AUTH_SECRET: 'a secret of the tests, long enough to sign with',
};

function halles(...args: readonly string[]) {
  const ended = spawnSync(process.execPath, [...hallesArguments(...args)], { cwd: root, env: environment, encoding: 'utf8' });
  return { code: ended.status, out: ended.stdout, complaint: ended.stderr };
}

test('a shopper without scripts buys from three shops: parts, cents, stock and mail are right', () => {
  const { code, out, complaint } = halles('smoke', '--base-url', baseUrl, '--json');
  expect(complaint).toBe('');
  expect(JSON.parse(out)).toMatchObject({ ok: true, subOrders: [{}, {}, {}], mail: { checked: true } });
  expect(code).toBe(0);
});

test('smoke says which step failed, and exits 1', () => {
  const { code, out, complaint } = halles('smoke', '--base-url', 'http://127.0.0.1:9', '--json');
  expect(JSON.parse(out)).toMatchObject({ ok: false, step: 'connection' });
  expect(complaint).toContain('does not answer');
  expect(code).toBe(1);
});

test('the doctor finds nothing wrong with a running city', () => {
  const { code, out } = halles('doctor', '--json');
  const report = JSON.parse(out);
  expect(report.checks.filter(({ level }: { level: string }) => level === 'problem')).toEqual([]);
  expect(code).toBe(0);
});

test('wrong usage exits 2 with the usage, an unknown command with the list', () => {
  expect(halles('smoke')).toMatchObject({ code: 2, complaint: expect.stringContaining('--base-url is missing') });
  expect(halles('smoke', '--base-url', 'ftp://x')).toMatchObject({ code: 2 });
  expect(halles('sing-in-link')).toMatchObject({ code: 2, complaint: expect.stringContaining('sign-in-link') });
  expect(halles('sign-in-link', 'nobody')).toMatchObject({ code: 2, complaint: expect.stringContaining('e-mail address') });
});

test('every command explains itself', async () => {
  for (const [name, { load }] of Object.entries(commands)) {
    const command = await load();
    expect(command.usage, name).toContain('Usage: npm run');
    expect(command.summary, name).toMatch(/^[A-Z].*\.$/u);
  }
  expect(halles('route', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage: npm run') });
});
