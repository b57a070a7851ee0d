import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { onMap, type MapPoint } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { getCity } from './city';

const row = z.object({ latitude: z.number(), longitude: z.number() });

const FARTHEST_METRES = 8_000;
const GRID_METRES = 500;
/** Side of the square that stands for a known door. */
const DOOR_METRES = 34;

function grid(): string {
  let path = '';
  for (let at = -FARTHEST_METRES; at <= FARTHEST_METRES; at += GRID_METRES) {
    path += `M${at} ${-FARTHEST_METRES}V${FARTHEST_METRES}M${-FARTHEST_METRES} ${at}H${FARTHEST_METRES}`;
  }
  return path;
}

function doors(points: readonly MapPoint[]): string {
  return points.map(({ x, y }) => `M${x - DOOR_METRES / 2} ${y - DOOR_METRES / 2}h${DOOR_METRES}v${DOOR_METRES}h-${DOOR_METRES}z`).join('');
}

/**
 * The ground under every map of shops, in metres round the city's centre: a square every 500 metres and the doors of the
 * city's public addresses. Nothing comes from elsewhere and nothing is invented: streets we have no line for are not drawn.
 */
export async function groundMapSvg(): Promise<string> {
  const city = await getCity();
  const rows = z.array(row).parse([...(await reader().execute(sql`select latitude, longitude from addresses order by id`))]);
  const points = rows
    .map((position) => onMap(position, city.at))
    .filter(({ x, y }) => Math.max(Math.abs(x), Math.abs(y)) <= FARTHEST_METRES);
  const side = FARTHEST_METRES * 2;
  const frame = `x="${-FARTHEST_METRES}" y="${-FARTHEST_METRES}" width="${side}" height="${side}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-FARTHEST_METRES} ${-FARTHEST_METRES} ${side} ${side}" preserveAspectRatio="xMidYMid slice">` +
    '<style>rect{fill:#f3ede1}.g{fill:none;stroke:#fdfbf6;stroke-width:16}.d{fill:#e3d9c6}' +
    '@media(prefers-color-scheme:dark){rect{fill:#0b130f}.g{stroke:#18231d}.d{fill:#2a3a32}}</style>' +
    `<rect ${frame}/><path class="g" d="${grid()}"/><path class="d" d="${doors(points)}"/></svg>`
  );
}
