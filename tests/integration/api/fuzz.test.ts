import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { apiDocument } from '@/app/api/v1/_door/document';
import { serve } from '@/app/api/v1/_door/serve';
import { databaseHandle } from '@/lib/platform/database';
import { env } from '@/lib/platform/env';
import { given } from '../../support/builders';
import { emptyTables } from '../../support/database';
import type { Ground } from '../../support/fuzz-api';
import { fuzzedCalls } from '../../support/fuzz-api';
import { keyOf, machineWith } from '../../support/machine';
import { paidOrder, partOf } from '../../support/paid-order';

/** 20,000 by `API_FUZZ_CALLS=20000`; a taste of it each time. */
const CALLS = Number(process.env['API_FUZZ_CALLS'] ?? 600);

let ground: Ground;
/** Words that only the other shop's rows have: none may ever be answered. */
const secrets = ['Boutique du secret', 'SKU-SECRET', 'Marguerite Secrète', 'CLE-SECRETE'];

beforeAll(async () => {
  await emptyTables();
  Object.assign(env().api, { callsPerAddress: 10_000_000, callsPerKey: 10_000_000 });
  const [mine, other] = [
    await given.shop({ openingHours: '24/7' }),
    await given.shop({ name: 'Boutique du secret', openingHours: '24/7' }),
  ];
  const [own, theirs] = [await given.offer({ shop: mine, stock: 5_000 }), await given.offer({ shop: other, stock: 5_000 })];
  const { sql } = databaseHandle();
  await sql`update offers set merchant_sku = 'SKU-SECRET' where id = ${theirs.offerId}`;
  const [ownPart, theirPart] = [
    await partOf(await paidOrder([{ offer: own }]), mine),
    await partOf(await paidOrder([{ offer: theirs }]), other),
  ];
  await sql`update orders set shopper_name = 'Marguerite Secrète' where id = (select order_id from sub_orders where id = ${theirPart.id})`;
  const theirKey = await keyOf(other);
  await sql`update api_keys set label = 'CLE-SECRETE' where shop_id = ${other.shopId}`;
  const lines = await sql<{ id: string }[]>`select id from order_lines`;
  const guest = machineWith();
  const place = { label: 'ici', latitude: 45.19, longitude: 5.72 };
  const body = { locale: 'fr', place, lines: [{ offerId: own.offerId, quantity: 1, shopChosen: true }] } as const;
  const started = await Promise.all(Array.from({ length: 5 }, () => guest('startBasket', { body })));
  expect(theirKey).not.toBe('');
  ground = {
    keys: [await keyOf(mine), await keyOf(mine, ['stock:read']), `halles_${'x'.repeat(43)}`, 'nonsense', undefined],
    ids: {
      shopId: [mine.shopId, other.shopId],
      offerId: [own.offerId, theirs.offerId],
      listingId: [own.listingId, theirs.listingId],
      subOrderId: [ownPart.id, theirPart.id],
      lineId: lines.map((line) => line.id),
      basketToken: started.flatMap((one) => (one.ok ? [one.value.basketToken] : [])),
    },
  };
});

test(`whatever ${CALLS} calls ask, nothing breaks, nothing of another shop is told or changed`, async () => {
  const { sql } = databaseHandle();
  const theirs = () => sql`
    select (select json_agg(o order by o.id) from offers o where o.merchant_sku = 'SKU-SECRET') as offers,
      (select json_agg(s order by s.id) from shops s where s.name = 'Boutique du secret') as shops,
      (select json_agg(p order by p.id) from sub_orders p join shops s on s.id = p.shop_id where s.name = 'Boutique du secret' and p.state <> 'placed') as parts,
      (select count(*) from stock_movements m join offers o on o.id = m.offer_id where o.merchant_sku = 'SKU-SECRET' and m.source <> 'test') as movements`;
  const before = JSON.stringify(await theirs());
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(fuzzedCalls(JSON.parse(JSON.stringify(apiDocument())), ground), async (call) => {
      const response = await serve(
        new Request(new URL(call.path, 'http://halles.test'), {
          method: call.method,
          headers: call.headers,
          ...(call.body === undefined ? {} : { body: call.body }),
        }),
      );
      const text = await response.text();
      seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
      expect(response.status, `${call.id}: ${text}`).toBeLessThan(500);
      const isPublic = /^(search|getListing|listDepartments|.*Basket|trackOrder|getPayment|placeOrder|payOrder)$/.test(call.id);
      for (const secret of isPublic ? secrets.slice(1) : secrets) expect(text, call.id).not.toContain(secret);
      if (response.headers.get('content-type')?.includes('json')) expect(() => JSON.parse(text) as unknown).not.toThrow();
      else expect(call.id, 'a file').toMatch(/^export/);
      if (response.status >= 400) expect(response.headers.get('content-type')).toBe('application/problem+json');
    }),
    { numRuns: CALLS },
  );
  expect(JSON.stringify(await theirs())).toBe(before);
  expect(seen.get(200) ?? 0, 'some calls are right').toBeGreaterThan(CALLS / 50);
  expect([...seen.keys()].filter((status) => status >= 400).length, 'and some are wrong in many ways').toBeGreaterThan(3);
}, 900_000);
