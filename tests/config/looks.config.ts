import { defineConfig } from '@playwright/test';
import stories from './playwright.config';

/**
 * How the pages look: pictures, and what axe sees, in a city where time stands still. Pages were meant to change?
 * `npm run test:looks -- --update-snapshots` makes the pictures anew; look at them before they are committed.
 */
export default defineConfig({
  ...stories,
  testDir: '../e2e/looks',
  testIgnore: [],
  outputDir: '../.results/looks',
  snapshotPathTemplate: '{testDir}/pictures/{arg}-{projectName}{ext}',
  globalSetup: '../support/still-city.ts',
  // Two Chromiums draw letters differently by less than this; what moves by six pixels differs by more.
  expect: { timeout: 10_000, toHaveScreenshot: { maxDiffPixelRatio: 0.02, animations: 'disabled', scale: 'css' } },
  projects: [
    { name: 'desktop', testMatch: 'pictures.spec.ts', use: { viewport: { width: 1340, height: 900 } } },
    { name: 'phone', testMatch: 'pictures.spec.ts', use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
    {
      name: 'everyone',
      testMatch: ['every-page.spec.ts', 'weights.spec.ts'],
      timeout: 600_000,
      use: { viewport: { width: 1340, height: 900 } },
    },
  ],
});
