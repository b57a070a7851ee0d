import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { deskLocale } from '@/app/_data/desk';
import { Document } from '@/app/_shell/document';
import { env } from '@/lib/platform/env';
import { texts } from '@/lib/texts';
import './admin.css';
import '../styles/fields-form.css';

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export async function generateMetadata(): Promise<Metadata> {
  const t = texts(await deskLocale(), 'admin');
  return {
    metadataBase: new URL(env().baseUrl),
    title: { default: t('title'), template: `%s – ${t('title')}` },
    robots: { index: false, follow: false },
    icons: { icon: '/icon.svg' },
  };
}

/** The document of the city's desk; its language is the person's. */
export default async function AdminLayout({ children }: { readonly children: ReactNode }) {
  return <Document locale={await deskLocale()}>{children}</Document>;
}
