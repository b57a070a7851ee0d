import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { addresses, citySettings, commissionRules, deliveryZones, roleGrants, shops } from '@/db/schema';
import type { OperatorScope } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { reader } from '@/lib/platform/transaction';
import { isLive } from '@/lib/shops';
import type { OpeningStepView } from './views';

const counted = z.object({
  addresses: z.number(),
  zones: z.number(),
  rules: z.number(),
  team: z.number(),
  shops: z.number(),
  firstShops: z.number(),
  unregistered: z.number(),
});

/** How far the city is with opening; one statement. Shops count as they do for the stage the storefront shows. The scope proves that an operator asks. */
export async function getOpening(_scope: OperatorScope): Promise<readonly OpeningStepView[]> {
  const [row] = await reader().execute(sql`select
    (select count(*)::int from (select from ${addresses} limit 1) as first) as addresses,
    (select count(distinct ${deliveryZones.slug})::int from ${deliveryZones}) as zones,
    (select count(*)::int from ${commissionRules} where ${commissionRules.scope} = 'city' and ${commissionRules.withdrawnAt} is null) as rules,
    (select count(*)::int from ${roleGrants} where ${roleGrants.shopId} is null and ${roleGrants.networkId} is null) as team,
    (select count(*)::int from ${shops} where ${isLive}) as shops,
    ${citySettings.openingShops} as "firstShops",
    (${citySettings.operator} ->> 'safetyGateRegistrationId' ~* '^(en cours|pending)')::int as unregistered
    from ${citySettings}`);
  const found = counted.parse(row);
  const { stripe, smtpUrl } = env();
  const step = (name: OpeningStepView['name'], count: number, { needed = 1, isAdvice = false } = {}): OpeningStepView => ({
    name,
    state: count >= needed ? 'done' : isAdvice ? 'advice' : 'open',
    count,
    needed,
  });
  return [
    step('identity', found.unregistered === 0 ? 1 : 0),
    step('addresses', found.addresses),
    step('payment', stripe === undefined ? 0 : 1),
    step('mail', smtpUrl === undefined ? 0 : 1),
    step('zones', found.zones, { isAdvice: true }),
    step('commission', found.rules, { isAdvice: true }),
    step('team', found.team, { needed: 2, isAdvice: true }),
    step('shops', found.shops, { needed: found.firstShops }),
  ];
}
