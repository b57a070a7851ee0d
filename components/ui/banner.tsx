import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { Icon, type IconName } from './icon';

export type BannerKind = 'news' | 'good' | 'careful' | 'bad';

const looks: Readonly<Record<BannerKind, { readonly className: string; readonly icon: IconName }>> = {
  news: { className: '', icon: 'info' },
  good: { className: 'banner-green', icon: 'circle-check' },
  careful: { className: 'banner-honey', icon: 'triangle-alert' },
  bad: { className: 'banner-tomato', icon: 'circle-alert' },
};

/** One piece of news in the page. `announce` when it answers what the person just did. */
export function Banner({ kind = 'news', announce = false, children }: { kind?: BannerKind; announce?: boolean; children: ReactNode }) {
  const look = looks[kind];
  return (
    <div className={classNames('banner', look.className)} {...(announce && { role: kind === 'bad' ? 'alert' : 'status' })}>
      <Icon name={look.icon} />
      <div>{children}</div>
    </div>
  );
}

/** Nothing to show: one sentence why, one action. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <h2 className="text-xl">{title}</h2>
      {children && <div className="text-ink-soft">{children}</div>}
      {action}
    </div>
  );
}
