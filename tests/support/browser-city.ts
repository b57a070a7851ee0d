import { findChromium } from './chromium';
import { openTestCity } from './city';

/** Finds the browser and tells the workers, which start later, where it is. */
export async function useBrowser(): Promise<void> {
  const chromium = await findChromium();
  process.env['CHROMIUM_PATH'] = chromium.executablePath;
  if (chromium.libraryPath !== undefined) process.env['CHROMIUM_LIBRARIES'] = chromium.libraryPath;
}

/** Before the browser stories: a browser, and a city of their own unless HALLES_BASE_URL names one that runs. */
export default async function prepare(): Promise<() => Promise<void>> {
  process.env['LOG_LEVEL'] ??= 'warn';
  await useBrowser();
  if (process.env['HALLES_BASE_URL']) return async () => {};
  const city = await openTestCity('e2e');
  process.env['HALLES_BASE_URL'] = city.baseUrl;
  process.env['DATABASE_URL'] = city.databaseUrl;
  process.env['AUTH_SECRET'] = city.environment['AUTH_SECRET'] ?? '';
  process.env['NEXTAUTH_URL'] = city.baseUrl;
  return () => city.stop();
}
