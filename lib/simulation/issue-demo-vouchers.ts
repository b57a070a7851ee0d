import { eq } from 'drizzle-orm';
import type { City } from '@/db/seed';
import { chanceOf, demoPeople } from '@/db/seed';
import { people } from '@/db/schema';
import { bringVoucher } from '@/lib/checkout';
import type { Instant, OperatorScope, ShopperScope } from '@/lib/kernel';
import { DAY, invariant, minor, parseId, plusMs } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { NewSeries } from '@/lib/wallet';
import { createIssuer, issueSeries } from '@/lib/wallet';
import type { Errand } from './demand';
import type { Replay } from './replay-step';
import { portsAt } from './replay-step';

/** Codes whoever tries the demo may pay with: two cards of the town, and the meal card of Camille's employer. */
export const demoVouchers = {
  giftCards: ['GREN-CADE-CART-2222', 'GREN-CADE-CART-3333'],
  employerCard: 'VERC-CART-REPA-2222',
} as const;

/** Cards that people of the history hold: a few of them pay with one. */
const HELD = 24;
const SPENT_BY_ONE_IN = 14;
const SIGNS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Departments a meal can be made of. */
const foods = ['fruits-legumes', 'boulangerie', 'cremerie', 'boucherie-poissonnerie', 'epicerie-salee', 'epicerie-sucree'] as const;

const heldCodes = (seed: string): readonly string[] =>
  Array.from({ length: HELD }, (_, index) => {
    const chance = chanceOf(seed, 'voucher', String(index));
    const signs = Array.from({ length: 16 }, () => SIGNS[chance.between(0, SIGNS.length - 1)] ?? '').join('');
    return (signs.match(/.{4}/gu) ?? []).join('-');
  });

/** Two issuers with a series each, as they would be issued at the city's desk on the day it opened. */
export async function issueDemoVouchers(seed: string, city: City, at: Instant): Promise<void> {
  const [operator] = await reader().select({ id: people.id }).from(people).where(eq(people.email, demoPeople.operator.email));
  invariant(operator, 'the demo city has an operator');
  const scope: OperatorScope = { kind: 'operator', personId: operator.id, role: 'finance' };
  const issue = async (name: string, issuer: Parameters<typeof createIssuer>[1], series: Omit<NewSeries, 'issuerId' | 'count'>) => {
    const ports = portsAt(seed, `vouchers-${name}`, at);
    const made = await createIssuer(scope, issuer, ports);
    invariant(made.ok, 'an issuer can be made');
    const issued = await issueSeries(scope, { ...series, issuerId: made.value.issuerId, count: series.codes?.length ?? 1 }, ports);
    invariant(issued.ok, `the demo's ${name} can be issued`);
  };
  const anywhere = { purpose: 'multi' as const, shopIds: [], categoryIds: [], topUpBps: 10_000, validFrom: at };
  await issue(
    'gift card',
    { name: 'Union des boutiques de Grenoble', providerAccount: 'acct_union_boutiques', contact: 'cartes@union-boutiques.example' },
    {
      ...anywhere,
      name: 'Carte cadeau des Halles',
      kind: 'gift-card',
      paysDelivery: true,
      topUpBps: 12_500,
      validUntil: plusMs(at, 420 * DAY),
      paidMinor: minor(4_000),
      codes: [...demoVouchers.giftCards, ...heldCodes(seed)],
    },
  );
  await issue(
    'employer card',
    { name: 'Atelier Vercors, employeur', providerAccount: 'acct_atelier_vercors', contact: 'rh@atelier-vercors.example' },
    {
      ...anywhere,
      name: 'Carte repas Vercors',
      kind: 'employer-card',
      paysDelivery: false,
      validUntil: plusMs(at, 240 * DAY),
      paidMinor: minor(6_000),
      holderEmail: demoPeople.shopper.email,
      categoryIds: foods.flatMap((key) => categoryOf(city, key)),
      codes: [demoVouchers.employerCard],
    },
  );
}

function categoryOf(city: City, key: string) {
  const id = parseId('category', city.categories.get(key)?.id ?? '');
  return id ? [id] : [];
}

/** Now and then somebody of the history pays with a card of the town; one that is empty stays in the drawer. */
export async function bringHeldVoucher(replay: Replay, errand: Errand, shopper: ShopperScope): Promise<void> {
  const chance = chanceOf(replay.seed, 'pays-with', errand.key);
  if (!chance.isBelow(1 / SPENT_BY_ONE_IN)) return;
  const code = heldCodes(replay.seed)[chance.between(0, HELD - 1)] ?? '';
  await bringVoucher(shopper, { code, sender: errand.key }, portsAt(replay.seed, `${errand.key}:voucher`, errand.at));
}
