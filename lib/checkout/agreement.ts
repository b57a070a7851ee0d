import { z } from 'zod';
import type { BasketPlan, PartItem, PlanPart, PosedBasket } from '@/lib/basket';
import { planKinds } from '@/lib/basket/views';
import type { IdKind, IdOf, Instant } from '@/lib/kernel';
import { MINUTE, instant, minor, parseId, plusMs, quantity } from '@/lib/kernel';
import { methods } from '@/lib/promise/views';

function idOf<Kind extends IdKind>(kind: Kind) {
  return z.string().transform((text, context): IdOf[Kind] => {
    const id = parseId(kind, text);
    if (id !== undefined) return id;
    context.addIssue({ code: 'custom', message: 'no id' });
    return z.NEVER;
  });
}

const moment = z.number().transform((value) => instant(value));
const money = z.number().transform((value) => minor(value));
const count = z.number().transform((value) => quantity(value));

const item = z.object({
  lineId: idOf('basketLine'),
  offerId: idOf('offer'),
  locationId: idOf('stockLocation'),
  quantity: count,
  unitPriceMinor: money,
  priceSteps: z.number(),
  priceMinor: money,
}) satisfies z.ZodType<PartItem>;

const part = z.object({
  shopId: idOf('shop'),
  merchantId: idOf('merchant'),
  method: z.enum(methods),
  promise: z.object({ from: moment, to: moment }),
  keptUntil: moment.optional().transform((value): Instant | undefined => value),
  items: z.array(item),
  goodsMinor: money,
  deliveryMinor: money,
  leadTimeMinutes: z.number(),
  round: z
    .string()
    .optional()
    .transform((value): string | undefined => value),
});

const plan = z.object({
  kinds: z.array(z.enum(planKinds)),
  parts: z.array(part),
  missing: z.array(z.object({ lineId: z.string(), quantity: count })),
  goodsMinor: money,
  deliveryMinor: money,
  totalMinor: money,
  co2Grams: z.number(),
  completeBy: moment,
});

/** What entering checkout settled, as the basket keeps it. */
const agreement = z.object({
  /** The plan shown for agreement; gone as soon as the basket changes. */
  agreed: z.object({ at: moment, plan, asked: z.unknown() }).optional(),
  heldUntil: moment.optional(),
  isExtended: z.boolean().default(false),
  /** Shops whose part is to be paid in the shop. */
  setAside: z.array(idOf('shop')).default([]),
  /** How often units were held since `countedFrom`: holding is free, so it is rationed. */
  holds: z.number().default(0),
  countedFrom: moment.optional(),
});

export type Agreement = z.infer<typeof agreement>;
export type AgreedPlan = NonNullable<Agreement['agreed']>;

/** Reads the basket's column; whatever cannot be read is as good as nothing. */
export function readAgreement(column: unknown): Agreement {
  const read = agreement.safeParse(column ?? {});
  return read.success ? read.data : { isExtended: false, setAside: [], holds: 0 };
}

/** A hold, extended once. Afterwards the hours that were read may no longer be kept. */
const AGREED_MINUTES = 31;

/** What was settled on entering checkout, while its promises can still be kept. */
export function recentAgreement(column: unknown, now: Instant): AgreedPlan | undefined {
  const { agreed } = readAgreement(column);
  return agreed && agreed.at > plusMs(now, -AGREED_MINUTES * MINUTE) ? agreed : undefined;
}

/** What the engine was asked, kept with the decision: a shop may always ask "why not me?". */
export function askedOf({ facts, posed }: PosedBasket) {
  const { lines, locations } = posed.problem;
  return {
    plan: facts.found.basket.plan,
    at: facts.book.now,
    lines: lines.map((line) => ({
      lineId: line.id,
      quantity: line.quantity,
      chosenShopId: line.chosenShopId,
      offers: line.offers.map(({ offerId, locationId, available, priceMinor, riskMinor }) => ({
        offerId,
        locationId,
        available,
        priceMinor,
        riskMinor,
      })),
    })),
    locations: locations.map(({ id, shopId, biasMinor, services }) => ({
      id,
      shopId,
      biasMinor,
      services: services.map(({ method, rankingMinor, prices, windows }) => ({
        method,
        rankingMinor,
        priceMinor: prices[0]?.priceMinor,
        window: windows[0]?.window,
      })),
    })),
  };
}

/** What it answered. */
export function answeredOf(chosen: BasketPlan) {
  return {
    kinds: chosen.kinds,
    totalMinor: chosen.totalMinor,
    co2Grams: chosen.co2Grams,
    missing: chosen.missing,
    parts: chosen.parts.map(({ shopId, method, promise, items, goodsMinor, deliveryMinor }: PlanPart) => ({
      shopId,
      method,
      promise,
      goodsMinor,
      deliveryMinor,
      items,
    })),
  };
}
