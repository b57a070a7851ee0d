import type { MerchantId, NetworkId, ShopId, StockLocationId } from '@/lib/kernel';
import { invariant } from '@/lib/kernel';
import type { ShopServices } from '../../schema';
import { chanceOf } from './chance';
import type { Chance } from './chance';
import { legalFormOf, phoneOf, sirenOf, vatNumberOf } from './legal';
import type { seedIds } from './seed-ids';
import type { PriceStyle } from './shop-prices';
import { cell, readCells, readRows } from './source-files';

export type Address = {
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly latitude: number;
  readonly longitude: number;
};

export type Trade = {
  readonly preparationMinutes: number;
  readonly capacityPerHour: number;
  readonly acceptanceMinutes: number;
  readonly commissionBps: number;
  /** Share of each leaf a usual shop of the trade carries. */
  readonly assortment: readonly { readonly leaf: string; readonly share: number }[];
  /** Leaves the demo city has nothing for yet, which shops of the trade sell all the same. */
  readonly alsoSells: readonly string[];
};

export type SeedMerchant = {
  readonly id: MerchantId;
  readonly legalName: string;
  readonly legalForm: string;
  readonly capital: string | undefined;
  readonly siren: string;
  readonly vatNumber: string | undefined;
  readonly isExempt: boolean;
  readonly address: string;
  readonly email: string;
  readonly phone: string;
  readonly commissionBps: number;
};

export type SeedShop = {
  readonly id: ShopId;
  readonly key: string;
  readonly merchant: SeedMerchant;
  readonly network: 'branch' | 'franchise' | 'affiliate' | undefined;
  readonly networkId: NetworkId | undefined;
  readonly locationId: StockLocationId;
  readonly name: string;
  readonly trade: string;
  readonly tradeFacts: Trade;
  readonly keeper: string;
  readonly address: Address;
  readonly openingHours: string;
  readonly story: { readonly fr: string; readonly en: string };
  readonly email: string;
  readonly phone: string;
  readonly level: 'window' | 'reserve' | 'sell';
  readonly services: ShopServices;
  readonly awning: number;
  readonly returnDays: number;
  readonly priceLevel: number;
  readonly priceStyle: PriceStyle;
  /** Time to answer an order; longer at the demo shop, so that its queue is still there after a look around. */
  readonly acceptanceMinutes: number;
  readonly stockGrade: 'A' | 'B' | 'C' | 'D' | 'E';
};

export const seedNetworks = [
  { kind: 'branch', name: 'Les Paniers du Drac', slug: 'paniers-du-drac' },
  { kind: 'franchise', name: 'Le Pétrin des Cimes', slug: 'petrin-des-cimes' },
  { kind: 'affiliate', name: 'Libraires des trois massifs', slug: 'libraires-des-trois-massifs' },
] as const;

export function readAddresses(): readonly Address[] {
  return readCells('data/addresses.tsv.gz').map(([street = '', postcode = '', town = '', latitude, longitude]) => ({
    street,
    postcode,
    town,
    latitude: Number(latitude),
    longitude: Number(longitude),
  }));
}

/** Trades with their assortments, by name. */
export function readTrades(): ReadonlyMap<string, Trade> {
  return new Map(
    readRows('vocabulary/trades.tsv').map((row) => [
      cell(row, 'trade'),
      {
        preparationMinutes: Number(cell(row, 'preparationMinutes')),
        capacityPerHour: Number(cell(row, 'capacityPerHour')),
        acceptanceMinutes: Number(cell(row, 'acceptanceMinutes')),
        commissionBps: Number(cell(row, 'commissionBps')),
        assortment: cell(row, 'assortment')
          .split(',')
          .filter(Boolean)
          .map((part) => {
            const [leaf = '', share] = part.split(' ');
            return { leaf, share: Number(share) };
          }),
        alsoSells: cell(row, 'alsoSells').split(',').filter(Boolean),
      },
    ]),
  );
}

const slots = [
  ['09:00', '12:00'],
  ['14:00', '17:00'],
  ['17:30', '20:00'],
] as const;

/** So many shops make one that sets things aside without obligation; the three of the demo's story are paid before. */
const EVERY_FOURTH = 4;

/** Which ways of receiving the flags name: p pickup, c courier, x parcel. */
function servicesOf(ways: string, setAside: boolean, chance: Chance): ShopServices {
  return {
    pickup: ways.includes('p'),
    courier: ways.includes('c')
      ? {
          priceMinor: chance.pick([390, 390, 450, 490]),
          radiusMetres: chance.pick([4000, 5000, 6000]),
          slots: chance.isBelow(0.7) ? slots : slots.slice(0, 2),
        }
      : null,
    parcel: ways.includes('x')
      ? { priceMinor: chance.pick([490, 550, 590, 690]), days: chance.between(2, 3), maxGrams: chance.pick([10_000, 15_000, 20_000]) }
      : null,
    takesReturns: chance.isBelow(0.6),
    buysReturns: ways.includes('x'),
    setAside: setAside && ways.includes('p'),
  };
}

const knownAwnings: Readonly<Record<string, number>> = { 'quincaillerie-morel': 0, 'brulerie-port': 1, 'librairie-sainte-ombre': 2 };
const grades = ['A', 'A', 'B', 'B', 'C', 'D', 'D', 'E', 'E', 'E'] as const;

type MerchantFacts = {
  readonly ids: ReturnType<typeof seedIds>;
  readonly key: string;
  readonly name: string;
  readonly keeper: string;
  readonly trade: string;
  readonly tradeFacts: Trade;
  readonly address: Address;
  readonly index: number;
  readonly chance: Chance;
  readonly network: (typeof seedNetworks)[number] | undefined;
  readonly isExempt: boolean;
};

/** The legal person behind a shop; the branches share the network's. */
function merchantOf({ ids, key, name, keeper, trade, tradeFacts, address, index, chance, network, isExempt }: MerchantFacts): SeedMerchant {
  const isBranch = network?.kind === 'branch';
  const legal = isBranch ? { form: 'SAS', capital: '60\u00a0000\u00a0€' } : legalFormOf(trade, isExempt, chance);
  const siren = sirenOf(index);
  const company = `${(isBranch ? network.name : name).replace(/,.*$/, '')} ${legal.form.split(' ')[0] ?? ''}`;
  return {
    id: ids('merchant', isBranch ? network.slug : key),
    legalName: isExempt ? `${keeper} EI` : company,
    legalForm: legal.form,
    capital: legal.capital,
    siren,
    vatNumber: isExempt ? undefined : vatNumberOf(siren),
    isExempt,
    address: `${address.street}, ${address.postcode} ${address.town}`,
    email: `direction@${key}.example`,
    phone: phoneOf(index),
    commissionBps: tradeFacts.commissionBps,
  };
}

/** The 87 shops with their merchants. The four branches belong to one merchant; every other shop is its own. */
export function buildShops(seed: string, ids: ReturnType<typeof seedIds>): readonly SeedShop[] {
  const trades = readTrades();
  const addresses = new Map(readAddresses().map((address) => [`${address.street}|${address.town}`, address]));
  let branch: SeedMerchant | undefined;
  return readRows('vocabulary/shops.tsv').map((row, index) => {
    const key = cell(row, 'key');
    const trade = cell(row, 'trade');
    const chance = chanceOf(seed, 'shop', key);
    const [ways = '', ...flags] = cell(row, 'flags').split(' ');
    const tradeFacts = trades.get(trade);
    const address = addresses.get(`${cell(row, 'street')}|${cell(row, 'town')}`);
    invariant(tradeFacts !== undefined && address !== undefined, `the shop ${key} has a known trade and a real address`);
    const network = seedNetworks.find(({ kind }) => flags.includes(kind));
    const name = cell(row, 'name');
    const own = merchantOf({
      ids,
      key,
      name,
      keeper: cell(row, 'keeper'),
      trade,
      tradeFacts,
      address,
      index,
      chance,
      network,
      isExempt: flags.includes('vat'),
    });
    if (network?.kind === 'branch') branch ??= own;
    return {
      id: ids('shop', key),
      key,
      merchant: network?.kind === 'branch' && branch ? branch : own,
      network: network?.kind,
      networkId: network ? ids('network', network.slug) : undefined,
      locationId: ids('stockLocation', key),
      name,
      trade,
      tradeFacts,
      keeper: cell(row, 'keeper'),
      address,
      openingHours: cell(row, 'openingHours'),
      story: { fr: cell(row, 'storyFrench'), en: cell(row, 'storyEnglish') },
      email: `bonjour@${key}.example`,
      phone: phoneOf(index),
      level: flags.includes('window') ? 'window' : flags.includes('reserve') ? 'reserve' : 'sell',
      services: servicesOf(ways, index % EVERY_FOURTH === 3 && knownAwnings[key] === undefined, chance),
      awning: knownAwnings[key] ?? (index * 5 + 3) % 12,
      returnDays: chance.isBelow(0.25) ? 30 : 14,
      priceLevel: network?.kind === 'branch' ? 1.01 : 0.95 + 0.15 * chance.next(),
      priceStyle: network?.kind === 'branch' ? 'five' : chance.pick(['ninety', 'ninety', 'five', 'half'] as const),
      acceptanceMinutes: flags.includes('patient') ? 90 : tradeFacts.acceptanceMinutes,
      stockGrade: network?.kind === 'branch' || key === 'quincaillerie-morel' ? 'A' : chance.pick(grades),
    };
  });
}
