import { expect, test } from 'vitest';
import { acceptSubOrder, cancelByShopper, handOver, markReady, refuseSubOrder, tickLine } from '@/lib/fulfilment';
import type { OperatorScope } from '@/lib/kernel';
import { deliverMail, getMessage, listMailbox, mailboxFilterInput, sendSignInLink, type Mail, type MailTransport } from '@/lib/messaging';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { withTransaction } from '@/lib/platform/transaction';
import { ok } from '@/lib/kernel';
import { appendEvents } from '@/lib/platform/outbox';
import { given, portsAt } from '../../support/builders';
import { carryOutEverything, type GivenOrder, linesOf, paidOrder, partOf } from '../../support/paid-order';

const ports = portsAt();
const operator: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'viewer' };
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

type Kept = { readonly kind: string; readonly title: string; readonly text: string; readonly html: string; readonly recipient: string };

async function mailsAbout(order: GivenOrder): Promise<readonly Kept[]> {
  const rows = await databaseHandle().sql<Kept[]>`
    select kind, title, plain_text as text, html, recipient from messages
    where subject = ${order.orderId} or subject in (select id from sub_orders where order_id = ${order.orderId}) order by created_at, id`;
  return rows.map((row) => ({ ...row, title: plain(row.title), text: plain(row.text) }));
}

test('the confirmation names every merchant, line and total, and where to withdraw, in the first minute', async () => {
  const [one, two] = [await given.shop({ name: 'La Brûlerie <du Port>' }), await given.shop({ name: 'Quincaillerie Morel' })];
  const order = await paidOrder([
    { offer: await given.offer({ shop: one, priceMinor: 1_250, listing: await given.listing({ title: 'Café & chicorée' }) }), quantity: 2 },
    { offer: await given.offer({ shop: two, listing: await given.listing({ title: 'Joint de moka' }) }) },
  ]);
  await carryOutEverything(portsAt());
  await carryOutEverything(portsAt());

  const mails = await mailsAbout(order);
  expect(mails.map((mail) => mail.kind).toSorted()).toEqual(['order-confirmation', 'shop-new-order', 'shop-new-order']);
  const confirmation = mails.find((mail) => mail.kind === 'order-confirmation');
  expect(confirmation?.title).toMatch(new RegExp(`^Commande ${order.number} : le premier retrait est prêt (demain )?dès \\d`));
  for (const words of [
    'La Brûlerie <du Port>',
    'Quincaillerie Morel',
    'SARL',
    'Médiateur',
    'Café & chicorée, 2 ×',
    '25,00 €',
    '29,50 €',
    '/retractation',
    'Formulaire type de rétractation',
    'version 2026-11',
    `/suivi/${order.orderToken}`,
    'garantie légale',
    'ailleurs, même prix',
  ])
    expect(confirmation?.text).toContain(words);
  expect(confirmation?.html).toContain('La Brûlerie &lt;du Port&gt;');
  expect(confirmation?.html).not.toMatch(/<img|src=|http[^"]*\.css/);
  expect(mails.find((mail) => mail.kind === 'shop-new-order')?.title).toMatch(/^\d articles? à retirer .*Répondre avant 10 h 30$/);
});

test('ready brings the code, a refusal says that nothing was taken, and receipt is dated', async () => {
  const [one, two] = [await given.shop({ name: 'Chez Anne' }), await given.shop({ name: 'Chez Luc' })];
  const order = await paidOrder(
    [
      { offer: await given.offer({ shop: one }) },
      { offer: await given.offer({ shop: two, listing: await given.listing({ title: 'Sel' }) }) },
    ],
    portsAt(),
    'refund',
  );
  const part = await partOf(order, one);
  await acceptSubOrder(one.scope, part.id, ports);
  await refuseSubOrder(two.scope, { subOrderId: (await partOf(order, two)).id, reason: 'closing' }, ports);
  for (const line of await linesOf(part)) await tickLine(one.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  await markReady(one.scope, { subOrderId: part.id }, ports);
  await carryOutEverything();
  await handOver(one.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
  await carryOutEverything();

  const mails = await mailsAbout(order);
  const titled = (kind: string) => mails.find((mail) => mail.kind === kind)?.title;
  expect(titled('sub-order-ready')).toMatch(new RegExp(`^Prêt chez Chez Anne\\. (Ouvert|Ouvre) .*Code ${part.code}$`));
  expect(titled('sub-order-refused')).toBe('Chez Luc ne peut pas servir sa partie. Rien n’a été débité');
  expect(mails.find((mail) => mail.kind === 'sub-order-refused')?.text).toContain(
    'La boutique ferme exceptionnellement. Rien n’a été débité pour cette partie',
  );
  expect(mails.find((mail) => mail.kind === 'sub-order-handed-over')?.text).toContain('à 10 h');
  expect(mails.every((mail) => !mail.text.includes('undefined'))).toBe(true);
});

test('a refund after the capture is told with its amount', async () => {
  const shop = await given.shop({ name: 'Chez Zoé' });
  const order = await paidOrder([{ offer: await given.offer({ shop, priceMinor: 2_100 }) }]);
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  await carryOutEverything();
  await cancelByShopper({ kind: 'order', orderId: order.orderId }, part.id, ports);
  await carryOutEverything();
  await carryOutEverything();
  const titles = (await mailsAbout(order)).map((mail) => mail.title);
  expect(titles).toContain('21,00 € remboursés sur votre carte, visibles d’ici 3 jours');
  expect(titles).toContain('Annulé chez Chez Zoé. 21,00 € vous sont rendus');
});

test('whoever reports something is told that it arrived', async () => {
  await given.city();
  await databaseHandle().sql`insert into notices (id, url, reason, reporter_name, reporter_email, in_good_faith, state, received_at)
    values ('notice-1', 'http://halles.test/p/x', 'contrefaçon', 'Dana', 'dana@example.org', true, 'received', now())`;
  await withTransaction(async (tx) => {
    await appendEvents(tx, [{ name: 'NoticeReceived', subject: 'notice-1', facts: {} }], {
      actor: { kind: 'shopper', id: undefined },
      now: ports.clock.now(),
      ids: ports.ids,
    });
    return ok(undefined);
  });
  await carryOutEverything();
  const page = await listMailbox(operator, mailboxFilterInput.parse({ words: 'dana@' }));
  expect(page.rows).toMatchObject([{ kind: 'notice-receipt', title: 'Signalement reçu, nous l’examinons' }]);
  const [row] = page.rows;
  expect((row && (await getMessage(operator, row.messageId)))?.plainText).toContain('contrefaçon');
});

const mail: Mail = {
  kind: 'test',
  subject: 'x',
  causeKey: 'cause-1',
  recipient: 'a@example.org',
  locale: 'fr',
  title: 'Titre',
  blocks: [{ kind: 'text', text: 'Bonjour' }],
  footer: ['Halles'],
};

test('the same cause is one mail, and a mail server that was away is asked again', async () => {
  const sent: string[] = [];
  let isAway = true;
  const server: MailTransport = {
    send: async ({ to, text }) => {
      if (isAway) throw new Error('away');
      sent.push(`${to} ${text.split('\n')[0] ?? ''}`);
    },
  };
  await expect(deliverMail(mail, ports, server)).rejects.toThrow('away');
  isAway = false;
  const first = await deliverMail(mail, ports, server);
  expect(await deliverMail(mail, ports, server)).toBe(first);
  expect(sent).toEqual(['a@example.org Bonjour']);
});

test('a link that signs somebody in lies in the mailbox only where there is no mail server', async () => {
  await given.city();
  await sendSignInLink('zoe@example.org', 'http://halles.test/api/auth/callback/email?token=secret-1', 'fr', ports);
  const server: MailTransport = { send: async () => {} };
  await deliverMail(
    {
      ...mail,
      causeKey: 'cause-2',
      blocks: [{ kind: 'button', label: 'Entrer', url: 'secret-2' }],
      keptBlocks: [{ kind: 'text', text: 'parti' }],
    },
    ports,
    server,
  );
  const [row] = await databaseHandle()
    .sql`select count(*) filter (where plain_text like '%secret-1%')::int as mailbox, count(*) filter (where plain_text like '%secret-2%' or html like '%secret-2%')::int as server from messages`;
  expect(row).toEqual({ mailbox: 1, server: 0 });
});
