import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { Icon, type IconName } from './icon';

/** A filter one tap switches: a link to the same results with or without it. */
export function FilterChip({ href, isOn, icon, children }: { href: string; isOn: boolean; icon?: IconName; children: ReactNode }) {
  return (
    <a className={classNames('chip', isOn && 'is-on')} href={href} rel="nofollow" {...(isOn && { 'aria-current': 'true' as const })}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

/** An applied filter: following it takes the filter away. `label` says so for readers. */
export function RemovableChip({ href, label, children }: { href: string; label: string; children: ReactNode }) {
  return (
    <a className="chip chip-small" href={href} rel="nofollow" aria-label={label}>
      {children}
      <Icon name="x" />
    </a>
  );
}
