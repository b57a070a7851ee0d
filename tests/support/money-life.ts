import { lineOwed, lineWorth } from '@/lib/fulfilment';
import { owedShare } from '@/lib/fulfilment/owed';
import type { Minor } from '@/lib/kernel';
import { linePrice, minor, sumMinor } from '@/lib/kernel';
import { claimTenders, passTendersOn } from '@/lib/oms';
import { RETURNED } from '@/lib/payments';
import { settleShares } from '@/lib/payments/settle-shares';
import type { LedgerDraft } from '@/lib/settlement/ledger-repository';
import type { EntryRow } from '@/lib/settlement/ledger-repository';
import { orderDrafts } from '@/lib/settlement/order-drafts';
import type { Credit, Line, Part, Position, Refund, Release, Rescue, ShareRow, Tender } from './money-rows';
import { factsOf, stakesOf } from './money-rows';

export type Wish = {
  readonly parts: readonly {
    readonly bps: number;
    readonly delivery: number;
    readonly lines: readonly { readonly quantity: number; readonly price: number }[];
  }[];
  /** Each with what is on it, its issuer, and which positions it may pay. */
  readonly vouchers: readonly { readonly available: number; readonly issuer: number; readonly accepts: number }[];
};

/** One order's money from placement to the end, in memory, driven by the functions the database is driven by. */
export class MoneyLife {
  readonly parts: Part[];
  readonly rescues: Rescue[] = [];
  readonly tenders: Tender[];
  readonly positions: Position[];
  readonly releases: Release[] = [];
  readonly credits: Credit[] = [];
  shares: ShareRow[];
  readonly refunds: Refund[] = [];
  readonly ledger = new Map<string, LedgerDraft>();
  readonly shopperPaidBefore: Minor;
  state: 'authorised' | 'captured' | 'voided' = 'authorised';
  private clock = 10;

  constructor(wish: Wish) {
    this.parts = wish.parts.map((part, at) => ({
      id: `sub${at}`,
      state: 'offered',
      deliveryMinor: minor(part.delivery),
      rescueMinor: minor(0),
      bps: part.bps,
      earnedAt: undefined,
      lines: part.lines.map(({ quantity, price }, index) => ({
        id: `lin${at}-${index}`,
        quantity,
        refusedQuantity: 0,
        totalMinor: minor(quantity * price),
        rescueMinor: minor(0),
        unitPriceMinor: minor(price),
        returned: 0,
      })),
    }));
    const payable = this.parts.flatMap((part) => [
      ...part.lines.map((line) => ({ id: line.id, worthMinor: line.totalMinor })),
      { id: part.id, worthMinor: part.deliveryMinor },
    ]);
    const claims = claimTenders(
      payable,
      wish.vouchers.map(({ available, accepts }, index) => ({
        id: `tnd${index}`,
        availableMinor: minor(available),
        accepts: new Set(payable.filter((_, at) => ((accepts >> (at % 8)) & 1) === 1).map(({ id }) => id)),
      })),
    );
    this.tenders = claims.map(({ id, amountMinor }) => {
      const issuer = `issuer${wish.vouchers[Number(id.slice(3))]?.issuer ?? 0}`;
      return { id, issuer, amountMinor, capturedMinor: minor(0), returnedMinor: minor(0), state: 'authorised' };
    });
    const owner = (position: string) =>
      this.parts.find(({ id, lines }) => id === position || lines.some((line) => line.id === position))?.id ?? '';
    this.positions = claims.flatMap(({ id, positions }) =>
      positions.map(({ position, amountMinor }) => ({ tenderId: id, subOrderId: owner(position), position, amountMinor, passedFrom: '' })),
    );
    this.shares = this.parts.map((part) => {
      const amountMinor = minor(part.deliveryMinor + sumMinor(part.lines.map((line) => line.totalMinor)) - this.tendered(part.id));
      return { subOrderId: part.id, amountMinor, capturedMinor: minor(0), refundedMinor: minor(0) };
    });
    this.shopperPaidBefore = sumMinor(payable.map(({ worthMinor }) => worthMinor));
  }

  tick(): number {
    this.clock += 1;
    return this.clock;
  }

  /** Units of a line nobody serves here any more: they look for another shop, or are given up. */
  lose(part: Part, line: Line, units: number, isRescued: boolean): void {
    const before = lineOwed({ ...line, priceSteps: 1 } as never);
    line.refusedQuantity += units;
    const goodsMinor = minor(before - lineOwed({ ...line, priceSteps: 1 } as never));
    const isEmpty = part.lines.every(({ quantity, refusedQuantity }) => quantity === refusedQuantity);
    const paidDelivery = minor(part.deliveryMinor - (part.rescueMinor - sumMinor(part.lines.map((one) => one.rescueMinor))));
    if (isEmpty && part.state !== 'handed-over') part.state = 'refused';
    if (isRescued && goodsMinor > 0) {
      const rescue = {
        subOrderId: part.id,
        lineId: line.id,
        quantity: units,
        goodsMinor,
        deliveryMinor: isEmpty ? paidDelivery : minor(0),
      };
      this.rescues.push(rescue);
    }
  }

  /** Another shop takes units on, at a price of its own: the rescue account pays what it asks beyond what was paid. */
  reroute(rescue: Rescue, price: number, delivery: number): void {
    const at = this.parts.length;
    const totalMinor = minor(price * rescue.quantity);
    const rescueMinor = minor(Math.max(0, totalMinor - rescue.goodsMinor));
    const deliveryRescue = Math.max(0, delivery - rescue.deliveryMinor);
    const part: Part = {
      id: `sub${at}`,
      state: 'accepted',
      deliveryMinor: minor(delivery),
      rescueMinor: minor(rescueMinor + deliveryRescue),
      bps: 900,
      earnedAt: undefined,
      lines: [
        {
          id: `lin${at}-0`,
          quantity: rescue.quantity,
          refusedQuantity: 0,
          totalMinor,
          rescueMinor,
          unitPriceMinor: minor(price),
          returned: 0,
        },
      ],
    };
    const freed = this.owed()
      .flatMap(({ tenders }) => tenders)
      .map(({ tenderId, position, heldMinor }) => ({ tenderId: String(tenderId), position, freedMinor: heldMinor }));
    const taken = [
      { position: `lin${at}-0`, from: rescue.lineId, worthMinor: minor(totalMinor - rescueMinor) },
      { position: part.id, from: rescue.subOrderId, worthMinor: minor(delivery - deliveryRescue) },
    ];
    this.positions.push(...passTendersOn(taken, freed).map((passed) => ({ ...passed, subOrderId: part.id })));
    this.parts.push(part);
    this.rescues.splice(this.rescues.indexOf(rescue), 1);
  }

  returnUnits(part: Part, line: Line, units: number): void {
    const before = this.returnedOf(line);
    line.returned += units;
    const shopperMinor = minor(this.returnedOf(line) - before);
    const isBeforeCapture = this.state !== 'captured';
    this.credits.push({ subOrderId: part.id, lineId: line.id, shopperMinor, rescueMinor: minor(0), isBeforeCapture });
  }

  canCapture(): boolean {
    const owed = this.owed();
    return (
      this.state === 'authorised' &&
      !owed.some((share) => share.state === 'offered' || share.heldMinor > 0 || share.tenders.some(({ heldMinor }) => heldMinor > 0))
    );
  }

  capture(): void {
    const owed = this.owed();
    this.ensureShares();
    let taken = 0;
    for (const tender of this.tenders) {
      const own = owed.flatMap(({ tenders }) => tenders).filter((one) => String(one.tenderId) === tender.id && one.lessMinor > 0);
      for (const { subOrderId, position, lessMinor } of own)
        this.release(tender.id, { subOrderId, position, amountMinor: lessMinor, reason: 'let-go' });
      tender.capturedMinor = minor(tender.amountMinor - sumMinor(own.map(({ lessMinor }) => lessMinor)));
      tender.state = tender.capturedMinor > 0 ? 'captured' : 'released';
      taken += tender.capturedMinor;
    }
    for (const share of this.shares)
      share.capturedMinor = owed.find(({ subOrderId }) => String(subOrderId) === share.subOrderId)?.owedMinor ?? minor(0);
    taken += sumMinor(this.shares.map((share) => share.capturedMinor));
    this.state = taken > 0 ? 'captured' : 'voided';
  }

  /** What is taken and not owed any more goes back to where it came from. */
  giveBack(): void {
    if (this.state !== 'captured') return;
    const owed = this.owed();
    this.ensureShares();
    const returned = new Map(
      [
        ...Map.groupBy(
          this.refunds.filter(({ reason }) => reason === RETURNED),
          ({ subOrderId }) => subOrderId,
        ),
      ].map(([id, own]) => [id, sumMinor(own.map(({ amountMinor }) => amountMinor))]),
    );
    const settled = settleShares(this.shares as never, owed, returned);
    this.shares = settled.shares as never;
    for (const refund of settled.refunds)
      this.refunds.push({ ...refund, id: `ref${this.refunds.length}`, createdAt: this.tick(), sentAt: null });
    for (const tender of this.tenders.filter(({ state }) => state === 'captured')) {
      for (const one of owed.flatMap(({ tenders }) => tenders).filter(({ tenderId }) => String(tenderId) === tender.id)) {
        for (const [amountMinor, reason] of [[one.lessMinor, 'less-than-ordered'] as const, [one.backMinor, RETURNED] as const]) {
          if (amountMinor === 0) continue;
          this.release(tender.id, { subOrderId: one.subOrderId, position: one.position, amountMinor, reason });
          tender.returnedMinor = minor(tender.returnedMinor + amountMinor);
        }
      }
    }
  }

  send(): void {
    for (const refund of this.refunds) refund.sentAt ??= this.tick();
  }

  /** Brings the books up to the facts; returns what is new. */
  post(): readonly LedgerDraft[] {
    const written = new Map(
      [...this.ledger].map(([cause, { postings, fees = [] }]) => {
        const entries = postings.map(
          ({ account, phase, amountMinor }) => ({ account: account.kind, holder: account.holder, phase, amountMinor }) as EntryRow,
        );
        return [cause, { entries, fees }];
      }),
    );
    const fresh = orderDrafts(factsOf(this), written, () => 2_000).filter(
      (draft) => draft.postings.length > 0 && !this.ledger.has(draft.cause),
    );
    for (const draft of fresh) this.ledger.set(draft.cause, draft);
    return fresh;
  }

  /** What the shopper owes in the end by naive sums: units kept at their price, deliveries of parts that serve anything, less the rescue's part. */
  keptMinor(): number {
    return this.parts.reduce((sum, part) => {
      if (part.state !== 'accepted' && part.state !== 'handed-over') return sum;
      const goods = part.lines.reduce((total, line) => total + lineOwed({ ...line, priceSteps: 1 } as never) - this.returnedOf(line), 0);
      return sum + goods + this.deliveryOwed(part);
    }, 0);
  }

  worthOf(part: Part): number {
    return sumMinor(part.lines.map((line) => lineWorth({ ...line, priceSteps: 1 } as never))) + part.deliveryMinor;
  }

  returnedOf(line: Line): Minor {
    const owed = lineOwed({ ...line, priceSteps: 1 } as never);
    const kept = line.quantity - line.refusedQuantity - line.returned;
    const price = linePrice({ priceMinor: line.unitPriceMinor, priceSteps: 1 }, kept);
    return minor(line.returned === 0 ? 0 : owed - Math.min(owed, price));
  }

  owed() {
    const stakes = stakesOf(this);
    return this.parts.map((part) =>
      owedShare(
        { ...part, totalMinor: this.worthMost(part), tenderedMinor: this.tendered(part.id) } as never,
        part.lines.map((line) => ({ ...line, priceSteps: 1 })) as never,
        {
          held: this.rescues as never,
          stakes: stakes as never,
          returned: this.credits as never,
        },
      ),
    );
  }

  private tendered(partId: string): Minor {
    return sumMinor(this.positions.filter(({ subOrderId }) => subOrderId === partId).map(({ amountMinor }) => amountMinor));
  }

  private worthMost(part: Part): Minor {
    return minor(part.deliveryMinor + sumMinor(part.lines.map((line) => line.totalMinor)));
  }

  private deliveryOwed(part: Part): number {
    return part.deliveryMinor - (part.rescueMinor - sumMinor(part.lines.map((line) => line.rescueMinor)));
  }

  private release(tenderId: string, release: { subOrderId: string; position: string; amountMinor: Minor; reason: string }): void {
    this.releases.push({ ...release, tenderId, id: `tre${this.releases.length}`, createdAt: this.tick() });
  }

  private ensureShares(): void {
    for (const part of this.parts.filter(({ id }) => !this.shares.some(({ subOrderId }) => subOrderId === id))) {
      const amountMinor = minor(this.worthMost(part) - part.rescueMinor - this.tendered(part.id));
      this.shares.push({ subOrderId: part.id, amountMinor, capturedMinor: minor(0), refundedMinor: minor(0) });
    }
  }
}
