import { expect, test } from 'vitest';
import { networkScope } from '@/lib/identity';
import type { NetworkId } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { given } from '../../support/builders';

test('a network is there for its head office and its viewers, and for nobody else, whatever shop they own', async () => {
  const { sql } = databaseHandle();
  await given.city();
  const [own, other] = [systemIds.make('network'), systemIds.make('network')] as const;
  for (const [id, name] of [
    [own, 'Nôtre'],
    [other, 'Autre'],
  ] as const)
    await sql`insert into networks (id, name, slug, kind) values (${id}, ${name}, ${id.toLowerCase()}, 'branch')`;
  const person = async (networkId: NetworkId | null, role: string) => {
    const personId = systemIds.make('person');
    await sql`insert into people (id, email, created_at) values (${personId}, ${`${personId}@example.org`}, now())`;
    await sql`insert into role_grants (person_id, network_id, role, granted_at) values (${personId}, ${networkId}, ${role}, now())`;
    return { personId, email: '', name: undefined, locale: 'fr', sessionId: systemIds.make('session') } as never;
  };
  expect(await networkScope(await person(own, 'head-office'), own)).toMatchObject({ ok: true, value: { role: 'head-office' } });
  expect(await networkScope(await person(own, 'viewer'), own)).toMatchObject({ ok: true, value: { role: 'viewer' } });
  for (const stranger of [await person(other, 'head-office'), await person(null, 'admin'), undefined])
    expect((await networkScope(stranger, own)).ok).toBe(false);
});
