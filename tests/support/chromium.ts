import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A browser to test with, and what its process needs besides. */
export type Chromium = { readonly executablePath: string; readonly libraryPath: string | undefined };

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Switches for a browser that runs as root, in a container, and speaks to nobody but us. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
];

/** CHROMIUM_PATH, else an installed Chromium or Chrome, else the one npm brought (Linux x64), which CHROMIUM_PATH=packed takes at once. */
export async function findChromium(): Promise<Chromium> {
  const named = process.env['CHROMIUM_PATH'];
  if (named === 'packed') return unpacked();
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`);
    return { executablePath: named, libraryPath: undefined };
  }
  const found = installed.find((path) => existsSync(path));
  if (found !== undefined) return { executablePath: found, libraryPath: undefined };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium was found: install Chromium or Chrome, or set CHROMIUM_PATH to one.');
  }
  return unpacked();
}

/**
 * The packed browser unpacks itself into the temporary folder, once. It brings the system libraries that a bare machine lacks only when it
 * believes that it is in the cloud it was made for: hence the variable, which has to be there before the module is read.
 */
async function unpacked(): Promise<Chromium> {
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs24.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  chromium.setGraphicsMode = false;
  const executablePath = await chromium.executablePath();
  return {
    executablePath,
    libraryPath: [join(tmpdir(), 'al2023', 'lib'), process.env['LD_LIBRARY_PATH'] ?? ''].filter(Boolean).join(delimiter),
  };
}
