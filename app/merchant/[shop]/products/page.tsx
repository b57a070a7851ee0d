import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Empty } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import { TextField } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Tag } from '@/components/ui/tag';
import { listMissing, listShopOffers } from '@/lib/catalogue';
import type { ShopOfferView } from '@/lib/catalogue/views';
import type { FeedFile } from '@/lib/feeds';
import { feedToken } from '@/lib/feeds';
import type { Locale, ShopId } from '@/lib/kernel';
import { formatMoney, minor, moneyOf, parseId } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { addThingAction, switchSaleAction } from './actions';

type ProductsPageProps = {
  readonly params: Promise<{ shop: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

const PAGE = 50;

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'imports')('products.title') };
}

/** Everything the shop sells; above, the quickest way to sell one thing more: its bar code, a price, a count. */
export default async function ProductsPage({ params, searchParams }: ProductsPageProps) {
  const entered = await enterShop((await params).shop, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const asked = (await searchParams)['after'];
  const after = typeof asked === 'string' ? parseId('offer', asked) : undefined;
  const [found, waiting] = await Promise.all([listShopOffers(scope, { limit: PAGE, after }), listMissing(scope, locale)]);
  const shown = found.slice(0, PAGE);
  const last = found.length > PAGE ? shown.at(-1) : undefined;
  const t = texts(locale, 'imports');
  return (
    <main id="main" className="desk-page grid gap-6">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1>{t('products.title')}</h1>
        <div className="flex flex-wrap gap-2">
          <ButtonLink kind="secondary" href={`/merchant/${shop.slug}/stock/import`}>
            {t('title')}
          </ButtonLink>
          <ButtonLink kind="quiet" href={`/api/exports/${shop.slug}/products.csv`} download>
            {t('products.export')}
          </ButtonLink>
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        <ButtonLink kind="secondary" href={`/merchant/${shop.slug}/products/new`}>
          <Icon name="plus" />
          {texts(locale, 'product')('list.new')}
        </ButtonLink>
        <ButtonLink kind="primary" href={`/merchant/${shop.slug}/stock/scan`}>
          <Icon name="scan-barcode" />
          {texts(locale, 'shelf')('scan.title')}
        </ButtonLink>
        {waiting.total > 0 && (
          <ButtonLink kind="secondary" href={`/merchant/${shop.slug}/products/missing`}>
            <Icon name="triangle-alert" />
            {texts(locale, 'shelf')('missing.link', { count: waiting.total })}
          </ButtonLink>
        )}
      </div>
      <AddThing slug={shop.slug} locale={locale} />
      {shown.length === 0 ? (
        <Empty title={t('products.none')}>{t('products.noneText')}</Empty>
      ) : (
        <ul className="grid gap-2" aria-label={t('products.list')}>
          {shown.map((offer) => (
            <Offer key={offer.offerId} offer={offer} slug={shop.slug} locale={locale} />
          ))}
        </ul>
      )}
      {last && (
        <a className="justify-self-start text-base" href={`/merchant/${shop.slug}/products?after=${last.offerId}`}>
          {t('products.more')}
        </a>
      )}
      <Feeds shopId={scope.shopId} slug={shop.slug} locale={locale} />
    </main>
  );
}

/** Addresses of the shop's own feeds: whoever has one may read it. */
function Feeds({ shopId, slug, locale }: { readonly shopId: ShopId; readonly slug: string; readonly locale: Locale }) {
  const t = texts(locale, 'imports');
  const addressOf = (file: FeedFile): string => `/api/feeds/${file}?shop=${slug}&token=${feedToken(shopId)}`;
  return (
    <section className="panel grid gap-2 p-5" aria-labelledby="feeds">
      <h2 id="feeds" className="text-lg">
        {t('products.feeds')}
      </h2>
      <p className="max-w-[66ch] text-base text-ink-soft">{t('products.feedText')}</p>
      <p className="flex flex-wrap gap-x-6 gap-y-2 text-base">
        <a href={addressOf('products.xml')}>{t('products.feedProducts')}</a>
        <a href={addressOf('local-inventory.xml')}>{t('products.feedInventory')}</a>
      </p>
    </section>
  );
}

function AddThing({ slug, locale }: { readonly slug: string; readonly locale: Locale }) {
  const t = texts(locale, 'imports');
  return (
    <form action={addThingAction} className="panel grid gap-4 p-5" aria-labelledby="add">
      <h2 id="add" className="text-xl">
        {t('products.add')}
      </h2>
      <p className="max-w-[66ch] text-base text-ink-soft">{t('products.addText')}</p>
      <input type="hidden" name="shop" value={slug} />
      <input type="hidden" name="key" value={randomUUID()} />
      <div className="product-add">
        <TextField id="gtin" name="gtin" label={t('fields.gtin')} inputMode="numeric" autoComplete="off" maxLength={40} />
        <TextField
          id="price"
          name="price"
          label={t('fields.price')}
          inputMode="decimal"
          autoComplete="off"
          required
          pattern="\d{1,6}([.,]\d{1,2})?"
        />
        <TextField id="quantity" name="quantity" label={t('fields.quantity')} inputMode="numeric" autoComplete="off" pattern="\d{0,6}" />
        <TextField
          id="title"
          name="title"
          label={t('products.name')}
          optional={t('products.nameHint')}
          autoComplete="off"
          maxLength={200}
        />
      </div>
      <SubmitButton className="btn btn-primary min-h-[64px] justify-self-start">{t('products.publish')}</SubmitButton>
    </form>
  );
}

function Offer({ offer, slug, locale }: { readonly offer: ShopOfferView; readonly slug: string; readonly locale: Locale }) {
  const t = texts(locale, 'imports');
  const { title, gtin, merchantSku, priceMinor, isActive, offerId } = offer;
  const codes = [merchantSku, gtin?.replace(/^0+/, '')].filter((code, index, all) => code !== undefined && all.indexOf(code) === index);
  return (
    <li className="import-draft">
      <span>
        <a className="block font-semibold" href={`/merchant/${slug}/products/${offerId}`}>
          {title}
        </a>
        <span className="text-base text-ink-soft">{codes.join(' · ')}</span>
      </span>
      <strong>{formatMoney(moneyOf(minor(priceMinor)), locale)}</strong>
      <Tag colour={isActive ? 'green' : 'neutral'}>{t(isActive ? 'products.on' : 'products.off')}</Tag>
      <form action={switchSaleAction}>
        <input type="hidden" name="shop" value={slug} />
        <input type="hidden" name="offerId" value={offerId} />
        <input type="hidden" name="active" value={isActive ? 'off' : 'on'} />
        <SubmitButton className="btn btn-quiet" label={t(isActive ? 'products.takeOff' : 'products.putBack', { title })}>
          {t(isActive ? 'products.takeOffShort' : 'products.putBackShort')}
        </SubmitButton>
      </form>
    </li>
  );
}
