import { notFound, redirect } from 'next/navigation';
import { signOutAction } from '@/app/_actions/sign-out';
import { toSignIn } from '@/app/_data/desk';
import { currentPerson } from '@/app/_data/person';
import { Awning } from '@/components/commerce/awning';
import { LogoMark } from '@/components/commerce/logo';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Tag } from '@/components/ui/tag';
import { listHeadOffices, listWorkplaces } from '@/lib/identity';
import type { WorkplaceView } from '@/lib/identity/views';
import { texts } from '@/lib/texts';

/** Where someone begins: the counter role has no other page than the counter. */
const startOf = (shop: WorkplaceView) => (shop.role === 'counter' ? `/merchant/${shop.slug}/counter` : `/merchant/${shop.slug}`);

/** Which shop? Skipped by whoever has one. */
export default async function SwitcherPage() {
  const person = await currentPerson();
  if (!person) return toSignIn();
  const [workplaces, offices] = await Promise.all([listWorkplaces(person), listHeadOffices(person)]);
  const [only, another] = workplaces;
  const [office, ...others] = offices;
  if (!only && !office) notFound();
  if (only && !another && !office) redirect(startOf(only));
  if (!only && office && others.length === 0) redirect(`/merchant/network/${office.networkId}`);
  const t = texts(person.locale, 'merchant');
  return (
    <main id="main" className="wrap page grid gap-6">
      <div className="flex items-center justify-between gap-4">
        <span className="logo">
          <LogoMark />
          Halles
        </span>
        <form action={signOutAction}>
          <Button kind="secondary">
            <Icon name="log-out" />
            {t('settings.signOut')}
          </Button>
        </form>
      </div>
      <h1 className="text-4xl">{t('switcher.title')}</h1>
      <ul className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
        {offices.map((one) => (
          <li key={one.networkId}>
            <a className="panel block p-5 text-ink no-underline hover:border-line-strong" href={`/merchant/network/${one.networkId}`}>
              <b className="display block text-xl font-bold">{one.name}</b>
              <span className="text-ink-soft">{t('network.title')}</span>
            </a>
          </li>
        ))}
        {workplaces.map((shop) => (
          <li key={shop.shopId}>
            <a className="panel block overflow-hidden text-ink no-underline hover:border-line-strong" href={startOf(shop)}>
              <Awning awning={shop.awning} />
              <span className="flex items-start justify-between gap-3 p-5">
                <span>
                  <b className="display block text-xl font-bold">{shop.name}</b>
                  <span className="text-ink-soft">
                    {shop.street}, {shop.town}
                  </span>
                </span>
                <Tag>{t(`role.${shop.role}`)}</Tag>
              </span>
            </a>
          </li>
        ))}
      </ul>
      <p>
        <a href="/merchant/start?new=1">{texts(person.locale, 'onboarding')('title')}</a>
      </p>
    </main>
  );
}
