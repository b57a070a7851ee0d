import { Icon } from './icon';

export type Crumb = { readonly label: string; readonly href: string };

/** Where the page is; the last word is the page itself and no link. */
export function Breadcrumb({ label, crumbs, current }: { label: string; crumbs: readonly Crumb[]; current: string }) {
  return (
    <nav aria-label={label}>
      <ol className="crumbs">
        {crumbs.map((crumb) => (
          <li key={crumb.href}>
            <a href={crumb.href}>{crumb.label}</a>
            <Icon name="chevron-right" className="text-line-strong" />
          </li>
        ))}
        <li aria-current="page" className="text-ink">
          {current}
        </li>
      </ol>
    </nav>
  );
}

/** First, last and the neighbours; 0 stands for a gap. */
export function pagesShown(page: number, pages: number): readonly number[] {
  const wanted = [1, page - 1, page, page + 1, pages].filter((one) => one >= 1 && one <= pages);
  const sorted = [...new Set(wanted)].toSorted((a, b) => a - b);
  return sorted.flatMap((one, index) => {
    const before = sorted[index - 1];
    return before !== undefined && one - before > 1 ? [0, one] : [one];
  });
}

type PaginationProps = {
  readonly page: number;
  readonly pages: number;
  readonly href: (page: number) => string;
  readonly words: { readonly label: string; readonly previous: string; readonly next: string; readonly page: (page: number) => string };
};

/** Numbered pages. Nothing when there is only one. */
export function Pagination({ page, pages, href, words }: PaginationProps) {
  if (pages <= 1) return null;
  return (
    <nav className="pages" aria-label={words.label}>
      {page > 1 && (
        <a href={href(page - 1)} rel="prev" aria-label={words.previous}>
          <Icon name="chevron-left" />
        </a>
      )}
      {pagesShown(page, pages).map((one, index) =>
        one === 0 ? (
          <span key={`gap-${index === 1 ? 'start' : 'end'}`}>…</span>
        ) : one === page ? (
          <b key={one} aria-current="page" aria-label={words.page(one)}>
            {one}
          </b>
        ) : (
          <a key={one} href={href(one)} aria-label={words.page(one)}>
            {one}
          </a>
        ),
      )}
      {page < pages && (
        <a href={href(page + 1)} rel="next" aria-label={words.next}>
          <Icon name="chevron-right" />
        </a>
      )}
    </nav>
  );
}

/** The first thing a keyboard meets. */
export function SkipLink({ children }: { children: string }) {
  return (
    <a className="skip-link" href="#main">
      {children}
    </a>
  );
}
