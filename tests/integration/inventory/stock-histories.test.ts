import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listLevelsOffTheirClaims, listLevelsOffTheirFold } from '@/lib/inventory';
import { instant } from '@/lib/kernel';
import { given, wednesdayMorning } from '../../support/builders';
import { histories } from './stock-commands';
import { StockModel } from './stock-model';

/** More of them by STOCK_HISTORIES; the suite keeps a sample. */
const HISTORIES = Number(process.env['STOCK_HISTORIES'] ?? 25);
const openedAt = instant(Date.UTC(2026, 10, 20, 8));
const stocks = [6, 2];

test(
  'whatever happens to a shelf, its level is what a list of facts and claims says, and everybody reads the same',
  { timeout: 3_600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (commands) => {
        const shop = await given.shop();
        const offers = await Promise.all(stocks.map((stock) => given.offer({ shop, stock })));
        const begin = () => ({ model: new StockModel(wednesdayMorning, stocks, openedAt), real: { shop, offers, baskets: [], told: [] } });
        await fc.asyncModelRun(begin, commands);
      }),
      { numRuns: HISTORIES, endOnFailure: true },
    );
    expect(await listLevelsOffTheirFold()).toEqual([]);
    expect(await listLevelsOffTheirClaims()).toEqual([]);
  },
);
