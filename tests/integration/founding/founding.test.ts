import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { domainEvents, people, roleGrants } from '@/db/schema';
import { reference } from '@/db/seed';
import { AddressFileError, changeCity, cityInput, cityTemplate, foundCity, getOpening, readCityFile, renewAddresses } from '@/lib/founding';
import type { OperatorScope } from '@/lib/kernel';
import { checkReadiness } from '@/lib/insights';
import { reader } from '@/lib/platform/transaction';
import { suggestPlaces } from '@/lib/search';
import { addressLines, besancon } from '../../support/city-file';
import { emptyTables, rowCounts } from '../../support/database';

const folder = mkdtempSync(join(tmpdir(), 'halles-founding-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(emptyTables);

const written = () => rowCounts('city_settings', 'vat_rates', 'legal_mentions', 'categories', 'people', 'role_grants');

function fileOf(text: string | Buffer, name = 'adresses-25.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function described() {
  const read = readCityFile(JSON.stringify(besancon));
  if (!read.ok) throw new Error(read.error.problems.join('\n'));
  return read.value;
}

async function founded(): Promise<OperatorScope> {
  const done = await foundCity(described(), reference);
  if (!done.ok) throw new Error(done.error.kind);
  const [grant] = await reader().select().from(roleGrants);
  if (!grant) throw new Error('nobody has a role');
  return { kind: 'operator', personId: grant.personId, role: 'admin' };
}

test('a template that nobody filled in is asked for field by field, and a field nobody knows is refused', () => {
  const read = readCityFile(JSON.stringify(cityTemplate));
  expect(read.ok).toBe(false);
  const problems = read.ok ? [] : read.error.problems;
  for (const field of ['city.name', 'city.latitude', 'operator.register', 'operator.host.phone', 'firstAdmin.email'])
    expect(problems.find((problem) => problem.startsWith(`${field}: `))).toMatch(/\w{3,}/);
  const slip = readCityFile(JSON.stringify({ ...besancon, operater: {} }));
  expect(slip.ok ? '' : slip.error.problems[0]).toContain('operater');
  const abroad = readCityFile(JSON.stringify({ ...besancon, city: { ...besancon.city, country: 'BE', timeZone: 'Mars/Base' } }));
  expect(abroad.ok ? [] : abroad.error.problems).toHaveLength(2);
  expect(readCityFile('{ "city": ').ok).toBe(false);
});

test('an empty database becomes a city, whole and once: of five who found at once one does', async () => {
  const before = await checkReadiness();
  expect(before.checks.find(({ name }) => name === 'city')).toMatchObject({ isOk: false, sentence: expect.stringContaining('found') });
  const answers = await Promise.all(Array.from({ length: 5 }, () => foundCity(described(), reference)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  for (const answer of answers) if (!answer.ok) expect(answer.error).toEqual({ kind: 'city-exists', name: 'Besançon', isDemo: false });
  const [cities, rates, mentions, departments, persons, grants] = await written();
  expect([cities, persons, grants]).toEqual([1, 1, 1]);
  expect([rates, mentions, departments].every((count) => count !== undefined && count > 0)).toBe(true);
  expect(await reader().select({ email: people.email, name: people.name }).from(people)).toEqual([
    { email: 'maude@halles-boucle.example', name: 'Maude Perrenet' },
  ]);
  expect((await checkReadiness()).isReady).toBe(true);
});

test('addresses are those near the centre that people type, each once, packed or not, and are found', async () => {
  await founded();
  const text = addressLines(
    ['25056_1', '12', 'Grande Rue', 6.025, 47.236],
    ['25056_2', '12 bis', 'Grande Rue', 6.0251, 47.2361],
    ['25056_2', '12 bis', 'Grande Rue', 6.0251, 47.2361],
    ['25056_3', '5012', 'Chemin sans numéro', 6.025, 47.236],
    ['25056_4', '0', 'Lieu-dit', 6.025, 47.236],
    ['25388_1', '1', 'Rue de Montbéliard', 6.8, 47.51],
  );
  expect(await renewAddresses({ path: fileOf(gzipSync(text), 'adresses-25.csv.gz'), withinMetres: 15_000 })).toEqual({
    ok: true,
    value: { written: 2 },
  });
  expect((await suggestPlaces('12 grande rue')).map(({ label }) => label)).toEqual([
    '12 Grande Rue, 25000 Besançon',
    '12 bis Grande Rue, 25000 Besançon',
  ]);
  const far = await renewAddresses({ path: fileOf(addressLines(['x', '1', 'Rue', 2.3, 48.8])), withinMetres: 15_000 });
  expect(far).toEqual({ ok: false, error: { kind: 'no-address-near' } });
  const wrong = renewAddresses({ path: fileOf('numero;rue\n1;Grande Rue\n'), withinMetres: 15_000 });
  await expect(wrong).rejects.toThrow(AddressFileError);
  await expect(wrong).rejects.toThrow(/code_postal/);
  await expect(renewAddresses({ path: fileOf('no gzip at all', 'broken.csv.gz'), withinMetres: 15_000 })).rejects.toThrow(AddressFileError);
  expect(await rowCounts('addresses')).toEqual([2]); // the old list stands
});

test('before there is a city its addresses have no place', async () => {
  const path = fileOf(addressLines(['25056_1', '12', 'Grande Rue', 6.025, 47.236]));
  expect(await renewAddresses({ path, withinMetres: 15_000 })).toEqual({ ok: false, error: { kind: 'no-city' } });
});

test('who runs the city is changed by an admin alone, and which field is on record', async () => {
  const scope = await founded();
  const { city, operator } = besancon;
  const wanted = {
    name: city.name,
    region: city.region,
    operator: { ...operator, safetyGateRegistrationId: 'SG-25', host: { ...operator.host, phone: '03 65 71 00 09' } },
  };
  const input = cityInput.parse(wanted);
  for (const role of ['moderator', 'support', 'finance', 'viewer'] as const)
    expect(await changeCity({ ...scope, role }, input)).toEqual({ ok: false, error: { kind: 'admin-only' } });
  const changed = ['operator.host.phone', 'operator.safetyGateRegistrationId'];
  const first = await changeCity(scope, input);
  expect(first.ok ? first.value.changed.toSorted() : first.error).toEqual(changed);
  expect(await changeCity(scope, input)).toEqual({ ok: true, value: { changed: [] } });
  const events = await reader().select().from(domainEvents);
  expect(events.map(({ name, actor }) => [name, actor])).toEqual([
    ['CityDescribed', 'system'],
    ['CityDescribed', `operator:${scope.personId}`],
  ]);
});

test('what is left before the opening is counted, and done when it is done', async () => {
  const scope = await founded();
  const state = async () => Object.fromEntries((await getOpening(scope)).map((step) => [step.name, step.state]));
  expect(await state()).toMatchObject({
    identity: 'open',
    addresses: 'open',
    payment: 'open',
    zones: 'advice',
    team: 'advice',
    shops: 'open',
  });
  await renewAddresses({ path: fileOf(addressLines(['25056_1', '12', 'Grande Rue', 6.025, 47.236])), withinMetres: 15_000 });
  const operator = { ...besancon.operator, safetyGateRegistrationId: 'SG-25' };
  await changeCity(scope, cityInput.parse({ name: 'Besançon', region: besancon.city.region, operator }));
  expect(await state()).toMatchObject({ identity: 'done', addresses: 'done' });
});
