import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { useBrowser } from './browser-city';
import { openStillCity } from './city';
import { root } from './source-files';

/** A Tuesday in late November, five past two: most shops are open, some are at lunch, and it is not yet too late for today. */
const MOMENT = '2026-11-24T14:05:00+01:00';
const pictures = join(root, 'tests', 'e2e', 'looks', 'pictures');

/** Before the looks: a browser, and a city where it is always the same moment, for the pages and for the tests themselves. */
export default async function prepare(): Promise<() => Promise<void>> {
  process.env['LOG_LEVEL'] ??= 'warn';
  await useBrowser();
  const city = await openStillCity('looks', MOMENT);
  process.env['HALLES_BASE_URL'] = city.baseUrl;
  for (const name of ['DATABASE_URL', 'AUTH_SECRET', 'NEXTAUTH_URL', 'HALLES_CLOCK']) process.env[name] = city.environment[name] ?? '';
  return async () => {
    await city.stop();
    await packPictures();
  };
}

const PALETTE = 3; // colour type of a PNG, at byte 25

/** Pictures made in this run are packed to 256 colours: a quarter of the size, and nobody sees the difference. */
async function packPictures(): Promise<void> {
  for (const name of readdirSync(pictures).filter((file) => file.endsWith('.png'))) {
    const picture = readFileSync(join(pictures, name));
    if (picture[25] === PALETTE) continue;
    const packed = await sharp(picture).png({ palette: true, colours: 256, dither: 0, effort: 10, compressionLevel: 9 }).toBuffer();
    writeFileSync(join(pictures, name), packed);
  }
}
