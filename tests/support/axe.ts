import type { RunOptions } from 'axe-core';
import axeCore from 'axe-core';
import type { Page } from '@playwright/test';

/** A rule that a page breaks, and the elements that break it. */
export type Complaint = { readonly rule: string; readonly elements: readonly string[] };

/** The rules that a change of colours alone can break. */
export const ofColours: readonly string[] = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds on the page as it stands: all its rules, or those named. It is read into a page once, however often it is asked: half a
 * megabyte of script takes longer to read than most pages to be looked through. Frames are not looked into.
 */
export async function complaintsOfAxe(page: Page, rules?: readonly string[]): Promise<readonly Complaint[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(axeCore.source);
    await page.evaluate(standStill);
  }
  const options: RunOptions = { resultTypes: ['violations'], ...(rules && { runOnly: [...rules] }) };
  return page.evaluate(async (given) => {
    const { axe } = window as unknown as { readonly axe: typeof axeCore };
    // Style sheets are read once more only for a rule that is off.
    const { violations } = await axe.run(document, { ...given, preload: false, iframes: false });
    return violations.map(({ id, nodes }) => ({ rule: id, elements: nodes.map(({ target }) => target.join(' ')) }));
  }, options);
}

/** A colour half-way between two themes is nobody's colour; and a page nobody looks at may never paint the end of a change. */
function standStill(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important }');
  document.adoptedStyleSheets.push(sheet);
}
