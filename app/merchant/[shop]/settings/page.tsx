import type { Metadata } from 'next';
import { signOutAction } from '@/app/_actions/sign-out';
import { deskLocale, enterShop, type ShopDesk } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { Banner } from '@/components/ui/banner';
import { Button, ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { listWorkplaces } from '@/lib/identity';
import { locales, pathTo, type Locale, type ShopId } from '@/lib/kernel';
import { currentModules } from '@/lib/modules';
import { loadShopBook, returnsWishes, returnsWishOf } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { TakeoutLinks } from '../../_parts/takeout-links';
import { RingTest } from '../../_parts/ring-test';
import { chooseLanguageAction, returnsWishAction, setAsideAction } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'merchant')('settings.title') };
}

/** This post: its bell, its language, the person at it. */
export default async function SettingsPage({ params }: { readonly params: Promise<{ shop: string }> }) {
  const entered = await enterShop((await params).shop);
  if (!entered.ok) return null;
  const { scope, shop, locale, session } = entered.value;
  const t = texts(locale, 'merchant');
  const workplaces = await listWorkplaces(session);
  return (
    <main id="main" className="desk-page grid gap-6">
      <h1>{t('settings.title')}</h1>
      <section className="panel grid justify-items-start gap-3 p-5 needs-script" aria-labelledby="bell">
        <h2 id="bell" className="text-xl">
          {t('settings.bell')}
        </h2>
        <p className="text-base text-ink-soft">{t('settings.bellText')}</p>
        <RingTest words={t('settings.bellTest')} icon={<Icon name="bell" />} />
      </section>
      <section className="panel grid justify-items-start gap-3 p-5" aria-labelledby="language">
        <h2 id="language" className="text-xl">
          {t('settings.language')}
        </h2>
        <form action={chooseLanguageAction} className="flex flex-wrap gap-3">
          <input type="hidden" name="shop" value={shop.slug} />
          {locales.map((one) => (
            <Button
              key={one}
              className="min-h-[64px]"
              kind={one === locale ? 'primary' : 'secondary'}
              name="language"
              value={one}
              lang={one}
              aria-pressed={one === locale}
            >
              {t(`settings.languages.${one}`)}
            </Button>
          ))}
        </form>
      </section>
      {shop.role !== 'counter' && <SetAside slug={shop.slug} shopId={scope.shopId} locale={locale} />}
      {shop.role !== 'counter' && <TakeoutLinks slug={shop.slug} shopId={scope.shopId} locale={locale} />}
      {shop.role !== 'counter' && <Returns slug={shop.slug} shopId={scope.shopId} locale={locale} />}
      <OwnPages shop={shop} locale={locale} hasOtherShops={workplaces.length > 1} />
      {shop.role !== 'counter' && (
        <section className="panel grid justify-items-start gap-3 p-5" aria-labelledby="sources">
          <h2 id="sources" className="text-xl">
            {texts(locale, 'sources')('title')}
          </h2>
          <p className="text-base text-ink-soft">{texts(locale, 'sources')('intro')}</p>
          <ButtonLink className="min-h-[64px]" kind="secondary" href={`/merchant/${shop.slug}/connections`}>
            {texts(locale, 'sources')('title')}
          </ButtonLink>
        </section>
      )}
      {shop.role !== 'counter' && (
        <section className="panel grid justify-items-start gap-3 p-5" aria-labelledby="machines">
          <h2 id="machines" className="text-xl">
            {texts(locale, 'machines')('title')}
          </h2>
          <p className="text-base text-ink-soft">{texts(locale, 'machines')('intro')}</p>
          <ButtonLink className="min-h-[64px]" kind="secondary" href={`/merchant/${shop.slug}/api`}>
            {texts(locale, 'machines')('title')}
          </ButtonLink>
        </section>
      )}
      <section className="panel grid justify-items-start gap-3 p-5" aria-labelledby="person">
        <h2 id="person" className="text-xl">
          {session.name ?? session.email}
        </h2>
        <p className="text-base text-ink-soft">
          {session.email}, {t(`role.${shop.role}`)}
        </p>
        <form action={signOutAction} data-sign-out>
          <Button kind="secondary" className="min-h-[64px]">
            <Icon name="log-out" />
            {t('settings.signOut')}
          </Button>
        </form>
      </section>
    </main>
  );
}

/** Whether things are set aside here without obligation, and the button that changes it. */
async function SetAside({ slug, shopId, locale }: { readonly slug: string; readonly shopId: ShopId; readonly locale: Locale }) {
  const t = texts(locale, 'merchant');
  const [book, modules] = await Promise.all([loadShopBook(requestMoment()), currentModules()]);
  const isOn = book.get(shopId)?.services.setAside === true;
  return (
    <section className="panel grid justify-items-start gap-3 p-5" aria-labelledby="set-aside">
      <h2 id="set-aside" className="text-xl">
        {t('settings.setAside.title')}
      </h2>
      <p className="text-base text-ink-soft">{t('settings.setAside.text')}</p>
      {modules.works('set-aside') ? (
        <form action={setAsideAction}>
          <input type="hidden" name="shop" value={slug} />
          <Button className="min-h-[64px]" kind={isOn ? 'secondary' : 'primary'} name="setAside" value={isOn ? 'no' : 'yes'}>
            {t(isOn ? 'settings.setAside.off' : 'settings.setAside.on')}
          </Button>
        </form>
      ) : (
        <Banner>{texts(locale, 'modules')('off.set-aside')}</Banner>
      )}
    </section>
  );
}

/** What the shop does with things other shops sold: three buttons, the one that counts is pressed. */
async function Returns({ slug, shopId, locale }: { readonly slug: string; readonly shopId: ShopId; readonly locale: Locale }) {
  const t = texts(locale, 'merchant');
  const [book, modules] = await Promise.all([loadShopBook(requestMoment()), currentModules()]);
  const services = book.get(shopId)?.services;
  const chosen = services ? returnsWishOf(services) : 'none';
  return (
    <section className="panel grid justify-items-start gap-3 p-5" aria-labelledby="returns-wish">
      <h2 id="returns-wish" className="text-xl">
        {t('settings.returns.title')}
      </h2>
      <p className="text-base text-ink-soft">{t('settings.returns.text')}</p>
      {!modules.works('returns-anywhere') && <Banner>{texts(locale, 'modules')('off.returns-anywhere')}</Banner>}
      {modules.works('returns-anywhere') && (
        <form action={returnsWishAction} className="flex flex-wrap gap-3">
          <input type="hidden" name="shop" value={slug} />
          {returnsWishes.map((wish) => (
            <Button
              key={wish}
              className="min-h-[64px]"
              kind={wish === chosen ? 'primary' : 'secondary'}
              name="returns"
              value={wish}
              aria-pressed={wish === chosen}
            >
              {t(`settings.returns.${wish}`)}
            </Button>
          ))}
        </form>
      )}
    </section>
  );
}

type OwnPagesProps = { readonly shop: ShopDesk['shop']; readonly locale: Locale; readonly hasOtherShops: boolean };

/** The shop's door and address, and the pages that are about itself. */
function OwnPages({ shop, locale, hasOtherShops }: OwnPagesProps) {
  const t = texts(locale, 'merchant');
  return (
    <section className="panel grid justify-items-start gap-3 p-5" aria-labelledby="shop">
      <h2 id="shop" className="text-xl">
        {shop.name}
      </h2>
      <p className="text-base text-ink-soft">
        {shop.street}, {shop.town}
      </p>
      <div className="flex flex-wrap gap-3">
        <ButtonLink className="min-h-[64px]" kind="secondary" href={pathTo(locale, 'shop', { slug: shop.slug })}>
          <Icon name="store" />
          {t('settings.publicPage')}
        </ButtonLink>
        <ButtonLink className="min-h-[64px]" kind="secondary" href={`/merchant/${shop.slug}/messages`}>
          <Icon name="bell" />
          {texts(locale, 'push')('page.title')}
        </ButtonLink>
        <ButtonLink className="min-h-[64px]" kind="secondary" href={`/merchant/${shop.slug}/requests`}>
          <Icon name="circle-help" />
          {texts(locale, 'requests')('shop.title')}
        </ButtonLink>
        {shop.role !== 'counter' && (
          <ButtonLink className="min-h-[64px]" kind="secondary" href={`/merchant/${shop.slug}/team`}>
            <Icon name="users" />
            {texts(locale, 'team')('title')}
          </ButtonLink>
        )}
        {shop.role === 'owner' && (
          <ButtonLink className="min-h-[64px]" kind="secondary" href={`/merchant/${shop.slug}/payouts`}>
            <Icon name="hand-coins" />
            {texts(locale, 'payouts')('title')}
          </ButtonLink>
        )}
        {shop.role !== 'counter' && (
          <ButtonLink className="min-h-[64px]" kind="secondary" href={`/merchant/${shop.slug}/hours`}>
            <Icon name="clock" />
            {texts(locale, 'onboarding')('hoursPage.title')}
          </ButtonLink>
        )}
        {shop.role === 'owner' && (
          <ButtonLink className="min-h-[64px]" kind="secondary" href={`/merchant/${shop.slug}/papers`}>
            <Icon name="file-text" />
            {texts(locale, 'onboarding')('papers.title')}
          </ButtonLink>
        )}
        {shop.role !== 'counter' && (
          <ButtonLink className="min-h-[64px]" kind="secondary" href={`/merchant/${shop.slug}/documents`}>
            <Icon name="file-text" />
            {texts(locale, 'documents')('list.title')}
          </ButtonLink>
        )}
        {hasOtherShops && (
          <ButtonLink className="min-h-[64px]" kind="secondary" href="/merchant">
            <Icon name="arrow-up-right" />
            {t('settings.otherShop')}
          </ButtonLink>
        )}
      </div>
    </section>
  );
}
