import type { ProductRefusal, ProductWords } from '@/lib/catalogue';
import { changeProduct, makeProduct, readGtinSheets, switchProduct } from '@/lib/catalogue';
import { recordFact } from '@/lib/inventory';
import type { OfferId, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { idempotencyKey, once } from '@/lib/platform/idempotency';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { ProductForm, TypedCount } from './product-input';

/** `offerId`: any of the product's offers, where the shop sells it already. `key` makes the same form sent twice the same fact. */
type ProductWish = ProductForm & { readonly offerId: OfferId | undefined; readonly key: string };

export type SaveProductRefusal = ProductRefusal | { readonly kind: 'key-wrong' };
type Saved = Result<{ readonly offerId: OfferId; readonly isNew: boolean }, SaveProductRefusal>;

async function countShelves(tx: Tx, scope: ShopScope, of: CountsWish, ports: Ports): Promise<Result<void, ProductRefusal>> {
  for (const { row, locationId, quantity } of of.counts) {
    const offerId = of.offerIds[row];
    if (offerId === undefined) continue;
    const fact = { offerId, locationId, kind: 'count' as const, quantity, reason: 'count' as const, occurredAt: ports.clock.now(), sourceKey: `${of.key}:${row}:${locationId}` }; // prettier-ignore
    const counted = await recordFact(tx, scope, fact, ports);
    if (!counted.ok) return err({ kind: 'offer-not-found' });
  }
  return ok(undefined);
}

type CountsWish = { readonly offerIds: readonly OfferId[]; readonly counts: readonly TypedCount[]; readonly key: string };

const gtinsOf = (words: ProductWords): readonly string[] => words.variants.flatMap(({ gtin }) => gtin ?? []);

/**
 * Writes a product from its shop's form: page, variants, prices and counts, in one transaction. It is shown to everybody once it lacks
 * nothing the law asks. Another shop's offer is not there; `counts` name places of this shop, which the caller looked up.
 */
export async function saveProduct(scope: ShopScope, wish: ProductWish, ports: Ports = systemPorts): Promise<Saved> {
  const { words, counts, offerId } = wish;
  const key = idempotencyKey(wish.key);
  if (key === undefined) return err({ kind: 'key-wrong' });
  const sheets = offerId === undefined ? await readGtinSheets(gtinsOf(words), ports) : new Map<string, never>();
  return observed({ useCase: 'save-product', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction((tx) =>
      once(tx, { caller: `product:${scope.shopId}`, key, now: ports.clock.now() }, async (): Promise<Saved> => {
        const written =
          offerId === undefined
            ? await makeProduct(tx, scope, { words, key: wish.key, sheets }, ports)
            : await changeProduct(tx, scope, { offerId, words }, ports);
        if (!written.ok) return written;
        const { offerIds } = written.value;
        const counted = await countShelves(tx, scope, { offerIds, counts, key: wish.key }, ports);
        if (!counted.ok) return counted;
        const [first] = offerIds;
        return first === undefined ? err({ kind: 'offer-not-found' }) : ok({ offerId: offerId ?? first, isNew: offerId === undefined });
      }),
    ),
  );
}

/** Takes a product with all its variants off sale, or puts it back. */
export async function withdrawProduct(
  scope: ShopScope,
  { offerId, isActive }: { readonly offerId: OfferId; readonly isActive: boolean },
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<{ readonly offers: number }, ProductRefusal>> {
  return observed({ useCase: 'withdraw-product', actor: scope.kind, ids: { shopId: scope.shopId, offerId } }, () =>
    withTransaction((tx) => switchProduct(tx, scope, { offerId, isActive }, clock.now())),
  );
}
