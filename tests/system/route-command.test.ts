import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { provenCases } from '../oms/support/reference';

const good = JSON.stringify(provenCases().find((routing) => routing.id.startsWith('tiny-06')));
const malformed = ['', '{"id":"x"', '[]', good.replace(/"qty":\d+/, '"qty":-1'), good.replace(/"qty":\d+/, '"qty":NaN')];

test('the command answers every line in its place and ends well', { timeout: 60_000 }, async () => {
  const lines = [good, ...malformed, good];
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/command/halles.ts', 'route'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => output.push(piece));
  child.stdin.end(`${lines.join('\n')}\n`);
  const code = await new Promise((resolve) => child.once('close', resolve));
  const answers = Buffer.concat(output)
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as { status: string });
  expect(code).toBe(0);
  expect(answers.map(({ status }) => status)).toEqual(['optimal', ...malformed.map(() => 'refused'), 'optimal']);
});
