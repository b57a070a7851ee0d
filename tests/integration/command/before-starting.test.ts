import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { whyNotWritable, whyTooFull } from '@/lib/command/data-folder-check';
import { preflight } from '@/lib/command/demo/preflight';
import { whyWrongNode } from '@/lib/command/node-version';
import { freePort } from '@/lib/platform/embedded-postgres';
import { createCluster } from '@/lib/platform/embedded-postgres/cluster';
import { readEnv } from '@/lib/platform/env';

const folder = mkdtempSync(join(tmpdir(), 'halles-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refusal = async (source: Record<string, string>): Promise<string> => {
  try {
    await preflight(readEnv(source), true);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('what would fail later is said before anything is written', () => {
  test('a Node that is too old is named, with the cure', () => {
    expect(whyWrongNode('20.19.2')).toMatch(/^Halles needs Node 22\.18 or newer, and this is 20\.19\.2: .*"npm ci"/u);
    expect(whyWrongNode('22.17.9')).toBeDefined();
    for (const good of ['22.18.0', '24.21.0', '26.0.0']) expect(whyWrongNode(good)).toBeUndefined();
  });

  test('a taken port is named, and a free one offered', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const data = join(folder, 'port');
    const said = await refusal({ PORT: String(port), HALLES_FOLDER: data });
    await new Promise((resolve) => other.close(resolve));
    expect(said).toMatch(
      new RegExp(`^Port ${port} is taken by another program: choose another one, for example "PORT=\\d+ npm run demo"\\.$`, 'u'),
    );
    expect(said).not.toContain(`PORT=${port} `);
    expect(existsSync(data)).toBe(false);
  });

  test('a folder that cannot be used is named with the reason, and nothing is left of the attempt', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    for (const data of [file, join(file, 'below')]) {
      const said = await refusal({ PORT: String(await freePort(0)), HALLES_FOLDER: data });
      expect(said).toBe(
        `The data folder ${data} cannot be used (a file is in the way): name another one, for example "HALLES_FOLDER=/var/tmp/halles npm run demo".`,
      );
      expect(whyNotWritable(data)).toBe('a file is in the way');
    }
    expect(whyNotWritable(join(folder, 'deep', 'down'))).toBeUndefined();
    expect(existsSync(join(folder, 'deep'))).toBe(false);
  });

  test.runIf(process.platform === 'linux')('a place where no folder can be made is an answer, not an endless attempt', () => {
    expect(whyNotWritable('/proc/halles/data')).toBe('nothing can be made there');
  });

  test('a full disk says how much is needed, all that will be written to it taken together', () => {
    const needs = [
      { folder: join(folder, 'not-there-yet'), bytes: 600_000_000 },
      { folder, bytes: 300_000_000 },
    ];
    expect(whyTooFull(needs, () => 900_000_000)).toBeUndefined();
    expect(whyTooFull(needs, () => 899_999_999)).toBe(
      `The disk is too full: the demo needs 0.9 GB and 0.9 GB are free at ${folder}. Free some space and start again.`,
    );
    expect(whyTooFull([{ folder, bytes: 1 }])).toBeUndefined();
  });
});

describe('what PostgreSQL cannot do', () => {
  test.each([
    [
      'echo "postgres: error while loading shared libraries: libxml2.so.2: cannot open shared object file" >&2; exit 127',
      'The database could not be created: the system library libxml2.so.2 is missing. Install it, or set DATABASE_URL.',
    ],
    [
      'echo "initdb: error: could not write to file: No space left on device" >&2; exit 1',
      'The database could not be created: the disk is full. Free some space and start again.',
    ],
  ])('is one sentence, and no half database stays: %s', (script, sentence) => {
    const place = mkdtempSync(join(folder, 'cluster-'));
    const bin = join(place, 'bin');
    mkdirSync(bin);
    const initdb = join(bin, 'initdb');
    writeFileSync(initdb, `#!/bin/sh\n${script}\n`);
    chmodSync(initdb, 0o755);
    const data = join(place, 'data');
    const at = { folder: data, cluster: join(data, 'cluster'), binaries: { initdb, postgres: initdb, pgCtl: initdb }, as: undefined };
    expect(() => createCluster(at)).toThrow(sentence);
    expect(readdirSync(data)).toEqual([]);
  });

  test('a program made for another system is one sentence too', () => {
    const place = mkdtempSync(join(folder, 'cluster-'));
    const initdb = join(place, 'initdb');
    writeFileSync(initdb, '#!/no/such/loader\n', { mode: 0o755 });
    const at = { folder: place, cluster: join(place, 'cluster'), binaries: { initdb, postgres: initdb, pgCtl: initdb }, as: undefined };
    expect(() => createCluster(at)).toThrow('its program cannot run on this system. Set DATABASE_URL to a PostgreSQL of your own.');
  });
});
