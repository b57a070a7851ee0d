import type { HTMLAttributes, ReactNode } from 'react';
import { stillHtml } from './still-html';

type Element = 'aside' | 'dd' | 'div' | 'dl' | 'footer' | 'li' | 'ol' | 'section' | 'span' | 'ul';

type StillProps = Omit<HTMLAttributes<HTMLElement>, 'dangerouslySetInnerHTML' | 'children'> & {
  readonly as: Element;
  readonly children: ReactNode;
};

/**
 * Markup that stays as it came: written once as HTML instead of being described element by element to the browser's React, which has
 * nothing to do there. Links, plain fields and forms with an address live inside; actions do not. A change replaces the whole of it, so
 * what a person may be in the middle of (a chosen radio button) stays outside.
 */
export function Still({ as: Named, children, ...attributes }: StillProps) {
  return <Named {...attributes} dangerouslySetInnerHTML={{ __html: stillHtml(children) }} />;
}
