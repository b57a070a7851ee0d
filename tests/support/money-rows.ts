import { lineWorth, rescuePaid } from '@/lib/fulfilment';
import type { OwedShare } from '@/lib/fulfilment';
import type { Minor } from '@/lib/kernel';
import { sumMinor } from '@/lib/kernel';
import { isFulfilled } from '@/lib/oms';
import { RETURNED } from '@/lib/payments';
import type { OrderMoneyFacts } from '@/lib/settlement/order-facts';

/** Rows as the database would hold them, as far as money looks at them. */
export type Line = {
  id: string;
  quantity: number;
  refusedQuantity: number;
  totalMinor: Minor;
  rescueMinor: Minor;
  unitPriceMinor: Minor;
  returned: number;
};
export type Part = {
  id: string;
  state: string;
  deliveryMinor: Minor;
  rescueMinor: Minor;
  bps: number;
  earnedAt: number | undefined;
  lines: Line[];
};
export type Rescue = { subOrderId: string; lineId: string; quantity: number; goodsMinor: Minor; deliveryMinor: Minor };
export type Tender = { id: string; issuer: string; amountMinor: Minor; capturedMinor: Minor; returnedMinor: Minor; state: string };
export type Position = { tenderId: string; subOrderId: string; position: string; amountMinor: Minor; passedFrom: string };
export type Release = {
  id: string;
  tenderId: string;
  subOrderId: string;
  position: string;
  amountMinor: Minor;
  reason: string;
  createdAt: number;
};
/** What a return took off a line, as it was settled. */
export type Credit = { subOrderId: string; lineId: string; shopperMinor: Minor; rescueMinor: Minor; isBeforeCapture: boolean };
export type ShareRow = { subOrderId: string; amountMinor: Minor; capturedMinor: Minor; refundedMinor: Minor };
export type Refund = { id: string; subOrderId: string; amountMinor: Minor; reason: string; createdAt: number; sentAt: number | null };

/** An order's money at a moment of its life. */
export type LivedMoney = {
  readonly parts: readonly Part[];
  readonly tenders: readonly Tender[];
  readonly positions: readonly Position[];
  readonly releases: readonly Release[];
  readonly credits: readonly Credit[];
  readonly shares: readonly ShareRow[];
  readonly refunds: readonly Refund[];
  readonly state: string;
  owed(): readonly OwedShare[];
};

/** What each tender pays, position by position, as the wallet reads it. */
export function stakesOf(life: Omit<LivedMoney, 'owed'>) {
  return life.tenders.flatMap((tender) =>
    [
      ...Map.groupBy(
        life.positions.filter(({ tenderId }) => tenderId === tender.id),
        ({ position }) => position,
      ),
    ].map(([position, rows]) => {
      const sum = (own: readonly { readonly amountMinor: Minor }[]) => sumMinor(own.map(({ amountMinor }) => amountMinor));
      const gone = life.releases.filter((release) => release.tenderId === tender.id && release.position === position);
      return {
        tenderId: tender.id,
        issuerId: tender.issuer,
        subOrderId: rows[0]?.subOrderId,
        position,
        paidMinor: sum(rows),
        passedMinor: sum(life.positions.filter((one) => one.tenderId === tender.id && one.passedFrom === position)),
        unservedMinor: sum(gone.filter(({ reason }) => reason !== RETURNED)),
        returnedMinor: sum(gone.filter(({ reason }) => reason === RETURNED)),
      };
    }),
  );
}

/** What came back of a line before its money was taken. */
function untaken({ credits }: LivedMoney, { id }: Line): number {
  return sumMinor(credits.filter(({ lineId, isBeforeCapture }) => lineId === id && isBeforeCapture).map((one) => one.shopperMinor));
}

/** The order as the ledger reads it. */
export function factsOf(life: LivedMoney): OrderMoneyFacts {
  const owed = life.owed();
  return {
    order: { id: 'ord', paidAt: 1 },
    payment: { id: 'pay', state: life.state, captureBefore: 99, createdAt: 0, updatedAt: 2 },
    parts: life.parts.map((part, at) => ({
      ...part,
      merchantId: `mer${at}`,
      earnedAt: isFulfilled(part.state as never) ? part.earnedAt : undefined,
      rescuePaidMinor: rescuePaid(part as never, part.lines.map((line) => ({ ...line, priceSteps: 1 })) as never),
      returned: life.credits.filter((credit) => credit.subOrderId === part.id && !credit.isBeforeCapture),
      share: life.shares.find(({ subOrderId }) => subOrderId === part.id),
      vouchers: [...Map.groupBy(owed[at]?.tenders ?? [], ({ issuerId }) => String(issuerId))]
        .map(([issuer, own]) => ({ issuer, amountMinor: sumMinor(own.map(({ servedMinor }) => servedMinor)) }))
        .filter(({ amountMinor }) => amountMinor > 0),
      lines: part.lines.map((line, index) => ({
        ...line,
        worthMinor: lineWorth({ ...line, priceSteps: 1 } as never) - untaken(life, line),
        // Three rules within one part, two of them at one rate.
        commissionBps: index % 2 === 0 ? part.bps : Math.floor(part.bps / 2),
        commissionRuleId: index === 0 ? null : 'rule',
      })),
    })),
    refunds: life.refunds,
    voucherReturns: life.releases
      .filter(({ reason }) => reason === RETURNED)
      .map((release) => ({ ...release, issuerId: life.tenders.find(({ id }) => id === release.tenderId)?.issuer })),
  } as unknown as OrderMoneyFacts;
}
