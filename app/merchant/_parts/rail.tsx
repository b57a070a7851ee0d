import { Icon, type IconName } from '@/components/ui/icon';
import type { Locale, ShopRole } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { RailLink } from './rail-link';

type RailProps = { readonly locale: Locale; readonly slug: string; readonly role: ShopRole; readonly toAccept: number };

const rooms = [
  { key: 'orders', path: '/counter', icon: 'shopping-basket' },
  { key: 'handover', path: '/handover', icon: 'qr-code' },
  { key: 'stock', path: '/stock', icon: 'boxes' },
  { key: 'today', path: '', icon: 'layout-dashboard' },
  { key: 'settings', path: '/settings', icon: 'menu' },
] as const satisfies readonly { readonly key: string; readonly path: string; readonly icon: IconName }[];

/** The rooms of the counter; what a role may not see is not there. */
export function Rail({ locale, slug, role, toAccept }: RailProps) {
  const t = texts(locale, 'merchant');
  const base = `/merchant/${slug}`;
  const seen = rooms.filter((room) => room.key !== 'today' || role !== 'counter');
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      {seen.map((room) => (
        <RailLink key={room.key} href={`${base}${room.path}`} isExact={room.path === ''}>
          <Icon name={room.icon} />
          {t(`rail.${room.key}`)}
          {room.key === 'orders' && toAccept > 0 && (
            <span className="rail-count">
              {toAccept}
              <span className="sr-only"> {t('rail.toAccept')}</span>
            </span>
          )}
        </RailLink>
      ))}
    </nav>
  );
}
