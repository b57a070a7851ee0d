import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { onMap } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { getCity } from './city';

const row = z.object({ street: z.string(), doors: z.array(z.tuple([z.number(), z.number(), z.number()])) });

const FARTHEST_METRES = 6_000;
/** Two doors farther apart than this belong to different ends of a street of the same name. */
const GAP_METRES = 260;

type Door = readonly [number: number, latitude: number, longitude: number];

/** The line of a street through the doors of its better numbered side: real doors, in the order of their numbers. */
function lineOf(doors: readonly Door[], centre: { latitude: number; longitude: number }): string {
  const odd = doors.filter(([number]) => number % 2 === 1);
  const side = (odd.length * 2 >= doors.length ? odd : doors.filter(([number]) => number % 2 === 0)).toSorted((a, b) => a[0] - b[0]);
  let path = '';
  let last: { x: number; y: number } | undefined;
  for (const [, latitude, longitude] of side) {
    const point = onMap({ latitude, longitude }, centre);
    if (Math.abs(point.x) > FARTHEST_METRES || Math.abs(point.y) > FARTHEST_METRES) continue;
    const step = last ? Math.hypot(point.x - last.x, point.y - last.y) : Number.POSITIVE_INFINITY;
    if (step < 25) continue;
    path += `${step > GAP_METRES ? 'M' : 'L'}${point.x} ${point.y}`;
    last = point;
  }
  return path;
}

/** The city's streets as one picture in metres round its centre, drawn from its public addresses: no tile comes from elsewhere. */
export async function streetMapSvg(): Promise<string> {
  const city = await getCity();
  const rows = await reader().execute(sql`
    select street, json_agg(json_build_array(number, latitude, longitude)) as doors from (
      select regexp_replace(folded, '^\\d+\\s*(bis|ter|quater|[a-d])?\\s+', '') as street,
        substring(folded from '^\\d+')::int as number, latitude, longitude
      from addresses where folded ~ '^\\d{1,4} ') doors
    group by street having count(*) > 2 order by street`);
  const lines = z
    .array(row)
    .parse([...rows])
    .map(({ doors }) => ({ doors: doors.length, line: lineOf(doors, city.at) }));
  const wide = lines
    .filter(({ doors }) => doors > 60)
    .map(({ line }) => line)
    .join('');
  const narrow = lines
    .filter(({ doors }) => doors <= 60)
    .map(({ line }) => line)
    .join('');
  const side = FARTHEST_METRES * 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-FARTHEST_METRES} ${-FARTHEST_METRES} ${side} ${side}" preserveAspectRatio="xMidYMid slice"><style>rect{fill:#f4efe4}path{fill:none;stroke:#fdfcf9;stroke-linecap:round;stroke-linejoin:round}.w{stroke-width:26}.n{stroke-width:15}@media(prefers-color-scheme:dark){rect{fill:#0b130f}path{stroke:#22302a}}</style><rect x="${-FARTHEST_METRES}" y="${-FARTHEST_METRES}" width="${side}" height="${side}"/><path class="n" d="${narrow}"/><path class="w" d="${wide}"/></svg>`;
}
