import { signOutAction } from '@/app/_actions/sign-out';
import type { CityDesk } from '@/app/_data/desk';
import { Icon, type IconName } from '@/components/ui/icon';
import { locales } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { chooseCityLanguageAction } from '../(desk)/preferences/actions';
import { financeRoles } from '@/lib/payouts';
import { OpsLink } from './ops-link';

/** Who may read the city's mail and send couriers: both hold addresses and what people bought. */
export const mailRoles = ['admin', 'support'] as const;

/** Who may change the words that mean the same. */
export const synonymRoles = ['admin', 'moderator'] as const;

type Room = {
  readonly key:
    | 'today'
    | 'orders'
    | 'runs'
    | 'payouts'
    | 'vouchers'
    | 'commission'
    | 'disputes'
    | 'reconciliation'
    | 'closings'
    | 'routing'
    | 'zones'
    | 'modules'
    | 'shops'
    | 'verifications'
    | 'search'
    | 'moderation'
    | 'mailbox'
    | 'connectors'
    | 'parked'
    | 'team'
    | 'founding';
  readonly href: string;
  readonly icon: IconName;
};

const groups: readonly { readonly key: 'day' | 'money' | 'city'; readonly rooms: readonly Room[] }[] = [
  {
    key: 'day',
    rooms: [
      { key: 'today', href: '/admin', icon: 'layout-dashboard' },
      { key: 'orders', href: '/admin/orders', icon: 'shopping-basket' },
      { key: 'runs', href: '/admin/runs', icon: 'bike' },
    ],
  },
  {
    key: 'money',
    rooms: [
      { key: 'payouts', href: '/admin/payouts', icon: 'hand-coins' },
      { key: 'vouchers', href: '/admin/vouchers', icon: 'tag' },
      { key: 'commission', href: '/admin/commission', icon: 'euro' },
      { key: 'disputes', href: '/admin/disputes', icon: 'circle-alert' },
      { key: 'reconciliation', href: '/admin/reconciliation', icon: 'circle-check' },
      { key: 'closings', href: '/admin/closings', icon: 'clipboard-check' },
    ],
  },
  {
    key: 'city',
    rooms: [
      { key: 'shops', href: '/admin/shops', icon: 'store' },
      { key: 'verifications', href: '/admin/verifications', icon: 'shield-check' },
      { key: 'routing', href: '/admin/routing', icon: 'split' },
      { key: 'zones', href: '/admin/zones', icon: 'bike' },
      { key: 'modules', href: '/admin/modules', icon: 'power' },
      { key: 'search', href: '/admin/search', icon: 'search' },
      { key: 'moderation', href: '/admin/moderation', icon: 'boxes' },
      { key: 'connectors', href: '/admin/connectors', icon: 'arrow-up-right' },
      { key: 'mailbox', href: '/admin/mailbox', icon: 'inbox' },
      { key: 'parked', href: '/admin/parked', icon: 'triangle-alert' },
      { key: 'team', href: '/admin/team', icon: 'users' },
      { key: 'founding', href: '/admin/city', icon: 'landmark' },
    ],
  },
];

/** The rooms that are not everybody's. */
const needs: Partial<Record<Room['key'], readonly string[]>> = {
  mailbox: mailRoles,
  parked: mailRoles,
  team: ['admin'],
  verifications: synonymRoles,
  runs: mailRoles,
  payouts: financeRoles,
  vouchers: financeRoles,
  commission: financeRoles,
  disputes: financeRoles,
  reconciliation: financeRoles,
  closings: financeRoles,
};

/** Rooms of the city's desk, and the person at it. A room a role may not enter is not there. */
export function OpsNav({ desk, late }: { readonly desk: CityDesk; readonly late: number }) {
  const { locale, scope, session } = desk;
  const t = texts(locale, 'admin');
  const isIn = (roles: readonly string[]) => roles.includes(scope.role);
  const isOpen = ({ key }: Room) => needs[key] === undefined || isIn(needs[key]);
  return (
    <>
      <nav className="ops-nav" aria-label={t('nav.label')}>
        {groups
          .map((group) => ({ ...group, rooms: group.rooms.filter(isOpen) }))
          .filter((group) => group.rooms.length > 0)
          .map((group) => (
            <div key={group.key}>
              <h2>{t(`nav.${group.key}`)}</h2>
              <ul>
                {group.rooms.map((room) => (
                  <li key={room.key}>
                    <OpsLink href={room.href} isExact={room.href === '/admin'}>
                      <Icon name={room.icon} />
                      <span className="ops-word">{t(`nav.${room.key}`)}</span>
                      {room.key === 'today' && late > 0 && (
                        <span className="ops-count">
                          {late}
                          <span className="sr-only"> {t('nav.late')}</span>
                        </span>
                      )}
                    </OpsLink>
                  </li>
                ))}
              </ul>
            </div>
          ))}
      </nav>
      <div className="ops-person">
        <p>
          {session.name ?? session.email}, {t(`role.${scope.role}`)}
        </p>
        <form action={chooseCityLanguageAction}>
          {locales
            .filter((one) => one !== locale)
            .map((one) => (
              <button key={one} type="submit" name="language" value={one} lang={one}>
                {t(`languages.${one}`)}
              </button>
            ))}
        </form>
        <form action={signOutAction}>
          <button type="submit">{t('nav.signOut')}</button>
        </form>
      </div>
    </>
  );
}
