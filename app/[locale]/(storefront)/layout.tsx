import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { savePlaceAction } from '@/app/_actions/save-place';
import { currentPlace } from '@/app/_data/place';
import { currentShopper } from '@/app/_data/shopper';
import { localeFrom } from '@/app/_data/showing';
import { Footer } from '@/components/commerce/footer';
import { Header } from '@/components/commerce/header';
import { SkipLink } from '@/components/ui/navigation';
import { countBasket } from '@/lib/basket';
import { addressOf, alternatesOf, type Locale } from '@/lib/kernel';
import { currentModules } from '@/lib/modules';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { SaidBanner } from './basket/said-banner';

/** This page in the other language; its home page when the address is none of ours. */
async function otherLanguageHref(locale: Locale): Promise<string> {
  const pathname = (await headers()).get('x-pathname') ?? '/';
  const address = addressOf(decodeURI(pathname));
  const alternates = address ? alternatesOf(address.route, address.params) : alternatesOf('home');
  return alternates[locale === 'fr' ? 'en' : 'fr'];
}

type LayoutProps = { readonly params: Promise<{ locale: string }>; readonly children: ReactNode };

/** What every page of the storefront shares: header, what was just said, footer. */
export default async function StorefrontLayout({ params, children }: LayoutProps) {
  const locale = localeFrom((await params).locale);
  const [city, place, { shopper }, otherHref] = await Promise.all([getCity(), currentPlace(), currentShopper(), otherLanguageHref(locale)]);
  const [basketCount, modules] = await Promise.all([countBasket(shopper), currentModules()]);
  return (
    <>
      <SkipLink>{texts(locale, 'common')('skip')}</SkipLink>
      <Header
        locale={locale}
        cityName={city.name}
        hasSearch={city.stage !== 'soon'}
        canAsk={city.stage === 'opening'}
        place={place?.label}
        basketCount={basketCount}
        savePlace={savePlaceAction}
      />
      <SaidBanner locale={locale} />
      {children}
      <Footer
        locale={locale}
        cityName={city.name}
        operatorName={city.operator.legalName}
        isDemo={city.isDemo}
        takesVouchers={modules.works('vouchers')}
        otherLanguageHref={otherHref}
      />
    </>
  );
}
