import type { Chance } from './chance';
import type { Maker } from './product';
import { cell, readRows } from './source-files';

/** Fictional manufacturers by trade, with what product safety law wants shown: name, postal and electronic address (GPSR art. 19). */
export function readMakers(): (trade: string, chance: Chance) => Maker | undefined {
  const byTrade = new Map<string, Maker[]>();
  for (const row of readRows('vocabulary/makers.tsv')) {
    const makers = byTrade.get(cell(row, 'trade')) ?? [];
    makers.push({
      name: cell(row, 'name'),
      address: `${cell(row, 'street')}, ${cell(row, 'postcode')} ${cell(row, 'town')}`,
      email: cell(row, 'email'),
    });
    byTrade.set(cell(row, 'trade'), makers);
  }
  return (trade, chance) => {
    const makers = byTrade.get(trade);
    return makers ? chance.pick(makers) : undefined;
  };
}
