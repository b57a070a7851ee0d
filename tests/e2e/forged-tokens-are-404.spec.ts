import { desc } from 'drizzle-orm';
import { shops, subOrders } from '@/db/schema';
import { reader } from '@/lib/platform/transaction';
import { expect, test } from '../support/browser';

const forged = 'x'.repeat(43);

test('a token of no order is a true 404 that names nobody', async ({ page, request }) => {
  const names = (await reader().select({ name: shops.name }).from(shops)).map((shop) => shop.name);
  const [part] = await reader().select({ number: subOrders.number }).from(subOrders).orderBy(desc(subOrders.createdAt)).limit(1);
  const number = part?.number ?? 'H-1001-1';
  const addresses = [
    `/suivi/${forged}`,
    `/en/track/${forged}`,
    `/commande/paiement/${forged}`,
    `/tournee/${forged}`,
    `/en/run/${forged}`,
    `/retrait/${forged}`,
    `/retrait/${number}`,
    `/retrait/${number}.${'A'.repeat(22)}`,
    `/retour/${forged}`,
    '/retour/R-1001',
    `/retour/R-1001.${'A'.repeat(22)}`,
    `/retour/${number}.${'A'.repeat(22)}`,
    `/api/passes/${number}.${'A'.repeat(22)}/calendar`,
    `/api/live?order=${forged}`,
    `/suivi/${'y'.repeat(5000)}`,
    '/de/basket',
  ];
  for (const address of addresses) {
    const answer = await request.get(address, { maxRedirects: 0 });
    expect(answer.status(), address.slice(0, 80)).toBe(404);
    const body = await answer.text();
    for (const name of names) expect(body.includes(name), `${address.slice(0, 60)} names ${name}`).toBe(false);
  }
  await page.goto(`/suivi/${forged}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('n’existe pas');
});
