import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { getAccountFile, getCityArchive } from '@/lib/accounting';
import {
  getCityFeeDocument,
  getShopFeeDocument,
  issueFeeDocuments,
  listCityFees,
  listShopFees,
  verifyDueFees,
  verifyFees,
} from '@/lib/billing';
import {
  closeDuePeriods,
  listArchives,
  listClosings,
  listMerchantClosings,
  verifyClosings,
  verifyMerchant,
  verifyShop,
} from '@/lib/closings';
import { renderDocument } from '@/lib/documents';
import type { Instant, OperatorScope } from '@/lib/kernel';
import { DAY, MINUTE, instant, plusMs } from '@/lib/kernel';
import { payOut } from '@/lib/payouts';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { checkLedger, getStatement } from '@/lib/settlement';
import type { GivenShop } from '../../support/builders';
import { given, portsAt } from '../../support/builders';
import { expectListsToAgree, merchantOf } from '../../support/merchant-money';
import { carryOutEverything, paidOrder } from '../../support/paid-order';
import { handedOver, inspect, openReturn } from '../../support/returned';
import { readSchematron, validate } from '../../support/schematron';

const rules = (path: string) => readSchematron(fileURLToPath(new URL(`../../support/en16931/${path}`, import.meta.url)));
const schemas = { cii: rules('cii/EN16931-CII-validation.sch'), ubl: rules('ubl/EN16931-UBL-validation.sch') };
const system = { kind: 'system', process: 'a test' } as const;
const finance: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'finance' };
const at = (text: string): Instant => instant(Date.parse(text));
const ports = portsAt();
const sell = async (shop: GivenShop, priceMinor: number, when = ports) => {
  const order = await paidOrder([{ offer: await given.offer({ shop, priceMinor, vatCategory: 'standard' }) }], when);
  return { order, part: await handedOver(order, shop, when) };
};
/** What the ledger kept of a merchant's sales, the cents of rounding included. */
const keptOf = async (shop: GivenShop) => {
  const [row] = await databaseHandle().sql<{ fee: number; vat: number }[]>`
    select coalesce(sum(e.amount_minor) filter (where e.account = 'commission'), 0)::int as fee,
      coalesce(sum(e.amount_minor) filter (where e.account = 'commission-vat'), 0)::int as vat
    from ledger_entries e join ledger_transactions t on t.id = e.transaction_id join shops s on s.merchant_id = t.merchant_id
    where s.id = ${shop.shopId}`;
  return row;
};
const signed = (rows: Awaited<ReturnType<typeof listShopFees>>, of: 'netMinor' | 'vatMinor') =>
  rows.reduce((sum, row) => sum + (row.kind === 'invoice' ? row[of] : -row[of]), 0);

test('a month’s commission is invoiced once, what is given back later is credited to that invoice, and documents say what the ledger does', async () => {
  const shop = await given.shop({ commissionBps: 1_000 });
  const other = await given.shop({ commissionBps: 0 });
  const sales = [await sell(shop, 330), await sell(shop, 330), await sell(shop, 330)];
  await sell(other, 5_000);
  expect(await issueFeeDocuments(portsAt(at('2026-11-30T22:30:00Z')))).toBe(0); // the month is not over
  const december = portsAt(at('2026-12-01T03:00:00Z'));
  const written = await Promise.all(Array.from({ length: 6 }, () => issueFeeDocuments(december)));
  expect(written.reduce((sum, count) => sum + count, 0)).toBe(1);
  const [invoice] = await listShopFees(shop.scope);
  // Sale by sale 33 and 7 of VAT were kept; once for the document, 99 bear 20, and the cent goes back.
  expect(invoice).toMatchObject({ kind: 'invoice', number: 'CF-000001', from: '2026-11-01', to: '2026-11-30', netMinor: 99, vatMinor: 20 });
  expect(await keptOf(shop)).toEqual({ fee: 99, vat: 20 });
  const statement = await getStatement(shop.scope, undefined, december);
  expect(statement?.lines.filter((line) => line.kind === 'commission-rounded').map((line) => line.netMinor)).toEqual([1]);

  // Two of the three come back in December: one credit note in January, by difference, against the invoice of November.
  for (const { order, part } of sales.slice(0, 2)) {
    const back = await openReturn(order, part, shop, {}, december);
    await inspect(shop, back.returnToken, {}, december);
    await carryOutEverything(december);
  }
  const january = portsAt(at('2027-01-02T03:00:00Z'));
  expect(await issueFeeDocuments(january)).toBe(1);
  const rows = await listShopFees(shop.scope);
  expect(rows[0]).toMatchObject({ kind: 'credit-note', number: 'CA-000001', netMinor: 66, vatMinor: 13 });
  expect({ fee: signed(rows, 'netMinor'), vat: signed(rows, 'vatMinor') }).toEqual(await keptOf(shop));
  expect(await listShopFees(other.scope)).toEqual([]);
  expect(await checkLedger(reader())).toEqual([]);
  await expectListsToAgree();

  const content = await getShopFeeDocument(shop.scope, rows[0]?.documentId ?? systemIds.make('commissionDocument'));
  // Each sale with how its fee came about, here what came back of it: basis × rate, and whose rate.
  expect(content?.lines.map((line) => [line.detail, line.goodsNetMinor])).toEqual(
    sales.slice(0, 2).map(() => ['3,30\u00a0€ × 10\u00a0%. Taux de votre contrat.', 33]),
  );
  expect(content?.preceding).toEqual({ number: 'CF-000001', issuedOn: '2026-12-01' });
  expect(await getShopFeeDocument(other.scope, rows[0]?.documentId ?? systemIds.make('commissionDocument'))).toBeUndefined();
});

test('commission documents pass the rules of EN 16931 in both syntaxes, and come as a PDF for people', async () => {
  expect((await listCityFees(finance)).check).toBeUndefined();
  const check = await verifyFees(finance, ports);
  const { rows, count, older, ...found } = await listCityFees(finance);
  expect([rows.length, count, older, found.check]).toEqual([2, 2, undefined, check]);
  expect(check).toEqual({ at: ports.clock.now(), documents: 2, brokenFrom: undefined });
  expect((await listCityFees(finance, rows[0]?.documentId)).rows).toEqual(rows.slice(1));
  expect(await verifyDueFees(ports)).toBe(0); // looked through today
  const buyers = (await databaseHandle().sql<{ siren: string }[]>`select registration_number as siren from merchants`).map(
    (one) => one.siren,
  );
  for (const { documentId } of rows) {
    const content = await getCityFeeDocument(finance, documentId);
    if (!content) throw new Error('it was listed');
    for (const format of ['cii', 'ubl'] as const) {
      const xml = new TextDecoder().decode((await renderDocument(content, format)).bytes);
      expect(await validate(schemas[format], xml), `${content.number} as ${format}`).toMatchObject({ violations: [] });
      expect(buyers.filter((siren) => xml.includes(`>${siren}<`))).toHaveLength(1);
    }
    const pdf = Buffer.from((await renderDocument(content, 'pdf')).bytes);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  }
});

test('a commission document that was changed is found by its number', async () => {
  const { sql } = databaseHandle();
  await expect(sql`update commission_documents set net_minor = net_minor`).rejects.toThrow(/never changed|fact/u);
  await sql`alter table commission_documents disable trigger commission_documents_are_facts`;
  await sql`update commission_documents set content = jsonb_set(content, '{issuedOn}', '"2026-12-02"') where number = 'CF-000001'`;
  const found = async (minutes: number) => (await verifyFees(finance, portsAt(plusMs(ports.clock.now(), minutes * MINUTE)))).brokenFrom;
  expect(await found(1)).toBe('CF-000001');
  expect((await listCityFees(finance)).check?.brokenFrom).toBe('CF-000001'); // and is on the page
  await sql`update commission_documents set content = jsonb_set(content, '{issuedOn}', '"2026-12-01"') where number = 'CF-000001'`;
  await sql`alter table commission_documents enable trigger commission_documents_are_facts`;
  expect(await found(2)).toBeUndefined();
});

test('days, months and years are closed once, in order, with totals since the beginning that documents and ledger say too', async () => {
  const shop = await given.shop({ commissionBps: 1_000 });
  const wednesday = await sell(shop, 2_000);
  await sell(shop, 1_000, portsAt(plusMs(ports.clock.now(), DAY)));
  await payOut(portsAt(plusMs(ports.clock.now(), 2 * DAY)));
  await closeDuePeriods(portsAt(at('2026-11-25T22:30:00Z'))); // half past eleven on Wednesday: nothing is over
  expect((await listClosings(shop.scope)).rows).toEqual([]);
  await Promise.all(Array.from({ length: 6 }, () => closeDuePeriods(portsAt(at('2026-11-26T01:00:00Z')))));
  expect((await listClosings(shop.scope)).rows.map((row) => [row.period, row.startsOn, row.grossMinor])).toEqual([
    ['day', '2026-11-25', 2_000],
  ]);
  // A credit note on the second of December, then the new year: two more days, two months, a year.
  const december = portsAt(at('2026-12-02T09:00:00Z'));
  const back = await openReturn(wednesday.order, wednesday.part, shop, {}, december);
  await inspect(shop, back.returnToken, {}, december);
  await carryOutEverything(december);
  await closeDuePeriods(portsAt(at('2027-01-01T02:00:00Z')));
  await verifyClosings(system);
  const { rows, check } = await listClosings(shop.scope);
  expect([check?.count, check?.broken]).toEqual([rows.length, undefined]);
  // The same for the city, and nobody else's papers under this merchant's name; both look again when they want to.
  const merchantId = await merchantOf(shop);
  const archive = (await listArchives(finance)).find((one) => one.merchantId === merchantId);
  expect(archive).toMatchObject({ closings: rows.length, closedUpTo: '2026-12-02', perpetualMinor: 1_000, check });
  const years = await listMerchantClosings(finance, merchantId, { period: 'year' });
  expect(years?.rows.map((row) => [row.startsOn, row.perpetualMinor])).toEqual([['2026-01-01', 1_000]]);
  expect(await listMerchantClosings(finance, systemIds.make('merchant'))).toBeUndefined();
  expect(await verifyMerchant(finance, systemIds.make('merchant'))).toBeUndefined();
  const again = portsAt(at('2027-01-01T03:00:00Z'));
  expect(await verifyMerchant(finance, merchantId, again)).toMatchObject({ at: again.clock.now(), documents: 3, seriesBroken: undefined });
  expect(await verifyShop(shop.scope, portsAt(at('2027-01-01T03:00:30Z')))).toMatchObject({ at: again.clock.now() }); // a moment ago is now
  expect((await getCityArchive(finance, merchantId, 2026))?.text).toBe((await getAccountFile(shop.scope, 'archive', 2026))?.text);
  const told = rows.map((row) => [row.period, row.startsOn, row.documents, row.grossMinor, row.perpetualMinor]);
  expect(told.filter(([period]) => period !== 'day')).toEqual([
    ['year', '2026-01-01', 3, 1_000, 1_000],
    ['month', '2026-12-01', 1, -2_000, 1_000],
    ['month', '2026-11-01', 2, 3_000, 3_000],
  ]);
  expect(told.filter(([period]) => period === 'day').map(([, day, , , perpetual]) => [day, perpetual])).toContainEqual([
    '2026-12-02',
    1_000,
  ]);
  const [year] = await databaseHandle().sql<{ totals: Record<string, number> }[]>`
    select c.content -> 'totals' as totals from closings c join shops s on s.merchant_id = c.merchant_id where s.id = ${shop.shopId} and c.period = 'year'`;
  const kept = await keptOf(shop);
  expect([year?.totals['feeMinor'], year?.totals['feeVatMinor'], year?.totals['paidMinor']]).toEqual([kept?.fee, kept?.vat, 1_000]);
});

test('the archive of a year bears the seals and is read without this program; what was tampered with is found', async () => {
  const { sql } = databaseHandle();
  const [row] = await sql<{ shopId: GivenShop['shopId'] }[]>`
    select s.id as "shopId" from closings c join shops s on s.merchant_id = c.merchant_id where c.period = 'year' and (c.content -> 'totals' ->> 'creditNotes')::int > 0
    order by c.closed_at desc, s.id desc limit 1`;
  if (!row) throw new Error('the story before closed a year');
  const scope = { kind: 'shop', shopId: row.shopId, personId: systemIds.make('person'), role: 'owner' } as const;
  const file = await getAccountFile(scope, 'archive', 2026);
  const lines = (file?.text ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { closing?: string; hash: string; previousHash: string });
  expect(lines.filter(({ closing }) => closing === 'year')).toHaveLength(1);
  for (const period of ['day', 'month', 'year']) {
    const chain = lines.filter(({ closing }) => closing === period);
    chain.forEach((one, index) => expect(one.previousHash).toBe(chain[index - 1]?.hash ?? '0'.repeat(64)));
  }
  const isWhole = async () => {
    await verifyClosings(system);
    return (await listClosings(scope)).check?.broken;
  };
  await sql`alter table closings disable trigger closings_are_facts`;
  await sql`alter table documents disable trigger documents_are_facts`;
  const ofShop = sql`merchant_id = (select merchant_id from shops where id = ${row.shopId})`;
  await sql`update closings set content = jsonb_set(content, '{totals,grossMinor}', '1') where ${ofShop} and period = 'month' and sequence = 1`;
  expect(await isWhole()).toEqual({ period: 'month', startsOn: '2026-11-01', why: 'seal' });
  await sql`update closings set content = jsonb_set(content, '{totals,grossMinor}', '3000') where ${ofShop} and period = 'month' and sequence = 1`;
  expect(await isWhole()).toBeUndefined();
  await sql`update documents set content = jsonb_set(content, '{totals,grossMinor}', '900') where ${ofShop} and gross_minor = 1000`;
  expect(await isWhole()).toMatchObject({ period: 'day', why: 'totals' });
  await sql`update documents set content = jsonb_set(content, '{totals,grossMinor}', '1000') where ${ofShop} and gross_minor = 1000`;
  // The last one leaves no gap, only its head, which goes forward or not at all.
  await sql`create table taken_out as select * from closings where ${ofShop} and period = 'year'`;
  await sql`delete from closings where ${ofShop} and period = 'year'`;
  expect(await isWhole()).toEqual({ period: 'year', startsOn: '2026-01-01', why: 'seal' });
  await expect(sql`delete from closing_heads where ${ofShop}`).rejects.toThrow(/only goes forward/);
  await expect(sql`update closing_heads set hash = '' where ${ofShop}`).rejects.toThrow(/only goes forward/);
  await sql`insert into closings select * from taken_out`;
  await sql`drop table taken_out`;
  expect(await isWhole()).toBeUndefined();
  await sql`delete from closings where ${ofShop} and period = 'day' and sequence = 1`;
  expect(await isWhole()).toMatchObject({ period: 'day', why: 'seal' });
  expect((await verifyClosings(system)).filter(({ broken }) => broken !== undefined)).toHaveLength(1);
});

test('where the city bears the cent of a rounding, the merchant’s entries and closings say what its invoice says', async () => {
  const shop = await given.shop({ commissionBps: 1_000 });
  for (const priceMinor of [320, 320, 320]) await sell(shop, priceMinor);
  await issueFeeDocuments(portsAt(at('2026-12-01T03:00:00Z')));
  // Sale by sale 32 and 6 of VAT were kept; once for the document, 96 bear 19, and the cent is the city's.
  expect((await listShopFees(shop.scope))[0]).toMatchObject({ netMinor: 96, vatMinor: 19 });
  const rows = ((await getAccountFile(shop.scope, 'fec', 2026))?.text ?? '').split('\r\n').map((row) => row.split('\t'));
  const cents = (text = '') => Number(text.replace(',', ''));
  const balance = (account: string) =>
    rows.filter((row) => row[4] === account).reduce((sum, row) => sum + cents(row[11]) - cents(row[12]), 0);
  expect(['622200', '445660', '758000', '411000', '467000'].map(balance)).toEqual([96, 19, -1, 0, 960 - 96 - 18]);
  await closeDuePeriods(portsAt(at('2026-12-02T03:00:00Z')));
  const [closed] = await databaseHandle().sql<{ paid: number; fee: number; vat: number }[]>`
    select (c.content #> '{perpetual,paidMinor}')::int as paid, (c.content #> '{perpetual,feeMinor}')::int as fee,
      (c.content #> '{perpetual,feeVatMinor}')::int as vat from closings c join shops s on s.merchant_id = c.merchant_id
    where s.id = ${shop.shopId} and c.period = 'day' order by c.sequence desc limit 1`;
  expect(closed).toEqual({ paid: 960, fee: 96, vat: 19 });
});
