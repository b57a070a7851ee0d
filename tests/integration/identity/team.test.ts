import { and, eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { domainEvents, messages, people, pushDevices, roleGrants } from '@/db/schema';
import type { TeamScope } from '@/lib/identity';
import { closeAccount, currentSession, networkScope, operatorScope, requestAccess, shopScope } from '@/lib/identity';
import { DAY, HOUR, plusMs } from '@/lib/kernel';
import { systemClock } from '@/lib/platform/clock';
import { systemIds } from '@/lib/platform/ids';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { changeRole, inviteToTeam, listTeam, MOST_INVITATIONS, removeFromTeam } from '@/lib/teams';
import { given, portsAt } from '../../support/builders';
import { follow } from '../../support/follow-link';
import { cityHouse, grantsIn, houseKinds, networkHouse, shopHouse, somebody } from '../../support/house';
import { carryOutEverything } from '../../support/paid-order';

beforeAll(() => given.city());

const emailOf = (name: string) => `${name}.${systemIds.make('event').toLowerCase()}@example.org`;

const mailsTo = (recipient: string) => reader().select().from(messages).where(eq(messages.recipient, recipient));

test('an invited person gets one mail; its link signs in and leads to the counter; who gave the role and when stays', async () => {
  const house = await shopHouse();
  const owner = await somebody(house, 'owner');
  const email = emailOf('claire');
  const wish = { email: email.toUpperCase(), name: 'Claire', role: 'counter' } as const;
  expect(await inviteToTeam(owner.scope, wish)).toEqual({ ok: true, value: { email } });
  await carryOutEverything();
  const [mail, ...more] = await mailsTo(email);
  expect([mail?.kind, mail?.locale, more]).toEqual(['invitation', 'fr', []]);
  expect(mail?.plainText).toContain('Anne Clerc');
  expect(mail?.plainText).toContain('Comptoir');
  const before = await listTeam(owner.scope);
  expect(before).toMatchObject({ ok: true, value: { members: [{ isYou: true }, { name: 'Claire', by: 'Anne Clerc', isAwaited: true }] } });
  const link = /https?:\S+\/api\/auth\/callback\/email\S+/u.exec(mail?.plainText ?? '')?.[0] ?? '';
  const followed = await follow(link);
  expect(followed).toMatchObject({ status: 302, location: `/merchant/${house.slug}/counter` });
  expect(await shopScope(await currentSession(followed.sealed), house.slug)).toMatchObject({
    ok: true,
    value: { scope: { role: 'counter' } },
  });
  expect(await listTeam(owner.scope)).toMatchObject({
    ok: true,
    value: { members: [{}, { isAwaited: false }], history: [{ by: 'Anne Clerc', whom: 'Claire', change: 'added', role: 'counter' }] },
  });
});

test.each(houseKinds)('%s: whoever is in the team stays as they are, and is not written to again', async (_kind, makeHouse) => {
  const house = await makeHouse();
  const keeper = await somebody(house, house.roles[0]);
  const last = house.roles.at(-1) ?? house.roles[0];
  const email = emailOf('twice');
  expect(await inviteToTeam(keeper.scope, { email, name: undefined, role: last })).toMatchObject({ ok: true });
  const refusal = { ok: false, error: { kind: 'already-in-team', role: last } };
  expect(await inviteToTeam(keeper.scope, { email, name: 'Other', role: house.roles[0] })).toEqual(refusal);
  const atOnce = emailOf('race');
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, async () => inviteToTeam(keeper.scope, { email: atOnce, name: undefined, role: last })),
  );
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 7 }, () => refusal));
  await carryOutEverything();
  expect(await Promise.all([email, atOnce].map(async (one) => (await mailsTo(one)).length))).toEqual([1, 1]);
});

test.each(houseKinds)(
  '%s: of two who keep it and remove each other at once, one stays; nobody makes the last one less',
  async (_kind, makeHouse) => {
    for (let round = 0; round < 5; round += 1) {
      const house = await makeHouse();
      const [first, last] = [house.roles[0], house.roles.at(-1) ?? house.roles[0]];
      const [one, two] = [await somebody(house, first), await somebody(house, first)];
      await Promise.all([
        removeFromTeam(one.scope, two.session.personId),
        round % 2 === 0
          ? removeFromTeam(two.scope, one.session.personId)
          : changeRole(two.scope, { personId: one.session.personId, role: last }),
      ]);
      const [keeper, ...more] = (await grantsIn(house)).filter(({ role }) => role === first);
      expect(more).toEqual([]);
      if (!keeper) throw new Error('nobody is left');
      const { personId } = keeper;
      const scope = house.scopeOf(personId, first);
      const refusal = { ok: false, error: { kind: 'last-of-role', role: first } };
      expect([await removeFromTeam(scope, personId), await changeRole(scope, { personId, role: last })]).toEqual([refusal, refusal]);
    }
  },
);

test.each(houseKinds)('%s: somebody invited who never came does not count as the one who stays', async (_kind, makeHouse) => {
  const house = await makeHouse();
  const keeper = await somebody(house, house.roles[0]);
  expect(await inviteToTeam(keeper.scope, { email: emailOf('typo'), name: undefined, role: house.roles[0] })).toMatchObject({ ok: true });
  expect(await removeFromTeam(keeper.scope, keeper.session.personId)).toMatchObject({ ok: false, error: { kind: 'last-of-role' } });
});

test('nobody gives, changes or takes a role above their own, nor one of another kind of house', async () => {
  const house = await shopHouse();
  const [owner, manager, counter] = [await somebody(house, 'owner'), await somebody(house, 'manager'), await somebody(house, 'counter')];
  const above = { ok: false, error: { kind: 'role-not-yours-to-give' } };
  expect(await inviteToTeam(manager.scope, { email: emailOf('up'), name: undefined, role: 'owner' })).toEqual(above);
  expect(await inviteToTeam(owner.scope, { email: emailOf('city'), name: undefined, role: 'admin' })).toEqual(above);
  expect(await changeRole(manager.scope, { personId: manager.session.personId, role: 'owner' })).toEqual(above);
  expect(await changeRole(manager.scope, { personId: owner.session.personId, role: 'counter' })).toEqual(above);
  expect(await removeFromTeam(manager.scope, owner.session.personId)).toEqual(above);
  expect(await changeRole(manager.scope, { personId: counter.session.personId, role: 'manager' })).toEqual({ ok: true, value: undefined });
  expect(await listTeam(manager.scope)).toMatchObject({ ok: true, value: { roles: ['manager', 'counter'] } });
});

test.each(houseKinds)('%s: whoever does not keep it, left, or is of another house, reads and changes nothing', async (_kind, makeHouse) => {
  const house = await makeHouse();
  const [first, last] = [house.roles[0], house.roles.at(-1) ?? house.roles[0]];
  const [keeper, small] = [await somebody(house, first), await somebody(house, last, 'Victor Secret')];
  const elsewhere = await shopHouse();
  const stranger = await somebody(elsewhere, 'owner');
  const gone = await somebody(house, first);
  expect(await removeFromTeam(keeper.scope, gone.session.personId)).toMatchObject({ ok: true });
  const before = await grantsIn(house);
  const forged = house.scopeOf(stranger.session.personId, first);
  for (const scope of [small.scope, gone.scope, forged]) {
    const tooSmall = { ok: false, error: { kind: 'role-too-small' } };
    expect(await inviteToTeam(scope, { email: emailOf('x'), name: undefined, role: last })).toEqual(tooSmall);
    expect(await changeRole(scope, { personId: small.session.personId, role: first })).toEqual(tooSmall);
    expect(await removeFromTeam(scope, keeper.session.personId)).toEqual(tooSmall);
  }
  expect(await listTeam(small.scope)).toEqual({ ok: false, error: { kind: 'role-too-small' } });
  const absent = { ok: false, error: { kind: 'member-not-found' } };
  expect(await changeRole(stranger.scope, { personId: small.session.personId, role: 'counter' })).toEqual(absent);
  expect(await removeFromTeam(stranger.scope, small.session.personId)).toEqual(absent);
  expect(JSON.stringify(await listTeam(stranger.scope))).not.toContain('Secret');
  expect(await grantsIn(house)).toEqual(before);
});

test('whoever was removed is out at the next request, their browsers of that shop ring no more, and their other shop stays', async () => {
  const [house, other] = [await shopHouse(), await shopHouse()];
  const owner = await somebody(house, 'owner');
  const { session } = await somebody(house, 'counter');
  await reader()
    .insert(roleGrants)
    .values({ personId: session.personId, shopId: other.shopId, role: 'counter', grantedAt: systemClock.now() });
  const device = { personId: session.personId, publicKey: '', secret: '', label: '', createdAt: systemClock.now() };
  await reader()
    .insert(pushDevices)
    .values(
      [house, other].map(({ shopId }) => ({
        ...device,
        id: systemIds.make('pushDevice'),
        shopId,
        endpoint: `https://push.example/${shopId}`,
      })),
    );
  expect((await shopScope(session, house.slug)).ok).toBe(true);
  expect(await removeFromTeam(owner.scope, session.personId)).toEqual({ ok: true, value: undefined });
  expect(await shopScope(session, house.slug)).toEqual({ ok: false, error: { kind: 'absent' } });
  expect((await shopScope(session, other.slug)).ok).toBe(true);
  const left = await reader().select({ shopId: pushDevices.shopId }).from(pushDevices).where(eq(pushDevices.personId, session.personId));
  expect(left).toEqual([{ shopId: other.shopId }]);
  const [event] = await reader()
    .select()
    .from(domainEvents)
    .where(and(eq(domainEvents.subject, house.shopId), eq(domainEvents.name, 'TeamChanged')));
  expect(event).toMatchObject({
    actor: `shop:${owner.session.personId}`,
    facts: { personId: session.personId, change: 'removed', role: 'counter' },
  });
  expect(JSON.stringify(event)).not.toContain(session.email);
});

test('a house writes to so many people a day, and all houses together to one address only so often', async () => {
  const now = systemClock.now();
  const [house, other] = [await shopHouse(), await shopHouse()];
  const [owner, rival] = [await somebody(house, 'owner'), await somebody(other, 'owner')];
  const email = emailOf('target');
  const ask = async (scope: TeamScope, to: string, ports = systemPorts) => {
    const asked = await inviteToTeam(scope, { email: to, name: undefined, role: 'counter' }, ports);
    await carryOutEverything(ports);
    return asked.ok ? 'sent' : asked.error.kind;
  };
  const said: string[] = [];
  for (const { scope } of [owner, rival, owner, rival]) {
    said.push(await ask(scope, email));
    const [person] = await reader().select({ id: people.id }).from(people).where(eq(people.email, email));
    if (person) await removeFromTeam(scope, person.id);
  }
  expect(said).toEqual(['sent', 'sent', 'sent', 'address-asked-enough']);
  expect(await ask(owner.scope, email, portsAt(plusMs(now, DAY + HOUR)))).toBe('sent');
  const many = await Promise.all(
    Array.from({ length: MOST_INVITATIONS }, async () =>
      inviteToTeam(rival.scope, { email: emailOf('many'), name: undefined, role: 'counter' }),
    ),
  );
  expect(many.filter(({ ok }) => !ok)).toEqual([{ ok: false, error: { kind: 'too-many-invitations', most: MOST_INVITATIONS } }]);
});

test('an account that was there keeps its own name and language, and does not show them to the house', async () => {
  const house = await shopHouse();
  const owner = await somebody(house, 'owner');
  const known = await somebody(await shopHouse(), 'owner', 'Victor Secret');
  await reader().update(people).set({ locale: 'en' }).where(eq(people.id, known.session.personId));
  const { email } = known.session;
  expect(await inviteToTeam(owner.scope, { email, name: 'Vic', role: 'counter' })).toMatchObject({ ok: true });
  await carryOutEverything();
  expect(await mailsTo(email)).toMatchObject([{ kind: 'invitation', locale: 'en' }]);
  const [row] = await reader().select().from(people).where(eq(people.id, known.session.personId));
  expect(row).toMatchObject({ name: 'Victor Secret', locale: 'en' });
  await removeFromTeam(owner.scope, known.session.personId);
  const team = await listTeam(owner.scope);
  expect(JSON.stringify(team)).not.toContain('Secret');
  expect(team).toMatchObject({
    ok: true,
    value: {
      history: [
        { change: 'removed', whom: email },
        { change: 'added', whom: email },
      ],
    },
  });
});

test('whoever left and closed their account is not named by what is left of it', async () => {
  const house = await shopHouse();
  const owner = await somebody(house, 'owner');
  const gone = await somebody(house, 'manager', 'Lise Ferrand');
  expect(await inviteToTeam(gone.scope, { email: emailOf('new'), name: 'Nora', role: 'counter' })).toMatchObject({ ok: true });
  expect(await removeFromTeam(owner.scope, gone.session.personId)).toMatchObject({ ok: true });
  expect(await closeAccount(gone.session)).toMatchObject({ ok: true });
  const team = await listTeam(owner.scope);
  expect(JSON.stringify(team)).not.toMatch(/closed\.invalid|Ferrand/u);
  expect(team).toMatchObject({
    ok: true,
    value: {
      members: [{}, { name: 'Nora', by: undefined }],
      history: [
        { change: 'removed', by: 'Anne Clerc', whom: undefined },
        { change: 'added', by: undefined, whom: 'Nora' },
      ],
    },
  });
});

test('the mail of a request for access leads to the team’s page with who asks and the role it takes; an hour’s taps are one mail', async () => {
  const house = await shopHouse();
  const [owner, counter] = [await somebody(house, 'owner'), await somebody(house, 'counter')];
  const asked = { shopSlug: house.slug, path: `/merchant/${house.slug}`, role: 'manager' };
  for (const path of [asked.path, '/other', asked.path]) expect((await requestAccess(counter.session, { ...asked, path })).ok).toBe(true);
  expect(await requestAccess(counter.session, { ...asked, role: 'admin' })).toEqual({ ok: false, error: { kind: 'absent' } });
  const mails = await mailsTo(owner.session.email);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.plainText).toContain(`/merchant/${house.slug}/team?person=${counter.session.personId}&role=manager`);
  expect(mails[0]?.plainText).toContain(counter.session.email);
  await removeFromTeam(owner.scope, counter.session.personId);
  expect(await closeAccount(counter.session)).toMatchObject({ ok: true });
  expect(await mailsTo(owner.session.email)).toEqual([]);
});

test.each([
  ['shop', shopHouse],
  ['city', cityHouse],
] as const)('%s: whoever was invited and never came is not asked for access while somebody is there', async (_kind, makeHouse) => {
  const house = await makeHouse();
  const [first, last] = [house.roles[0], house.roles.at(-1) ?? house.roles[0]];
  const founder = await somebody(house, first);
  const typo = emailOf('typo');
  expect(await inviteToTeam(founder.scope, { email: typo, name: undefined, role: first })).toMatchObject({ ok: true });
  const [keeper, small] = [await somebody(house, first), await somebody(house, last)];
  expect(await removeFromTeam(founder.scope, founder.session.personId)).toMatchObject({ ok: true });
  const slug = 'slug' in house && typeof house.slug === 'string' ? house.slug : undefined;
  const asked = { shopSlug: slug, path: '/', role: first };
  expect(await requestAccess(small.session, asked)).toMatchObject({ ok: true, value: { email: keeper.session.email } });
});

test('a network’s and the city’s invited people enter where they were invited, and nowhere else', async () => {
  for (const [makeHouse, path] of [
    [networkHouse, '/merchant/network/'],
    [cityHouse, '/admin'],
  ] as const) {
    const house = await makeHouse();
    const keeper = await somebody(house, house.roles[0]);
    const email = emailOf('new');
    await inviteToTeam(keeper.scope, { email, name: undefined, role: 'viewer' });
    await carryOutEverything();
    const [mail] = await mailsTo(email);
    const followed = await follow(/https?:\S+\/api\/auth\/callback\/email\S+/u.exec(mail?.plainText ?? '')?.[0] ?? '');
    expect(followed.location).toContain(path);
    const session = await currentSession(followed.sealed);
    expect((await operatorScope(session)).ok).toBe(path === '/admin');
    const { networkId } = house.place;
    if (networkId !== null) expect((await networkScope(session, networkId)).ok).toBe(true);
  }
});
