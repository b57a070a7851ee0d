import { randomBytes } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { openClient } from '@/lib/command/shopping/client';
import { formWith, shownListings } from '@/lib/command/shopping/purchase';

const baseUrl = inject('baseUrl');
const ulid = () =>
  Array.from(randomBytes(26), (byte) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[byte % 32])
    .join('')
    .replace(/^./, '0');

describe('what does not exist is a true 404 and names nothing', () => {
  test.each([
    ['an unknown page', '/nulle-part'],
    ['an unknown language', '/de/panier'],
    ['a language that is a path', '/..%2f..%2fetc%2fpasswd'],
    ['a listing nobody made', `/p/savon-lst_${ulid()}`],
    ['a listing id that is none', '/p/savon-lst_1'],
    ['an unknown shop', '/boutiques/personne'],
    ['a forged order token', `/suivi/${randomBytes(32).toString('base64url')}`],
    ['an order number in place of a token', '/suivi/H-1001'],
    ['a forged payment token', `/commande/paiement/${randomBytes(32).toString('base64url')}`],
    ['a forged pickup pass', '/retrait/H-1001-1.AAAAAAAAAAAAAAAA'],
    ['a token that is too long', `/suivi/${'a'.repeat(4_000)}`],
    ['an encoded null', '/p/%00'],
  ])('%s', async (_, path) => {
    const page = await openClient(baseUrl).get(path);
    expect(page.status).toBe(404);
    expect(page.html).not.toMatch(/stack|at async|postgres|drizzle/i);
  });
});

describe('desks are closed to strangers', () => {
  test.each(['/merchant', '/merchant/quincaillerie-morel/counter', '/admin', '/admin/mailbox', '/admin/orders'])('%s', async (path) => {
    const page = await openClient(baseUrl).get(path);
    expect(page.text).not.toMatch(/H-\d{4}/);
    expect([200, 401, 403, 404]).toContain(page.status);
    if (page.status === 200) expect(new URL(page.url).pathname).toMatch(/connexion|sign-in/);
  });
});

describe('searches of any shape are answered', () => {
  test.each([
    '',
    ' ',
    '%',
    "'; drop table orders; --",
    '\u0000',
    'é'.repeat(500),
    '<script>alert(1)</script>',
    '&page=-1',
    '&page=99999999',
    '&prix=-5',
    '&tri=nonsense',
  ])('%j', async (words) => {
    const query = words.startsWith('&') ? `q=savon${words}` : `q=${encodeURIComponent(words)}`;
    const page = await openClient(baseUrl).get(`/recherche?${query}`);
    expect(page.status).toBeLessThan(500);
    expect(page.html).not.toContain('<script>alert(1)');
  });
});

describe('forms with nonsense lose nothing and break nothing', () => {
  async function listing() {
    const client = openClient(baseUrl);
    for await (const shown of shownListings(client)) return { client, ...shown };
    throw new Error('the city has nothing to sell');
  }

  test.each(['0', '-3', '1.5', '999999999', 'NaN', '1e9', ''])('a quantity of %j', async (quantity) => {
    const { client, page } = await listing();
    const answer = await client.submit(page, formWith('add', page, 'offerId', 'quantity'), { quantity });
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toContain('999999999');
  });

  test('an offer that does not exist', async () => {
    const { client, page } = await listing();
    const answer = await client.submit(page, formWith('add', page, 'offerId', 'quantity'), { offerId: `off_${ulid()}` });
    expect(answer.status).toBeLessThan(500);
  });

  test('a price the browser invented changes nothing', async () => {
    const { client, page, offers } = await listing();
    const offer = offers[0]!;
    const answer = await client.submit(page, formWith('add', page, 'offerId', 'quantity'), {
      offerId: offer.offerId,
      priceSeenMinor: '1',
      [`priceSeenMinor-${offer.offerId}`]: '1',
    });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain((offer.priceMinor / 100).toFixed(2).replace('.', ','));
  });

  test('a body of ten megabytes is refused, and the site goes on', async () => {
    const { client, page } = await listing();
    await client.submit(page, formWith('add', page, 'offerId', 'quantity'), { listingId: 'x'.repeat(10_000_000) }).then(
      (answer) => expect(answer.status).toBeGreaterThanOrEqual(400),
      (error: unknown) => expect(error).toBeInstanceOf(TypeError), // the connection was cut while we were still sending
    );
    expect((await openClient(baseUrl).get('/api/ready')).status).toBe(200);
  });

  test('an unsigned payment webhook is refused', async () => {
    const answer = await fetch(`${baseUrl}/api/webhooks/payments`, { method: 'POST', body: '{"type":"payment_intent.succeeded"}' });
    expect(answer.status).toBe(400);
  });
});
