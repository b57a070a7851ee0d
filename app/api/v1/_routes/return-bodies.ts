import { z } from 'zod';
import { startableCauses } from '@/lib/returns';
import type { ReturnCardView } from '@/lib/returns/views';
import { currency, idText, iso, isoOrNull, minorUnits, moment, salesUnit } from '../_door/fields';

export const units = z.int().min(0).max(1_000_000);
export const calendarDay = z.iso.date();
export const numbered = z.object({ number: z.string() });
const returnState = z.enum(['stated', 'accepted', 'sent-back', 'received', 'settled', 'refused', 'dropped']);

/** A return as every call tells it. */
export const returnCard = z
  .object({
    returnId: idText('return'),
    number: z.string(),
    subOrderId: idText('subOrder'),
    orderNumber: z.string(),
    cause: z.enum(startableCauses),
    remedy: z.enum(['refund', 'exchange', 'repair', 'replacement']),
    state: returnState,
    way: z.enum(['shop', 'parcel']),
    statedAt: moment,
    bringBy: moment,
    receivedAt: moment.nullable(),
    endedAt: moment.nullable(),
    origin: z.string(),
    receivedBy: z.string().nullable(),
    question: z.string().nullable(),
    refundDueOn: calendarDay.nullable().meta({ description: 'The last day on which money must be given; null while it may wait.' }),
    refundedMinor: minorUnits,
    currency,
    lines: z
      .array(
        z.object({
          lineId: idText('orderLine'),
          title: z.string(),
          salesUnit,
          quantity: units,
          brought: units.nullable(),
          good: units.nullable(),
          deductionMinor: minorUnits,
          destination: z.enum(['shelf', 'bought', 'home', 'aside']).nullable(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'Return' });

/** The same from its view. */
export function cardBody(card: ReturnCardView): z.input<typeof returnCard> {
  const { returnId, number, subOrderId, orderNumber, cause, remedy, state, way, refundedMinor } = card;
  return {
    returnId,
    number,
    subOrderId,
    orderNumber,
    cause,
    remedy,
    state,
    way,
    refundedMinor,
    currency: card.currency,
    statedAt: iso(card.statedAt),
    bringBy: iso(card.bringBy),
    receivedAt: isoOrNull(card.receivedAt),
    endedAt: isoOrNull(card.endedAt),
    origin: card.originName,
    receivedBy: card.receivedShop ?? null,
    question: card.question ?? null,
    refundDueOn: card.refundDueOn ?? null,
    lines: card.lines.map((line) => ({
      lineId: line.lineId,
      title: line.title,
      salesUnit: line.salesUnit,
      quantity: line.quantity,
      brought: line.brought ?? null,
      good: line.good ?? null,
      deductionMinor: line.deductionMinor,
      destination: line.destination ?? null,
    })),
  };
}
