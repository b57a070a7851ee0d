import type { Model } from '../search/model';
import { distance } from './ride';
import type { Ride } from './ride';

/** `arrive`: the least cost from home to each point and of its saving, by walks through exactly the mask and so many optional stops. */
function workOutArrivals(ride: Ride): void {
  const { sure, count, most, leg, saving } = ride;
  const size = count + 1;
  const masks = 1 << sure;
  if (ride.arrive.length < masks * (most + 1) * size) ride.arrive = new Float64Array(2 * masks * (most + 1) * size);
  const { arrive } = ride;
  for (let used = 0; used <= most; used += 1) {
    for (let mask = 0; mask < masks; mask += 1) {
      for (let point = 0; point < count; point += 1) {
        const isSure = point < sure;
        let least = Infinity;
        const before = isSure ? mask ^ (1 << point) : mask;
        const earlier = isSure ? used : used - 1;
        if (earlier >= 0 && (!isSure || (mask & (1 << point)) !== 0)) {
          if (before === 0 && earlier === 0) least = leg[count * size + point] ?? 0;
          const from = (before * (most + 1) + earlier) * size;
          for (let other = 0; other < count; other += 1) {
            const cost = (arrive[from + other] ?? 0) + (leg[other * size + point] ?? 0);
            if (cost < least && other !== point) least = cost;
          }
          least += saving[point] ?? 0;
        }
        arrive[(mask * (most + 1) + used) * size + point] = least;
      }
    }
  }
  ride.hasArrivals = true;
}

/** A lower bound on every ride through one location, whose own saving is left out. Only after `leastRide`, and not for a crude one. */
export function leastThrough(ride: Ride, model: Model, location: number, perUnit: number): number {
  if (!ride.hasArrivals) workOutArrivals(ride);
  const { sure, count, most, points, saving, onward, arrive } = ride;
  if (most === 0) return Infinity;
  const size = count + 1;
  const full = (1 << sure) - 1;
  const legs = ride.estimate;
  for (let point = 0; point < count; point += 1) {
    legs[point] = points[point] === location ? Infinity : perUnit * distance(model, location, points[point] ?? 0);
  }
  const fromHome = perUnit * distance(model, location, -1);
  let best = Infinity;
  for (let mask = 0; mask <= full; mask += 1) {
    const rest = full ^ mask;
    for (let used = 0; used < most; used += 1) {
      let there = mask === 0 && used === 0 ? fromHome : Infinity;
      let row = (mask * (most + 1) + used) * size;
      for (let point = 0; point < count; point += 1) there = Math.min(there, (arrive[row + point] ?? 0) + (legs[point] ?? 0));
      if (there === Infinity) continue;
      const left = most - 1 - used;
      let on = rest === 0 ? 0 : Infinity;
      for (let stop = 0; stop < sure; stop += 1) {
        if ((rest & (1 << stop)) === 0) continue;
        on = Math.min(on, (legs[stop] ?? 0) + (onward[((rest ^ (1 << stop)) * (most + 1) + left) * size + stop] ?? 0));
      }
      row = (rest * (most + 1) + left - 1) * size;
      if (left > 0)
        for (let point = sure; point < count; point += 1)
          on = Math.min(on, (legs[point] ?? 0) + (saving[point] ?? 0) + (onward[row + point] ?? 0));
      best = Math.min(best, there + on);
    }
  }
  return best;
}
