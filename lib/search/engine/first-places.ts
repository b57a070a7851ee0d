/**
 * The first `most` of `count` things in the order of `isBefore`, without sorting the rest: a heap of the worst kept. `isBefore` must be a
 * strict total order, so that the same things always come in the same places.
 */
export function firstPlaces(count: number, most: number, isBefore: (a: number, b: number) => boolean): readonly number[] {
  const heap: number[] = [];
  const at = (place: number) => heap[place] ?? 0;
  const sink = () => {
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      if (left >= heap.length) return;
      const worse = left + 1 < heap.length && isBefore(at(left), at(left + 1)) ? left + 1 : left;
      if (!isBefore(at(place), at(worse))) return;
      [heap[place], heap[worse]] = [at(worse), at(place)];
      place = worse;
    }
  };
  const rise = () => {
    let place = heap.length - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!isBefore(at(above), at(place))) return;
      [heap[place], heap[above]] = [at(above), at(place)];
      place = above;
    }
  };
  for (let thing = 0; thing < count; thing += 1) {
    if (heap.length < most) {
      heap.push(thing);
      rise();
    } else if (most > 0 && isBefore(thing, at(0))) {
      heap[0] = thing;
      sink();
    }
  }
  return heap.toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
}
