import type { MetadataRoute } from 'next';
import { env } from '@/lib/platform/env';

export const dynamic = 'force-dynamic';

/** Everything public may be read; desks, orders and result lists are no pages for search engines. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: '*',
      allow: '/',
      disallow: [
        '/api/',
        '/admin',
        '/merchant',
        '/panier',
        '/commande',
        '/suivi/',
        '/retrait/',
        '/compte',
        '/connexion',
        '/recherche',
        '/en/basket',
        '/en/checkout',
        '/en/track/',
        '/en/pickup/',
        '/en/account',
        '/en/sign-in',
        '/en/search',
      ],
    },
    sitemap: `${env().baseUrl}/sitemap.xml`,
  };
}
