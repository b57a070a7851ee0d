import type { Position } from './geo';

/** Metres east and south of a centre: what a drawn map is measured in. True enough over one city. */
export type MapPoint = { readonly x: number; readonly y: number };

const METRES_PER_DEGREE_OF_LATITUDE = 111_195;

/** Where a position lies on the city's map, in whole metres from the city's centre; y grows southwards, as on a page. */
export function onMap(position: Position, centre: Position): MapPoint {
  const shrink = Math.cos((centre.latitude * Math.PI) / 180);
  return {
    x: Math.round((position.longitude - centre.longitude) * METRES_PER_DEGREE_OF_LATITUDE * shrink),
    y: Math.round((centre.latitude - position.latitude) * METRES_PER_DEGREE_OF_LATITUDE),
  };
}

export type MapFrame = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The smallest frame of a given shape round all points, with some air; never less than `least` metres wide. */
export function frameAround(
  points: readonly MapPoint[],
  { ratio, air, least }: { readonly ratio: number; readonly air: number; readonly least: number },
): MapFrame {
  const xs = points.length === 0 ? [0] : points.map((point) => point.x);
  const ys = points.length === 0 ? [0] : points.map((point) => point.y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const needed = Math.max(right - left + 2 * air, (bottom - top + 2 * air) * ratio, least);
  const width = Math.round(needed * 1.1); // a pin stands above its point: room for it, more above than below
  const height = Math.round(width / ratio);
  return { x: Math.round((left + right - width) / 2), y: Math.round((top + bottom) / 2 - height * 0.53), width, height };
}
