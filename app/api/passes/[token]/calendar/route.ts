import { getPickupPass } from '@/lib/fulfilment';
import type { PassView } from '@/lib/fulfilment/views';
import { HOUR, isLocale, pathTo, plusMs, unprefixedLocale, type Instant, type Locale } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { texts } from '@/lib/texts';

type Context = { readonly params: Promise<{ readonly token: string }> };

/** `20261124T153000Z`, as iCalendar writes a moment. */
function stamp(moment: Instant): string {
  return new Date(moment).toISOString().replaceAll(/[-:]|\.\d{3}/gu, '');
}

/** Commas, semicolons and line ends mean something in iCalendar (RFC 5545, 3.3.11). */
function escaped(text: string): string {
  return text.replaceAll(/([\\;,])/gu, String.raw`\$1`).replaceAll('\n', String.raw`\n`);
}

/** Lines longer than 75 octets go on after a line end and a space; cut by characters, so that no letter is torn apart. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  for (const character of line) {
    if (Buffer.byteLength(piece + character) > 73) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece].join('\r\n ');
}

function calendarOf(pass: PassView, locale: Locale): string {
  const t = texts(locale, 'tracking');
  const { shop } = pass;
  const url = `${env().baseUrl}${pathTo(locale, 'pickup', { token: pass.passToken })}`;
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Halles//Pickup//EN',
    'BEGIN:VEVENT',
    `UID:${pass.number}@halles`,
    `DTSTAMP:${stamp(pass.asOf)}`,
    `DTSTART:${stamp(pass.promisedFrom)}`,
    `DTEND:${stamp(plusMs(pass.promisedFrom, HOUR))}`,
    `SUMMARY:${escaped(t('pass.event', { number: pass.number, shop: shop.name }))}`,
    `LOCATION:${escaped(`${shop.name}, ${shop.street}, ${shop.postcode} ${shop.town}`)}`,
    `GEO:${shop.latitude};${shop.longitude}`,
    `DESCRIPTION:${escaped(t('pass.shareText', { shop: shop.name, street: shop.street, code: pass.code }))}`,
    `URL:${url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map(folded)
    .join('\r\n')
    .concat('\r\n');
}

/** The pickup as a calendar entry, for the device's own calendar. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const pass = await getPickupPass(decodeURIComponent((await params).token));
  if (!pass) return new Response(null, { status: 404 });
  const wanted = new URL(request.url).searchParams.get('locale') ?? undefined;
  return new Response(calendarOf(pass, isLocale(wanted) ? wanted : unprefixedLocale), {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="${pass.number}.ics"`,
      'cache-control': 'private, no-store',
    },
  });
}
