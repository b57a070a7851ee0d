import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { localeFrom } from '@/app/_data/showing';
import { Document } from '@/app/_shell/document';
import { env } from '@/lib/platform/env';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';

type LayoutProps = { readonly params: Promise<{ locale: string }>; readonly children: ReactNode };

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fdfcf8' },
    { media: '(prefers-color-scheme: dark)', color: '#101a15' },
  ],
};

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  const locale = localeFrom((await params).locale);
  const { name } = await getCity();
  const t = texts(locale, 'common');
  return {
    metadataBase: new URL(env().baseUrl),
    title: { default: t('siteTitle', { city: name }), template: `%s – ${t('siteTitle', { city: name })}` },
    description: t('tagline', { city: name }),
    icons: { icon: '/icon.svg' },
  };
}

/** The document of the public pages, in the language of the address. */
export default async function LocaleLayout({ params, children }: LayoutProps) {
  return <Document locale={localeFrom((await params).locale)}>{children}</Document>;
}
