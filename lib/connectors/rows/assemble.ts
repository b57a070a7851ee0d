import type { Grouping } from '../columns/shapes';
import type { SourceRow } from '../file/table';
import type { Draft, RejectedRow, RowRemark } from './draft';
import type { RowInGroup, RowOutcome } from './make-draft';
import { imagesOfGroup, makeDraft } from './make-draft';
import type { Reading, RowCells } from './row-reader';
import { rowAccess } from './row-reader';
import { codeOf, isGivenValue } from './words-of-cells';

/** What is told about each row, in the order of the file (a variation that stands before its parent comes at the end). */
export type Finding =
  | { readonly kind: 'draft'; readonly draft: Draft }
  | { readonly kind: 'rejected'; readonly rejected: RejectedRow; readonly isVariant: boolean; readonly code?: string }
  | { readonly kind: 'remark'; readonly row: number; readonly remark: RowRemark };

/** Most rows that wait for a parent that has not come yet. */
const MOST_WAITING = 50_000;
const MOST_IN_GROUP = 2_000;

/** Tells codes apart that one file uses for several variants; a code that comes twice for the same variant is refused. */
class CodeBook {
  private readonly seen = new Map<string, string>();

  admit(draft: Draft): { readonly draft: Draft; readonly isCompleted: boolean } | undefined {
    const identity = `${draft.productKey}|${draft.label ?? ''}`;
    const before = this.seen.get(draft.sku);
    if (before === undefined) {
      this.seen.set(draft.sku, identity);
      return { draft, isCompleted: false };
    }
    const longer = `${draft.sku}-${codeOf(draft.label ?? '')}`.slice(0, 100);
    if (before === identity || draft.label === undefined || this.seen.has(longer)) return undefined;
    this.seen.set(longer, identity);
    return { draft: { ...draft, sku: longer }, isCompleted: true };
  }
}

/** Feed rows in, take findings out: holds one group of rows at a time. */
export class Assembler {
  private group: RowInGroup[] = [];
  private groupKey = '';
  private readonly access: (cells: readonly string[]) => RowCells;
  private readonly codes = new CodeBook();
  private readonly parents = new Map<string, RowCells>();
  private waiting: RowInGroup[] = [];
  private found: Finding[] = [];

  constructor(
    private readonly reading: Reading,
    private readonly grouping: Grouping,
  ) {
    this.access = rowAccess(reading.mapping);
  }

  add({ row, cells: raw }: SourceRow): void {
    const cells = this.access(raw);
    const own: RowInGroup = { row, cells, raw, first: cells };
    if (this.grouping === 'parent') this.addChildOrParent(own);
    else if (this.continues(cells)) this.group.push({ ...own, first: this.group[0]?.cells ?? cells });
    else {
      this.endGroup();
      this.group = [own];
      this.groupKey = cells.first('productKey');
    }
  }

  /** What is certain by now; each finding is given once. */
  take(): readonly Finding[] {
    const found = this.found;
    this.found = [];
    return found;
  }

  end(): void {
    this.endGroup();
    for (const child of this.waiting) this.emit([this.withParent(child)]);
    this.waiting = [];
  }

  private continues(cells: RowCells): boolean {
    if (this.group.length === 0 || this.group.length >= MOST_IN_GROUP) return false;
    if (this.grouping === 'key') {
      const key = cells.first('productKey');
      return key !== '' && key === this.groupKey;
    }
    return this.grouping === 'blank-title' && cells.first('title') === '';
  }

  private addChildOrParent(own: RowInGroup): void {
    const type = own.cells.first('rowType').toLowerCase();
    const parent = own.cells.first('parentKey');
    if (/\bvariable\b|\bconfigurable\b/.test(type)) {
      for (const name of [own.cells.first('sku'), `id:${own.cells.first('rowId')}`]) if (name !== '') this.parents.set(name, own.cells);
    } else if (/\bgrouped\b|\bbundle\b/.test(type)) {
      this.found.push({ kind: 'remark', row: own.row, remark: 'grouped-left-out' });
    } else if (/\bexternal\b|\baffiliate\b/.test(type)) {
      this.found.push({ kind: 'rejected', isVariant: false, rejected: { row: own.row, reason: 'sold-elsewhere' } });
    } else if (parent !== '' && /\bvariation\b|^$/.test(type) && !this.parents.has(parent) && this.waiting.length < MOST_WAITING) {
      this.waiting.push(own);
    } else {
      if (/\bdownloadable\b/.test(type)) this.found.push({ kind: 'remark', row: own.row, remark: 'download' });
      this.emit([/\bvariation\b|^$/.test(type) ? this.withParent(own) : own]);
    }
  }

  private withParent(child: RowInGroup): RowInGroup {
    const parent = this.parents.get(child.cells.first('parentKey'));
    return parent === undefined ? withoutOwnTitle(child) : { ...child, first: parent };
  }

  private endGroup(): void {
    if (this.group.length > 0) this.emit(this.group);
    this.group = [];
  }

  private emit(rows: readonly RowInGroup[]): void {
    const images = imagesOfGroup(rows);
    for (const [index, row] of rows.entries()) {
      if (index > 0 && isPictureRow(row.cells)) continue;
      this.tell(row.row, makeDraft(row, this.reading, images));
    }
  }

  private tell(row: number, { draft, rejected, isVariant, remarks, code }: RowOutcome): void {
    for (const remark of remarks) this.found.push({ kind: 'remark', row, remark });
    if (rejected !== undefined) this.found.push({ kind: 'rejected', rejected, isVariant, ...(code !== undefined && { code }) });
    if (draft === undefined) return;
    const admitted = this.codes.admit(draft);
    if (admitted === undefined) {
      this.found.push({ kind: 'rejected', isVariant: false, rejected: { row, reason: 'same-code-twice', value: draft.sku } });
      return;
    }
    if (admitted.isCompleted) this.found.push({ kind: 'remark', row, remark: 'code-completed' });
    this.found.push({ kind: 'draft', draft: admitted.draft });
  }
}

/** A further row of a product that brings nothing but a picture. */
function isPictureRow(cells: RowCells): boolean {
  const telling = ['price', 'netPrice', 'sku', 'gtin', 'optionValue1', 'optionValues', 'options', 'quantity', 'variantLabel'] as const;
  return telling.every((field) => !isGivenValue(cells.first(field))) && cells.first('image') !== '';
}

/** A child without its parent has no name of its own worth showing: "Hoodie - Red, No" is refused as an orphan. */
function withoutOwnTitle(child: RowInGroup): RowInGroup {
  const hide = (cells: RowCells): RowCells => ({
    first: (field) => (field === 'title' ? '' : cells.first(field)),
    all: (field) => (field === 'title' ? [] : cells.all(field)),
  });
  const cells = hide(child.cells);
  return { ...child, cells, first: cells };
}
