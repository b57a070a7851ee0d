import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { addresses, basketLines, baskets, listings, offers, variants } from '@/db/schema';
import type { BasketId, Instant, OfferId, Position, Result } from '@/lib/kernel';
import { dateOf, err, invariant, ok, parseId } from '@/lib/kernel';
import { claimInsert, findAnswer, type IdempotencyKey } from '@/lib/platform/idempotency';
import { token as newToken } from '@/lib/platform/ids';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { planned, reader } from '@/lib/platform/transaction';
import { MOST_LINES, mostQuantity } from './limits';

/** Where things are wanted: an address of the city by its id, or a point with words of one's own. */
export type PlaceWish = { readonly addressId: string } | (Position & { readonly label: string });

export type NewBasketWish = {
  readonly locale: string;
  readonly place?: PlaceWish | undefined;
  readonly lines: readonly { readonly offerId: OfferId; readonly quantity: number; readonly shopChosen: boolean }[];
};

export type StartedBasket = { readonly basketId: BasketId; readonly token: string };

export type StartRefusal =
  | { readonly kind: 'offer-not-found'; readonly offerIds: readonly string[] }
  | { readonly kind: 'invalid-quantity'; readonly offerIds: readonly string[] }
  | { readonly kind: 'basket-full'; readonly maximum: number }
  | { readonly kind: 'address-unknown'; readonly near: readonly string[] };

type Outcome = Result<StartedBasket, StartRefusal>;

const CALLER = 'start-basket';

/**
 * Makes a basket with everything in it: one statement, so it is there whole or not at all. The same key again gives the same basket: the
 * key must be random, for whoever knows it is given the basket.
 */
export async function startBasket(key: IdempotencyKey, wish: NewBasketWish, ports: Ports = systemPorts): Promise<Outcome> {
  const made = { basketId: ports.ids.make('basket'), token: newToken() };
  return observed({ useCase: 'start-basket', actor: 'shopper', ids: { basketId: made.basketId } }, async (): Promise<Outcome> => {
    const lines = summed(wish.lines).map((line) => ({ ...line, id: ports.ids.make('basketLine') }));
    if (lines.length > MOST_LINES) return err({ kind: 'basket-full', maximum: MOST_LINES });
    const written = await write({ made, key, wish, lines, now: ports.clock.now() });
    if (written.isMade) return ok(made);
    if (!written.isPlaceKnown) return err({ kind: 'address-unknown', near: [] });
    if (written.unknown.length > 0) return err({ kind: 'offer-not-found', offerIds: written.unknown });
    if (written.absurd.length > 0) return err({ kind: 'invalid-quantity', offerIds: written.absurd });
    return ok(startedBefore(await findAnswer(reader(), { caller: CALLER, key })));
  });
}

type Line = NewBasketWish['lines'][number];

/** One line per offer. */
function summed(lines: readonly Line[]): readonly Line[] {
  const byOffer = new Map<OfferId, Line>();
  for (const line of lines) {
    const before = byOffer.get(line.offerId);
    const quantity = line.quantity + (before?.quantity ?? 0);
    byOffer.set(line.offerId, { offerId: line.offerId, quantity, shopChosen: line.shopChosen || (before?.shopChosen ?? false) });
  }
  return [...byOffer.values()];
}

type Writing = {
  readonly made: StartedBasket;
  readonly key: IdempotencyKey;
  readonly wish: NewBasketWish;
  readonly lines: readonly (Line & { readonly id: string })[];
  readonly now: Instant;
};

const answer = z.object({
  isMade: z.boolean(),
  isPlaceKnown: z.boolean(),
  unknown: z.array(z.string()),
  absurd: z.array(z.string()),
});

/** Looks everything up, and writes all of it or nothing. */
async function write({ made, key, wish, lines, now }: Writing): Promise<z.infer<typeof answer>> {
  const { place, locale } = wish;
  const at = sql`${dateOf(now).toISOString()}::timestamptz`;
  const rows = lines.map(({ id, offerId, quantity, shopChosen }) => ({ id, offer_id: offerId, quantity, shop_chosen: shopChosen }));
  const named = place && 'addressId' in place ? place.addressId : null;
  const point = place && 'label' in place ? place : null;
  const [found] = await reader().execute(sql`${planned} with wanted as (
      select w.*, o.listing_id, o.price_minor, coalesce(o.is_active and l.is_published, false) as sold,
        w.quantity between 1 and case when v.sales_unit = 'each' then ${mostQuantity('each')}::int else ${mostQuantity('gram')}::int end as fits
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id text, offer_id text, quantity int, shop_chosen boolean)
      left join ${offers} o on o.id = w.offer_id left join ${listings} l on l.id = o.listing_id left join ${variants} v on v.id = l.variant_id
    ), place as (
      select label || ', ' || postcode || ' ' || town as label, latitude, longitude from ${addresses} where id = ${named}::text
      union all select ${point?.label ?? null}::text, ${point?.latitude ?? null}::float8, ${point?.longitude ?? null}::float8 where ${named}::text is null
    ), claimed as (${claimInsert({ caller: CALLER, key, answer: sql`${JSON.stringify(made)}::jsonb`, now }, sql`exists (select from place) and not exists (select from wanted where not sold or not fits)`)}
    ), basket as (
      insert into ${baskets} (id, token, locale, place_label, place_latitude, place_longitude, created_at, updated_at)
      select ${made.basketId}, ${made.token}, ${locale}, place.label, place.latitude, place.longitude, ${at}, ${at} from place, claimed returning id
    ), lines as (
      insert into ${basketLines} (id, basket_id, listing_id, offer_id, shop_chosen, quantity, price_seen_minor, added_at)
      select wanted.id, basket.id, listing_id, offer_id, shop_chosen, quantity, price_minor, ${at} from wanted, basket returning 1
    )
    select exists (select from basket) as "isMade", exists (select from place) as "isPlaceKnown",
      array(select offer_id from wanted where not sold) as unknown, array(select offer_id from wanted where sold and not fits) as absurd`);
  return answer.parse(found);
}

const kept = z.object({ basketId: z.string(), token: z.string() });

function startedBefore(first: unknown): StartedBasket {
  const { basketId, token } = kept.parse(first);
  const id = parseId('basket', basketId);
  invariant(id, 'the answer of a basket names it');
  return { basketId: id, token };
}
