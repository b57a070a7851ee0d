declare const brand: unique symbol;

/** A value of type `T` that can only be made by the constructor that carries its name. */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** Three letters that say what an id names; see the glossary. */
export const idPrefixes = {
  shop: 'shp',
  merchant: 'mer',
  network: 'net',
  stockLocation: 'loc',
  product: 'prd',
  variant: 'var',
  listing: 'lst',
  offer: 'off',
  basket: 'bsk',
  basketLine: 'bli',
  order: 'ord',
  subOrder: 'sub',
  orderLine: 'lin',
  reservation: 'res',
  fulfilment: 'ful',
  payment: 'pay',
  refund: 'ref',
  message: 'msg',
  person: 'per',
  event: 'evt',
  movement: 'mov',
  category: 'cat',
  session: 'ses',
  decision: 'dec',
  import: 'imp',
  matchReview: 'mrv',
  shelfCheck: 'chk',
  delivery: 'dlv',
  stockTransfer: 'stt',
  document: 'doc',
  ledgerTransaction: 'led',
  payout: 'pot',
  apiKey: 'key',
  webhook: 'whk',
  webhookDelivery: 'whd',
  rescue: 'rsc',
  request: 'req',
  return: 'rtn',
  connection: 'cnx',
  run: 'run',
  shipment: 'shm',
  issuer: 'vis',
  series: 'vse',
  voucher: 'vou',
  voucherMovement: 'vmv',
  tender: 'tnd',
  tenderRelease: 'tre',
  voucherSettlement: 'vst',
  transfer: 'trf',
  hold: 'hld',
  dispute: 'dis',
  commissionRule: 'cru',
  commissionDocument: 'cdo',
  pushDevice: 'dev',
  push: 'psh',
} as const;

export type IdKind = keyof typeof idPrefixes;

export type ShopId = Branded<string, 'ShopId'>;
export type MerchantId = Branded<string, 'MerchantId'>;
export type NetworkId = Branded<string, 'NetworkId'>;
export type StockLocationId = Branded<string, 'StockLocationId'>;
export type ProductId = Branded<string, 'ProductId'>;
export type VariantId = Branded<string, 'VariantId'>;
export type ListingId = Branded<string, 'ListingId'>;
export type OfferId = Branded<string, 'OfferId'>;
export type BasketId = Branded<string, 'BasketId'>;
export type BasketLineId = Branded<string, 'BasketLineId'>;
export type OrderId = Branded<string, 'OrderId'>;
export type SubOrderId = Branded<string, 'SubOrderId'>;
export type OrderLineId = Branded<string, 'OrderLineId'>;
export type ReservationId = Branded<string, 'ReservationId'>;
export type FulfilmentId = Branded<string, 'FulfilmentId'>;
export type PaymentId = Branded<string, 'PaymentId'>;
export type RefundId = Branded<string, 'RefundId'>;
export type MessageId = Branded<string, 'MessageId'>;
export type PersonId = Branded<string, 'PersonId'>;
export type EventId = Branded<string, 'EventId'>;
export type MovementId = Branded<string, 'MovementId'>;
export type CategoryId = Branded<string, 'CategoryId'>;
export type SessionId = Branded<string, 'SessionId'>;
export type DecisionId = Branded<string, 'DecisionId'>;
export type ImportId = Branded<string, 'ImportId'>;
export type MatchReviewId = Branded<string, 'MatchReviewId'>;
export type ShelfCheckId = Branded<string, 'ShelfCheckId'>;
export type DeliveryId = Branded<string, 'DeliveryId'>;
export type StockTransferId = Branded<string, 'StockTransferId'>;
export type DocumentId = Branded<string, 'DocumentId'>;
export type LedgerTransactionId = Branded<string, 'LedgerTransactionId'>;
export type PayoutId = Branded<string, 'PayoutId'>;
export type ApiKeyId = Branded<string, 'ApiKeyId'>;
export type WebhookId = Branded<string, 'WebhookId'>;
export type WebhookDeliveryId = Branded<string, 'WebhookDeliveryId'>;
export type RescueId = Branded<string, 'RescueId'>;
export type RequestId = Branded<string, 'RequestId'>;
export type ReturnId = Branded<string, 'ReturnId'>;
export type ConnectionId = Branded<string, 'ConnectionId'>;
export type RunId = Branded<string, 'RunId'>;
export type ShipmentId = Branded<string, 'ShipmentId'>;
export type IssuerId = Branded<string, 'IssuerId'>;
export type SeriesId = Branded<string, 'SeriesId'>;
export type VoucherId = Branded<string, 'VoucherId'>;
export type VoucherMovementId = Branded<string, 'VoucherMovementId'>;
export type TenderId = Branded<string, 'TenderId'>;
export type TenderReleaseId = Branded<string, 'TenderReleaseId'>;
export type VoucherSettlementId = Branded<string, 'VoucherSettlementId'>;
export type TransferId = Branded<string, 'TransferId'>;
export type HoldId = Branded<string, 'HoldId'>;
export type DisputeId = Branded<string, 'DisputeId'>;
export type CommissionRuleId = Branded<string, 'CommissionRuleId'>;
export type CommissionDocumentId = Branded<string, 'CommissionDocumentId'>;
export type PushDeviceId = Branded<string, 'PushDeviceId'>;
export type PushId = Branded<string, 'PushId'>;

/** Which branded type belongs to which kind of id. */
export type IdOf = {
  shop: ShopId;
  merchant: MerchantId;
  network: NetworkId;
  stockLocation: StockLocationId;
  product: ProductId;
  variant: VariantId;
  listing: ListingId;
  offer: OfferId;
  basket: BasketId;
  basketLine: BasketLineId;
  order: OrderId;
  subOrder: SubOrderId;
  orderLine: OrderLineId;
  reservation: ReservationId;
  fulfilment: FulfilmentId;
  payment: PaymentId;
  refund: RefundId;
  message: MessageId;
  person: PersonId;
  event: EventId;
  movement: MovementId;
  category: CategoryId;
  session: SessionId;
  decision: DecisionId;
  import: ImportId;
  matchReview: MatchReviewId;
  shelfCheck: ShelfCheckId;
  delivery: DeliveryId;
  stockTransfer: StockTransferId;
  document: DocumentId;
  ledgerTransaction: LedgerTransactionId;
  payout: PayoutId;
  apiKey: ApiKeyId;
  webhook: WebhookId;
  webhookDelivery: WebhookDeliveryId;
  rescue: RescueId;
  request: RequestId;
  return: ReturnId;
  connection: ConnectionId;
  run: RunId;
  shipment: ShipmentId;
  issuer: IssuerId;
  series: SeriesId;
  voucher: VoucherId;
  voucherMovement: VoucherMovementId;
  tender: TenderId;
  tenderRelease: TenderReleaseId;
  voucherSettlement: VoucherSettlementId;
  transfer: TransferId;
  hold: HoldId;
  dispute: DisputeId;
  commissionRule: CommissionRuleId;
  commissionDocument: CommissionDocumentId;
  pushDevice: PushDeviceId;
  push: PushId;
};

const ulidBody = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/**
 * Reads an id that came from outside.
 *
 * Guarantees: the prefix matches `kind` and the body is a ULID; says nothing about existence.
 * Errors: `undefined` when the text is no such id (the caller answers "not found").
 */
export function parseId<K extends IdKind>(kind: K, text: string): IdOf[K] | undefined {
  const prefix = `${idPrefixes[kind]}_`;
  if (!text.startsWith(prefix) || !ulidBody.test(text.slice(prefix.length))) return undefined;
  return text as IdOf[K];
}
