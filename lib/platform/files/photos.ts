import sharp from 'sharp';
import { err, ok, type Result } from '@/lib/kernel';
import { token } from '../ids';
import { isFileKey } from './files';
import { files } from './index';

export const MOST_PHOTO_BYTES = 8_000_000;

export type PhotoRefusal = { readonly kind: 'photo-too-large'; readonly mostBytes: number } | { readonly kind: 'photo-unreadable' };

const LONGEST_SIDE = 1_280;
/** A picture of more is a bomb: forty megapixels are more than any phone takes. */
const MOST_PIXELS = 40_000_000;
const types = new Set(['jpeg', 'png', 'webp', 'heif', 'gif', 'tiff']);

/**
 * Keeps a picture somebody sent: turned upright, no larger than a screen, without anything else its file told (place, device, time).
 * Gives the key it is kept under.
 */
export async function keepPhoto(bytes: Uint8Array): Promise<Result<string, PhotoRefusal>> {
  if (bytes.byteLength > MOST_PHOTO_BYTES) return err({ kind: 'photo-too-large', mostBytes: MOST_PHOTO_BYTES });
  const small = await smaller(bytes);
  if (small === undefined) return err({ kind: 'photo-unreadable' });
  const key = `${token()}.webp`;
  await files().put(key, { bytes: small, contentType: 'image/webp' });
  return ok(key);
}

async function smaller(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const { format } = await picture.metadata();
    if (!types.has(format)) return undefined; // drawings (SVG, PDF) may hold more than a picture
    return await picture
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 78 })
      .toBuffer();
  } catch {
    return undefined; // the library throws for whatever is no picture
  }
}

/** The picture kept under a key; undefined when there is none, or none any more. */
export async function readPhoto(key: string): Promise<{ readonly bytes: Uint8Array; readonly contentType: string } | undefined> {
  return isFileKey(key) ? files().get(key) : undefined;
}

export async function forgetPhoto(key: string | null | undefined): Promise<void> {
  if (key !== null && key !== undefined) await files().remove(key);
}
