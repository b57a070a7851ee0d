import type { ReactNode } from 'react';
import { classNames } from './class-names';

export type TagColour = 'neutral' | 'green' | 'honey' | 'tomato' | 'blue';

/** A small word about a thing: its state or its kind. Colour is never the only sign. */
export function Tag({ colour = 'neutral', children }: { colour?: TagColour; children: ReactNode }) {
  return <span className={classNames('tag', colour !== 'neutral' && `tag-${colour}`)}>{children}</span>;
}

/** A count on an icon; `label` completes it for readers ("3 articles"). */
export function Badge({ count, label }: { count: number; label: string }) {
  return (
    <span className="badge">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <VisuallyHidden>{label}</VisuallyHidden>
    </span>
  );
}

/** Words for screen readers only. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="sr-only">{children}</span>;
}
