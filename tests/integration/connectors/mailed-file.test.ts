import { expect, test, vi } from 'vitest';
import { people, roleGrants } from '@/db/schema';
import { inboundAddress, receiveMail } from '@/lib/inbound';
import { listImports } from '@/lib/connectors';
import { signatureOf } from '@/lib/machines';
import { databaseHandle } from '@/lib/platform/database';
import { env } from '@/lib/platform/env';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { given, newKey, portsAt, wednesdayMorning, type GivenShop } from '../../support/builders';
import { rowCounts } from '../../support/database';

vi.hoisted(() => {
  process.env['INBOUND_MAIL_DOMAIN'] = 'fichiers.example';
  process.env['INBOUND_MAIL_SECRET'] = 'whsec_dGhlIHNlY3JldCBvZiB0aGUgaW5zdGFsbGF0aW9u';
});

const ports = portsAt();
const secret = `whsec_${Buffer.from('a secret of twenty-four bytes').toString('base64')}`;
const csv = (text: string): string => Buffer.from(text).toString('base64');
const file = { fileName: 'rayon.csv', content: csv('Référence;Libellé;Prix TTC;Stock\nM1;Vase bleu;14,00;3\nM2;Vase vert;quatorze;2\n') };

/** A shop with the address of somebody who manages it, and its own address. */
async function shopWithMail(role: 'manager' | 'counter' = 'manager') {
  const shop = await given.shop();
  const personId = systemIds.make('person');
  const email = `${personId.toLowerCase()}@boutique.example`;
  await reader().insert(people).values({ id: personId, email, locale: 'fr', createdAt: wednesdayMorning });
  await reader().insert(roleGrants).values({ personId, shopId: shop.shopId, role, grantedAt: wednesdayMorning });
  const [row] = await databaseHandle().sql<{ slug: string }[]>`select slug from shops where id = ${shop.shopId}`;
  const address = inboundAddress({ slug: row?.slug ?? '', shopId: shop.shopId });
  if (address === undefined) throw new Error('the installation receives mails');
  return { shop, email, address };
}

function send(mail: Record<string, unknown>, more: { secret?: string; at?: number } = {}) {
  const body = JSON.stringify({ messageId: `<${newKey()}@mail.example>`, isAuthentic: true, attachments: [file], ...mail });
  const message = { id: newKey(), timestampSeconds: Math.floor((more.at ?? wednesdayMorning) / 1_000), body };
  const headers = { id: message.id, timestamp: String(message.timestampSeconds), signature: signatureOf(more.secret ?? secret, message) };
  return receiveMail(body, headers, { secret, ports });
}

const importsOf = async ({ scope }: GivenShop) => (await listImports(scope)).map(({ fileName, state }) => [fileName, state]);
const answers = (email: string) =>
  databaseHandle().sql<{ plain_text: string }[]>`select plain_text from messages where kind = 'file-received' and recipient = ${email}`;

test('a file mailed by a manager is read, checked and answered once, and changes nothing before it is confirmed', async () => {
  await given.category();
  const { shop, email, address } = await shopWithMail();
  const mail = {
    messageId: '<one@mail.example>',
    from: `Anne <${email.toUpperCase()}>`,
    to: ['autre@mail.example', address.toUpperCase()],
  };
  expect(await send(mail)).toMatchObject({ ok: true, value: { imports: [expect.any(String)], refused: 0 } });
  expect(await send(mail)).toEqual({ ok: false, error: { kind: 'message-repeated' } });
  expect(await importsOf(shop)).toEqual([['rayon.csv', 'checked']]);
  expect(await rowCounts('offers')).toEqual([0]);
  const told = await answers(email);
  expect(told).toHaveLength(1);
  expect(told[0]?.plain_text).toContain('1 nouveaux');
});

test('what is no file, and a mail without one, are answered by a sentence', async () => {
  const { shop, email, address } = await shopWithMail();
  expect(await send({ from: email, to: [address], attachments: [{ fileName: 'vide.csv', content: '' }] })).toMatchObject({
    value: { refused: 1 },
  });
  expect(await send({ from: email, to: [address], attachments: [] })).toMatchObject({ value: { imports: [] } });
  const told = await answers(email);
  expect(told.map(({ plain_text: text }) => /vide\.csv n’a pas pu être lu|pas de pièce jointe/u.test(text))).toEqual([true, true]);
  expect(await importsOf(shop)).toEqual([]);
});

test('strangers, small roles, other shops, unvouched senders, wrong tokens, wrong and old signatures change nothing', async () => {
  const [victim, attacker, counter] = [await shopWithMail(), await shopWithMail(), await shopWithMail('counter')];
  const [domain = '', local = ''] = [victim.address.split('@')[1], victim.address.split('@')[0]];
  const guessed = `${local.slice(0, -4)}0000@${domain}`;
  const refused = { ok: false, error: { kind: 'not-for-us' } };
  expect(await send({ from: 'inconnu@mail.example', to: [victim.address] })).toEqual(refused);
  expect(await send({ from: attacker.email, to: [victim.address] })).toEqual(refused);
  expect(await send({ from: counter.email, to: [counter.address] })).toEqual(refused);
  expect(await send({ from: victim.email, to: [victim.address], isAuthentic: false })).toEqual(refused);
  expect(await send({ from: victim.email, to: [guessed] })).toEqual(refused);
  const right = { from: victim.email, to: [victim.address] };
  expect(await send(right, { secret: `whsec_${Buffer.from('another secret of 24 byte').toString('base64')}` })).toMatchObject({
    error: { kind: 'signature-invalid' },
  });
  expect(await send(right, { at: wednesdayMorning - 3_600_000 })).toMatchObject({ error: { kind: 'signature-invalid' } });
  expect(await send({ ...right, attachments: 'none' })).toMatchObject({ error: { kind: 'message-unreadable' } });
  for (const { shop } of [victim, attacker, counter]) expect(await importsOf(shop)).toEqual([]);
  // The opposite: the same mail, rightly signed, is heard.
  expect(await send(right)).toMatchObject({ ok: true });
  expect(env().inboundMail?.domain).toBe('fichiers.example');
});
