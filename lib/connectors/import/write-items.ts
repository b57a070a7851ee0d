import { sql } from 'drizzle-orm';
import type { CopiedRow, OpenCopy } from '@/db/copy-rows';
import { openCopy } from '@/db/copy-rows';
import { importItems, offers } from '@/db/schema';
import type { CategoryChooser, GtinSource, LegalField, PreparedItem } from '@/lib/catalogue';
import { bulkGtinSheets, categoryChooser, ensureCatchAll, missingLegalFields, prepareItem } from '@/lib/catalogue';
import type { ImportId, Instant, ShopId } from '@/lib/kernel';
import { MOST_PICTURES } from '@/lib/pictures';
import { databaseHandle } from '@/lib/platform/database';
import type { Ports } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { WarningBook } from '../dry-run-file';
import type { ImportPlan } from '../read-import';
import { readFindings } from '../read-import';
import type { Draft, RejectedRow } from '../rows/draft';
import type { KnownOffer } from './known-offers';
import { codesOfCommons, knownOffers, sellsAnything } from './known-offers';
import { cityImportSettings } from './settings';
import type { ImportRow } from './staged-import';
import { stagedTable } from './staged-import';

/** Findings judged together: enough to ask the database seldom, few enough to be forgotten while they are young. */
const PIECE = 500;

/** Columns of `import_items` that a check fills; those of `PreparedItem` among them. */
const columns = ['importId', 'row', 'verdict', 'reason', 'value', 'quantity', 'position', 'offerId', 'made', 'sku', 'priceMinor', 'isActive', 'condition', 'shelf', 'productKey', 'title', 'name', 'label', 'pageTitle', 'slug', 'keyAttribute', 'brand', 'description', 'gtin', 'sharedGtin', 'categoryId', 'vatRateBps', 'weightGrams', 'volumeCm3', 'netQuantity', 'netUnit', 'attributes', 'options', 'manufacturer', 'responsiblePerson', 'warnings', 'source', 'licence', 'provenance', 'images'] as const satisfies readonly (keyof PreparedItem | 'importId' | 'row' | 'verdict' | 'reason' | 'value' | 'quantity' | 'images')[]; // prettier-ignore

type Found = { readonly draft: Draft } | { readonly rejected: RejectedRow };

type Judging = {
  readonly importId: ImportId;
  readonly shopId: ShopId;
  readonly isEmptyShop: boolean;
  readonly sheetsOf: GtinSource;
  readonly choose: CategoryChooser;
  readonly ports: Ports;
  readonly copy: OpenCopy;
  readonly warnings: WarningBook;
};

const rejectedItem = (importId: ImportId, position: number, { row, reason, value }: RejectedRow): CopiedRow => ({
  importId,
  position,
  row,
  verdict: 'rejected',
  reason,
  value: value?.slice(0, 200),
});

/** Most addresses of one row that are kept: more pictures of one thing nobody looks at. */
const imagesOf = ({ images }: Draft): readonly string[] | undefined => (images.length === 0 ? undefined : images.slice(0, MOST_PICTURES));

/** An offer the shop has: only what may change of it. One found by its bar code may yet turn out to be new, and is prepared as such. */
function knownItem(importId: ImportId, position: number, draft: Draft, known: KnownOffer): CopiedRow {
  const { row, sku, gtin, priceMinor, quantity, isActive, shelf, title, label } = draft;
  const verdict = known.isSame ? 'unchanged' : 'changed';
  return {
    importId,
    position,
    row,
    verdict,
    offerId: known.offerId,
    sku,
    gtin,
    priceMinor,
    quantity,
    isActive,
    shelf,
    title,
    label,
    images: imagesOf(draft),
  };
}

/** What the page an item would make lacks that the law asks: judged by what is written, open data's words among it only where they agree. */
function lackingFacts({ netQuantity, ...item }: PreparedItem, gates: readonly string[], now: Instant): readonly LegalField[] {
  const netContent = netQuantity === undefined ? undefined : { amount: netQuantity, unit: 'g' as const };
  return missingLegalFields(gates, { ...item, netContent }, now);
}

/** Writes what is going to happen for a piece of the file's findings. */
async function writePiece(found: readonly Found[], before: number, judging: Judging): Promise<void> {
  const { importId, shopId, sheetsOf, choose, ports, copy } = judging;
  const drafts = found.flatMap((one) => ('draft' in one ? [one.draft] : []));
  const known = judging.isEmptyShop ? new Map<number, KnownOffer>() : await knownOffers(shopId, drafts);
  const fresh = drafts.filter((_, place) => known.get(place)?.by !== 'sku');
  const sheets = await sheetsOf(fresh.flatMap(({ gtin }) => gtin ?? []));
  const nameless = fresh.flatMap(({ title, gtin }) => (title === '' && gtin !== undefined && !sheets.has(gtin) ? [gtin] : []));
  const named = await codesOfCommons(nameless);
  const isUnknown = ({ title, gtin }: Draft): boolean => title === '' && (gtin === undefined || !(sheets.has(gtin) || named.has(gtin)));
  const now = ports.clock.now();
  let place = -1;
  for (const [index, one] of found.entries()) {
    const position = before + index + 1;
    if ('draft' in one) place++;
    await copy.write('draft' in one ? itemOf(one.draft, position, known.get(place)) : rejectedItem(importId, position, one.rejected));
  }
  function itemOf(draft: Draft, position: number, offer: KnownOffer | undefined): CopiedRow {
    if (offer?.by === 'sku') return knownItem(importId, position, draft, offer);
    // Rows that are but a bar code, and one that neither the commons nor open data knows: someone has to name the thing.
    if (offer === undefined && isUnknown(draft))
      return rejectedItem(importId, position, { row: draft.row, reason: 'gtin-unknown', value: draft.gtin ?? '' });
    const facts = { position, sheet: draft.gtin === undefined ? undefined : sheets.get(draft.gtin), offerId: offer?.offerId };
    let gates: readonly string[] = [];
    const choosing: CategoryChooser = (named, leaf) => {
      const chosen = choose(named, leaf);
      gates = chosen.legalGates;
      return chosen;
    };
    const prepared = prepareItem(draft, facts, choosing, ports.ids);
    if (offer === undefined) for (const field of lackingFacts(prepared, gates, now)) judging.warnings.note(`lacks-${field}`, draft.row);
    const verdict = offer === undefined ? 'new' : offer.isSame ? 'unchanged' : 'changed';
    return { ...prepared, importId, row: draft.row, verdict, quantity: draft.quantity, images: imagesOf(draft) };
  }
}

/**
 * Two rows may speak of one offer, one by the shop's code and one by the bar code: then the code counts, and the other is another thing.
 * What the table holds is counted for the planner first: it was empty a moment ago.
 */
async function settleTwice(importId: ImportId): Promise<void> {
  await reader().execute(sql`analyze ${importItems} (import_id, position, verdict, offer_id)`);
  await reader().execute(sql`
    update ${importItems} i set offer_id = null, verdict = 'new' from ${offers} o
    where i.import_id = ${importId} and o.id = i.offer_id and o.merchant_sku <> i.sku
      and exists (select from ${importItems} other where other.import_id = i.import_id and other.offer_id = i.offer_id and other.sku = o.merchant_sku)`);
}

type WrittenItems = { readonly items: number; readonly warnings: ReturnType<WarningBook['list']> };

/** Writes what confirming would do for every row of a staged file; the check before is replaced as a whole. */
export async function writeItems(row: ImportRow, plan: ImportPlan, ports: Ports): Promise<WrittenItems> {
  await ensureCatchAll(reader());
  const choose = await categoryChooser(reader(), row.shopId);
  const isEmptyShop = !(await sellsAnything(row.shopId));
  const warnings = new WarningBook();
  const items = await databaseHandle().copies.begin(async (sqlTx) => {
    await sqlTx`delete from import_items where import_id = ${row.id}`;
    const copy = await openCopy(sqlTx, 'import_items', columns);
    const judging = { importId: row.id, shopId: row.shopId, isEmptyShop, sheetsOf: bulkGtinSheets(ports), choose, ports, copy, warnings };
    let written = 0;
    let piece: Found[] = [];
    const flush = async (): Promise<void> => {
      await writePiece(piece, written, judging);
      written += piece.length;
      piece = [];
    };
    for await (const finding of readFindings(stagedTable(row), plan, cityImportSettings)) {
      if (finding.kind === 'remark') warnings.note(finding.remark, finding.row);
      else if (finding.kind !== 'row' && piece.push(finding) >= PIECE) await flush();
    }
    await flush();
    await copy.end();
    return written;
  });
  await settleTwice(row.id);
  return { items, warnings: warnings.list() };
}
