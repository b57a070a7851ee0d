import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { closeAccountAction } from '@/app/_actions/close-account';
import { signOutAction } from '@/app/_actions/sign-out';
import { currentPerson } from '@/app/_data/person';
import { showingFor, localeFrom } from '@/app/_data/showing';
import type { Showing } from '@/components/commerce/showing';
import { Empty } from '@/components/ui/banner';
import { Button, ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Tag } from '@/components/ui/tag';
import { listOwnOrders, listWorkplaces, operatorScope } from '@/lib/identity';
import type { OwnOrderView, WorkplaceView } from '@/lib/identity/views';
import { formatDate, formatMoney, instant, moneyOf, pathTo, type Instant } from '@/lib/kernel';
import { texts } from '@/lib/texts';

type AccountPageProps = {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: texts(localeFrom((await params).locale), 'account')('title'), robots: { index: false } };
}

/** Reads the "older" link's moment; anything else means the newest. */
function beforeOf(value: string | string[] | undefined): Instant | undefined {
  return typeof value === 'string' && /^\d{12,14}$/.test(value) ? instant(Number(value)) : undefined;
}

/** What a person ordered, and the desks this person works at. */
export default async function AccountPage({ params, searchParams }: AccountPageProps) {
  const showing = await showingFor(params);
  const { locale } = showing;
  const person = await currentPerson();
  if (!person) redirect(pathTo(locale, 'signIn', {}, { callbackUrl: pathTo(locale, 'account') }));
  const t = texts(locale, 'account');
  const before = beforeOf((await searchParams)['before']);
  const [own, workplaces, city] = await Promise.all([listOwnOrders(person, before), listWorkplaces(person), operatorScope(person)]);
  return (
    <main id="main" className="wrap page grid gap-8">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-4xl">{t('title')}</h1>
          <p className="mt-2 text-ink-soft">{person.email}</p>
        </div>
        <form action={signOutAction}>
          <Button kind="secondary">
            <Icon name="log-out" />
            {t('signOut')}
          </Button>
        </form>
      </div>
      {(workplaces.length > 0 || city.ok) && <Desks showing={showing} workplaces={workplaces} isOperator={city.ok} />}
      <section aria-labelledby="orders" className="grid gap-4">
        <h2 id="orders" className="text-2xl">
          {t('orders.title')} {own.total > 0 && <span className="figures text-lg text-ink-soft">{own.total}</span>}
        </h2>
        {own.orders.length === 0 ? (
          <Empty title={t('orders.none')} action={<ButtonLink href={pathTo(locale, 'home')}>{t('orders.start')}</ButtonLink>}>
            {t('orders.noneText')}
          </Empty>
        ) : (
          <ul className="grid gap-3">
            {own.orders.map((order) => (
              <OwnOrder key={order.number} order={order} showing={showing} />
            ))}
          </ul>
        )}
        {own.next !== undefined && (
          <p>
            <ButtonLink kind="secondary" href={pathTo(locale, 'account', {}, { before: String(own.next) })}>
              {t('orders.older')}
            </ButtonLink>
          </p>
        )}
      </section>
      <details className="border-t border-line pt-4">
        <summary className="min-h-11 cursor-pointer py-2 font-semibold">{t('close.title')}</summary>
        <form action={closeAccountAction} className="grid max-w-[62ch] gap-4 py-2">
          <p>{t('close.text')}</p>
          <Button kind="secondary" className="justify-self-start">
            {t('close.act')}
          </Button>
        </form>
      </details>
    </main>
  );
}

function Desks({ showing, workplaces, isOperator }: { showing: Showing; workplaces: readonly WorkplaceView[]; isOperator: boolean }) {
  const t = texts(showing.locale, 'account');
  return (
    <section aria-labelledby="desks" className="grid gap-3">
      <h2 id="desks" className="text-2xl">
        {t('desks')}
      </h2>
      <div className="flex flex-wrap gap-3">
        {workplaces.map((shop) => (
          <ButtonLink key={shop.slug} kind="secondary" href={`/merchant/${shop.slug}/counter`}>
            <Icon name="store" />
            {shop.name}
          </ButtonLink>
        ))}
        {isOperator && (
          <ButtonLink kind="secondary" href="/admin">
            <Icon name="landmark" />
            {t('city')}
          </ButtonLink>
        )}
      </div>
    </section>
  );
}

const colours = {
  placed: 'honey',
  'in-progress': 'blue',
  ready: 'green',
  completed: 'neutral',
  expired: 'tomato',
  ended: 'tomato',
} as const;

function OwnOrder({ order, showing: { locale, timeZone } }: { order: OwnOrderView; showing: Showing }) {
  const t = texts(locale, 'account');
  return (
    <li className="panel flex flex-wrap items-center gap-x-6 gap-y-2 px-5 py-4">
      <div className="min-w-0 flex-1 basis-[260px]">
        <a className="display text-lg font-bold" href={pathTo(locale, 'track', { token: order.token })}>
          {t('orders.number', { number: order.number })}
        </a>
        <p className="text-md text-ink-soft">{[...new Set(order.shopNames)].join(', ')}</p>
      </div>
      <span className="text-md text-ink-soft">{formatDate(order.placedAt, locale, timeZone)}</span>
      <span className="figures text-lg font-bold">{formatMoney(moneyOf(order.totalMinor, order.currency), locale)}</span>
      <Tag colour={colours[order.state]}>{t(`orders.state.${order.state}`)}</Tag>
    </li>
  );
}
