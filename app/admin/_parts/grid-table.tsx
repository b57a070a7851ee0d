import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

/** A column of a table of the city: what stands above it, in each row, and below it. `num` for amounts and counts, `nowrap` for what must not be folded. */
export type GridColumn<Row> = {
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  readonly foot?: ReactNode;
  readonly kind?: 'num' | 'nowrap' | 'clip';
  /** What is shown on hovering a cell that is too narrow for its words. */
  readonly title?: (row: Row) => string;
};

type GridTableProps<Row> = {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The first one names the row. */
  readonly columns: readonly (GridColumn<Row> | false)[];
  /** On a phone each row is a card, its cells below each other beside their heads. For tables that are read row by row; one that is compared down a column scrolls. */
  readonly asCards?: boolean;
};

/**
 * A table of the city's desks: a caption for who hears it, rows named by their first cell, columns that are left out where they are `false`. Where it is wider
 * than its box it scrolls sideways, by keyboard too.
 */
export function GridTable<Row>({ caption, rows, rowKey, columns, asCards = false }: GridTableProps<Row>) {
  const shown = columns.filter((column) => column !== false);
  const hasFoot = shown.some((column) => column.foot !== undefined);
  return (
    <div className="grid-scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className={classNames('grid-table', asCards && 'as-cards')}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {shown.map((column, at) => (
              <th key={at} scope="col" className={column.kind === 'num' ? 'num' : undefined}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {shown.map((column, at) => (
                <Cell key={at} column={column} row={row} isName={at === 0} />
              ))}
            </tr>
          ))}
        </tbody>
        {hasFoot && (
          <tfoot>
            <tr>
              {shown.map((column, at) =>
                at === 0 ? (
                  <th key={at} scope="row">
                    {column.foot}
                  </th>
                ) : (
                  <td key={at} className={column.kind} data-head={column.foot === undefined ? undefined : column.head}>
                    {column.foot}
                  </td>
                ),
              )}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function Cell<Row>({ column, row, isName }: { readonly column: GridColumn<Row>; readonly row: Row; readonly isName: boolean }) {
  const about = { className: column.kind, title: column.title?.(row) };
  return isName ? (
    <th scope="row" {...about}>
      {column.cell(row)}
    </th>
  ) : (
    <td data-head={column.head} {...about}>
      {column.cell(row)}
    </td>
  );
}
