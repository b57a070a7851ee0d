import Link from 'next/link';
import { classNames } from '@/components/ui/class-names';
import type { Locale, ShopRole } from '@/lib/kernel';
import { texts } from '@/lib/texts';

const pages = [
  { key: 'shelf', path: '' },
  { key: 'scan', path: '/scan' },
  { key: 'checks', path: '/checks' },
  { key: 'deliveries', path: '/deliveries' },
  { key: 'transfers', path: '/transfers' },
  { key: 'safety', path: '/safety' },
] as const;

export type StockTab = (typeof pages)[number]['key'];

type StockTabsProps = {
  readonly locale: Locale;
  readonly slug: string;
  readonly role: ShopRole;
  readonly current: StockTab;
  readonly isInNetwork: boolean;
};

/** The pages about shelves; what a role or a shop cannot use is not there. */
export function StockTabs({ locale, slug, role, current, isInNetwork }: StockTabsProps) {
  const t = texts(locale, 'merchant');
  const seen = pages.filter(({ key }) => (key !== 'safety' || role !== 'counter') && (key !== 'transfers' || isInNetwork));
  return (
    <nav aria-label={t('shelves.tabs.label')}>
      <ul className="flex flex-wrap gap-2">
        {seen.map(({ key, path }) => (
          <li key={key}>
            <Link
              className={classNames('chip min-h-[48px]', key === current && 'is-on')}
              href={`/merchant/${slug}/stock${path}`}
              {...(key === current && { 'aria-current': 'page' as const })}
            >
              {t(`shelves.tabs.${key}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
