import { defineConfig } from '@playwright/test';
import { chromiumArguments } from '../support/chromium';

const executablePath = process.env['CHROMIUM_PATH']; // found by the global set-up, before the workers read this file
const libraries = process.env['CHROMIUM_LIBRARIES'];
const ownEnvironment = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);

export default defineConfig({
  testDir: '../e2e',
  testMatch: '**/*.spec.ts',
  testIgnore: 'looks/**',
  outputDir: '../.results/e2e',
  globalSetup: '../support/browser-city.ts',
  tsconfig: '../../tsconfig.json',
  workers: 1,
  timeout: 120_000,
  forbidOnly: true,
  reporter: process.env['HALLES_RESULTS'] === undefined ? [['list']] : [['list'], ['json', { outputFile: process.env['HALLES_RESULTS'] }]],
  expect: { timeout: 10_000 },
  use: {
    baseURL: process.env['HALLES_BASE_URL'],
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    trace: process.env['STORIES_TRACE'] === undefined ? 'off' : 'retain-on-failure', // a third of the time, to look for what fails
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: chromiumArguments,
      ...(libraries === undefined ? {} : { env: { ...ownEnvironment, LD_LIBRARY_PATH: libraries } }),
    },
  },
  projects: [
    // A shelf is scanned with a phone.
    { name: 'desktop', testIgnore: ['looks/**', '**/shop-without-till-*'], use: { viewport: { width: 1340, height: 900 } } },
    // Desks of the city, what strangers are refused, and the words of what goes wrong are the same at any width.
    {
      name: 'phone',
      testIgnore: ['looks/**', '**/{basket-changes,city,forged,money,payment,street,strangers}-*'],
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
  ],
});
