import type { Page } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import { createSignInLink } from '@/lib/identity';
import { instant } from '@/lib/kernel';
import { complaintsOfAxe, ofColours } from './axe';

export { expect };

/** Whether a link ran out is next-auth's judgement, which reads the machine's clock also where the city's stands still. */
const machine = { clock: { now: () => instant(Date.now()) } };

/** An address that signs somebody in and goes on to `path`. */
export const signInLinkFor = (email: string, baseUrl: string, path = '/'): Promise<string> =>
  createSignInLink({ email, callbackPath: path, baseUrl }, machine);

/**
 * What every browser story has at hand. Any request to another host fails the story: nothing of the default install
 * speaks to a third party.
 */
export const test = base.extend<{ signIn: (email: string, path: string) => Promise<void>; noStrangers: void }>({
  noStrangers: [
    async ({ context, baseURL }, use) => {
      const strangers: string[] = [];
      const own = new URL(baseURL ?? 'http://localhost').host;
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (/^(https?|wss?):$/.test(url.protocol) && url.host !== own) strangers.push(request.url());
      });
      await use();
      expect(strangers, 'no third party was asked').toEqual([]);
    },
    { auto: true },
  ],
  signIn: async ({ page, baseURL }, use) => {
    await use(async (email, path) => {
      await page.goto(await signInLinkFor(email, baseURL ?? '', path));
    });
  },
});

/** Fails with every violation axe finds on the page as it is in light, and with every one of colours in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const complaints = await complaintsOfAxe(page, colorScheme === 'dark' ? ofColours : undefined);
    const said = complaints.map(({ rule, elements }) => `${rule} (${colorScheme}): ${elements.join(', ')}`);
    expect(said, `axe on ${page.url()}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
