import { expect, test } from 'vitest';
import { openDatabase } from '@/db/client';
import { env } from '@/lib/platform/env';

test('however many statements wait for a connection, a transaction behind them has one to itself', async () => {
  const { sql, close } = openDatabase(env().databaseUrl ?? '', { connections: 2 });
  await sql`create table waited (reads int)`;
  const depths = [98, 99, 100, 101, 102]; // left to itself the driver sends a hundred, and with them a "begin" that reserves nothing
  for (const reads of depths) {
    const busy = [0.02, 0.2].map((seconds) => sql.begin((tx) => tx.unsafe(`select pg_sleep(${seconds})`)));
    const waiting = Array.from({ length: reads }, () => sql.unsafe('select 1').execute());
    const kept = sql.begin((tx) => tx`insert into waited values (${reads})`);
    const takenBack = sql.begin(async (tx) => {
      await tx`insert into waited values (0)`;
      throw new Error('taken back');
    });
    const told = await Promise.allSettled([...busy, ...waiting, kept, takenBack]);
    expect(told.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual(['Error: taken back']);
  }
  const rows = await sql<{ reads: number }[]>`select reads from waited order by reads`;
  expect(rows.map(({ reads }) => reads)).toEqual(depths);
  await close();
});
