import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { people, roleGrants } from '@/db/schema';
import { inboundAddress, receiveMail } from '@/lib/inbound';
import { readRawMail } from '@/lib/inbound/raw-mail';
import { listImports } from '@/lib/connectors';
import { signatureOf } from '@/lib/machines';
import { databaseHandle } from '@/lib/platform/database';
import { env } from '@/lib/platform/env';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { given, newKey, portsAt, wednesdayMorning, type GivenShop } from '../../support/builders';
import { rowCounts } from '../../support/database';
import { zipOf } from '../../support/zip-file';

vi.hoisted(() => {
  process.env['INBOUND_MAIL_DOMAIN'] = 'fichiers.example';
  process.env['INBOUND_MAIL_SECRET'] = 'whsec_dGhlIHNlY3JldCBvZiB0aGUgaW5zdGFsbGF0aW9u';
});

const ports = portsAt();
const server = 'mx.fichiers.example';
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
  const body = Buffer.from(JSON.stringify({ messageId: `<${newKey()}@mail.example>`, isAuthentic: true, attachments: [file], ...mail }));
  return hand(body, false, more);
}

function hand(body: Buffer, isRaw: boolean, more: { secret?: string; at?: number; server?: string | undefined } = { server }) {
  const message = { id: newKey(), timestampSeconds: Math.floor((more.at ?? wednesdayMorning) / 1_000), body };
  const headers = { id: message.id, timestamp: String(message.timestampSeconds), signature: signatureOf(more.secret ?? secret, message) };
  return receiveMail({ body, isRaw, headers }, { secret, server: 'server' in more ? more.server : server }, ports);
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

type RawParts = { readonly from: string; readonly to: string; readonly top?: string; readonly rest?: string; readonly id?: string };
const vouched = (domain: string) =>
  `Authentication-Results: ${server}; spf=pass smtp.mailfrom=x; dmarc=pass (p=none) header.from=${domain}\r\n`;

/** A mail as it travels: a text, and a file in base64 with a name in RFC 2231. */
function rawMail({ from, to, top = vouched('boutique.example'), rest = '', id = `<${newKey()}@mail.example>` }: RawParts): Buffer {
  const attachment = Buffer.from(file.content, 'base64').toString('base64');
  return Buffer.from(
    `${top}Delivered-To: ${to}\r\nFrom: ${from}\r\nTo: Fichiers <${to}>\r\nMessage-ID: ${id}\r\nSubject: Stock\r\nMIME-Version: 1.0\r\n` +
      `Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nVoil\xe0\r\n${rest}` +
      `--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename*=utf-8''..%2F..%2Fetc%2Frayon%20%C3%A9t%C3%A9.csv\r\n` +
      `Content-Transfer-Encoding: base64\r\n\r\n${attachment}\r\n--b--\r\n`,
    'latin1',
  );
}

test('a mail handed over raw is the same mail: its file is read under a bare name, once, when the receiving server vouches for the sender', async () => {
  const { shop, email, address } = await shopWithMail();
  const raw = rawMail({ from: `Anne <${email}>`, to: address, id: '<raw@mail.example>' });
  expect(await hand(raw, true)).toMatchObject({ ok: true, value: { refused: 0 } });
  expect(await hand(raw, true)).toEqual({ ok: false, error: { kind: 'message-repeated' } });
  expect(await importsOf(shop)).toEqual([['rayon été.csv', 'checked']]);
  expect(await hand(raw, true, { server: undefined })).toEqual({ ok: false, error: { kind: 'raw-not-taken' } });
  expect(await hand(raw, true, { secret: `whsec_${Buffer.from('another secret of 24 byte').toString('base64')}` })).toMatchObject({ error: { kind: 'signature-invalid' } }); // prettier-ignore
});

test('raw: nobody vouches for a sender but the one header of the receiving server, and only for the only sender', async () => {
  const { shop, email, address } = await shopWithMail();
  const refused = { ok: false, error: { kind: 'not-for-us' } };
  const forged = vouched('boutique.example');
  const tops = [
    '',
    forged.replace(server, 'mx.elsewhere.example'),
    forged.replace('dmarc=pass', 'dmarc=fail'),
    forged + forged,
    forged.replace('header.from=boutique.example', 'header.from=mail.example'),
    `Authentication-Results: ${server}; spf=fail smtp.mailfrom="; dmarc=pass"; dkim=none (; dmarc=pass )\r\n`,
    `Authentication-Results: ${server}; spf=fail (from (whom) ; dmarc=pass (so) )\r\n`,
    `Authentication-Results: ${server}; spf=fail (from \\) ; dmarc=pass )\r\n`,
  ];
  for (const top of tops) expect(await hand(rawMail({ from: email, to: address, top }), true), top).toEqual(refused);
  expect(await hand(rawMail({ from: 'inconnu@boutique.example', to: address }), true)).toEqual(refused);
  const unreadable = { ok: false, error: { kind: 'message-unreadable' } };
  expect(await hand(rawMail({ from: `${email}, chef@boutique.example`, to: address }), true)).toEqual(unreadable);
  expect(await hand(rawMail({ from: `x@boutique.example\r\nFrom: ${email}`, to: address }), true)).toEqual(unreadable);
  expect(await importsOf(shop)).toEqual([]);
});

test('raw: garbled, empty, nested without end, in a thousand parts or with endless headers is refused or harmless, and never breaks', async () => {
  const { shop, email, address } = await shopWithMail();
  const whole = rawMail({ from: email, to: address });
  const part = '--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=x.csv\r\n\r\na;b\r\n';
  const deep = Array.from({ length: 400 }, (_, at) => `--${at === 0 ? 'b' : `n${at - 1}`}\r\nContent-Type: multipart/mixed; boundary="n${at}"\r\n\r\n`).join(''); // prettier-ignore
  const bad = [
    Buffer.alloc(0),
    Buffer.from('no mail at all'),
    Buffer.alloc(200_000, 0),
    rawMail({ from: email, to: address, rest: deep }),
    rawMail({ from: email, to: address, rest: part.repeat(1_000) }),
    rawMail({ from: email, to: address, top: `${vouched('boutique.example')}X-Long: ${'a'.repeat(400_000)}\r\n` }),
  ];
  for (const raw of bad) expect(await hand(raw, true), raw.subarray(0, 60).toString('latin1')).toMatchObject({ ok: false, error: { kind: 'message-unreadable' } }); // prettier-ignore
  // A mail within a mail is no list of goods; what it carries is not taken out of it.
  const inner = `--b\r\nContent-Type: message/rfc822\r\n\r\n${rawMail({ from: 'x@mail.example', to: address }).toString('latin1')}\r\n`;
  expect(await hand(rawMail({ from: email, to: address, rest: inner.replaceAll('\r\n--b--', '\r\n--c--') }), true)).toMatchObject({
    ok: true,
  });
  // A file that says it is a spreadsheet of gigabytes is refused by the reader of files, and the sender is told.
  const bomb = zipOf({ 'xl/workbook.xml': Buffer.alloc(60_000_000, 32) }).toString('base64').replaceAll(/.{76}/g, '$&\r\n'); // prettier-ignore
  const zipped = `--b\r\nContent-Type: application/octet-stream; name="bombe.xlsx"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n${bomb}\r\n`;
  expect(await hand(rawMail({ from: email, to: address, rest: zipped }), true)).toMatchObject({ ok: true, value: { refused: 1 } });
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 40 }), fc.boolean(), async (at, bytes, isCut) => {
      const garbled = Buffer.concat([whole.subarray(0, at), bytes, isCut ? Buffer.alloc(0) : whole.subarray(at + bytes.length)]);
      const said = await readRawMail(garbled, server);
      expect(said.ok || said.error.kind === 'message-unreadable').toBe(true);
    }),
    { numRuns: 100 },
  );
  expect((await importsOf(shop)).every(([name]) => name !== 'bombe.xlsx')).toBe(true);
});
