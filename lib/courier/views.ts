import type { Instant, OrderId, Position, RunId, SubOrderId } from '@/lib/kernel';

export const absentReasons = ['nobody', 'refused', 'no-access'] as const;
export type AbsentReason = (typeof absentReasons)[number];

/** Where a bag is, for whoever carries it. `not-ready`: the shop still prepares it. `gone`: it ended before it was fetched. */
export type RunPartState = 'not-ready' | 'to-fetch' | 'on-board' | 'delivered' | 'absent' | 'back' | 'gone';

export type RunPartView = {
  readonly subOrderId: SubOrderId;
  readonly number: string;
  readonly shopName: string;
  readonly state: RunPartState;
  readonly bag: string | undefined;
  readonly articleCount: number;
  readonly minimumAge: number | undefined;
  readonly endedAt: Instant | undefined;
  readonly receivedBy: string | undefined;
  readonly absentReason: AbsentReason | undefined;
};

/** A shop to fetch from, or a door to bring to; `position` is its place on the way. */
export type RunStopView = {
  readonly position: number;
  readonly where: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly parts: readonly RunPartView[];
  /** Nothing is to be done here any more. */
  readonly isDone: boolean;
};

export type PickUpStopView = RunStopView & { readonly shopName: string; readonly shopPhone: string; readonly awning: number };

/** The name and telephone are there while something is still to be brought. */
export type DoorStopView = RunStopView & {
  readonly orderNumber: string;
  readonly name: string | undefined;
  readonly phone: string | undefined;
};

export type RunSheetView = {
  readonly runId: RunId;
  readonly courierName: string;
  readonly slotFrom: Instant;
  readonly slotTo: Instant;
  readonly pickUps: readonly PickUpStopView[];
  readonly doors: readonly DoorStopView[];
  /** What nobody took, by shop: it goes back there. */
  readonly toBringBack: readonly RunPartView[];
  readonly fetched: number;
  readonly ended: number;
  readonly count: number;
  readonly asOf: Instant;
  readonly timeZone: string;
};

/** A courier's part of an order that waits for a run. */
export type WaitingPartView = {
  readonly subOrderId: SubOrderId;
  readonly orderId: OrderId;
  readonly number: string;
  readonly shopName: string;
  readonly state: 'offered' | 'accepted' | 'preparing' | 'ready';
  readonly addressLabel: string | undefined;
  readonly articleCount: number;
};

/** Everything promised for one slot that no run carries yet. */
export type SlotView = { readonly slotFrom: Instant; readonly slotTo: Instant; readonly parts: readonly WaitingPartView[] };

/** Where couriers ride, and what they have to do there now: runs with a door in it, bags under way and bags still at their shops. */
export type CourierAreaView = {
  readonly slug: string;
  readonly name: string;
  readonly at: Position;
  readonly radiusMetres: number;
  readonly runs: number;
  readonly onBoard: number;
  readonly toFetch: number;
};

/** A run as the city sees it. */
export type RunView = {
  readonly runId: RunId;
  readonly token: string;
  readonly courierName: string;
  readonly slotFrom: Instant;
  readonly slotTo: Instant;
  readonly parts: number;
  readonly fetched: number;
  readonly delivered: number;
  readonly absent: number;
  readonly back: number;
  readonly isCalledOff: boolean;
};
