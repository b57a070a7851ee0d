import type { ReactNode } from 'react';
import { Awning } from './awning';

type SubOrderGroupProps = {
  /** Unique on the page; names the heading. */
  readonly id: string;
  readonly awning: number;
  readonly shopName: string;
  readonly shopHref?: string;
  /** Street and distance. */
  readonly where: string;
  /** A rule of this shop alone, such as its time for returns. */
  readonly note?: string | undefined;
  /** The promise pill. */
  readonly promise?: ReactNode;
  /** `LineItem`s. */
  readonly lines: ReactNode;
  readonly children?: ReactNode;
  readonly unrolls?: boolean;
};

/** The part one shop prepares: its awning, its name and street, what it promises, its lines. */
export function SubOrderGroup({
  id,
  awning,
  shopName,
  shopHref,
  where,
  note,
  promise,
  lines,
  children,
  unrolls = false,
}: SubOrderGroupProps) {
  return (
    <section className="group" aria-labelledby={id}>
      <Awning awning={awning} unrolls={unrolls} />
      <div className="group-head">
        <div>
          <h2 id={id}>{shopHref === undefined ? shopName : <a href={shopHref}>{shopName}</a>}</h2>
          <p className="group-where">{where}</p>
          {note !== undefined && <p className="group-where">{note}</p>}
        </div>
        {promise}
      </div>
      {children}
      <ul>{lines}</ul>
    </section>
  );
}
