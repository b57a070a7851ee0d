/** The first `most` of what is offered: a heap of the worst kept. */
export type FirstKept<Thing> = {
  /** False when it comes after everything kept and there is no room: in a row that is in order the rest need not be offered. */
  readonly offer: (thing: Thing) => boolean;
  readonly inOrder: () => readonly Thing[];
};

/** `isBefore` must be a strict total order, so that the same things always come in the same places. */
export function keepFirst<Thing>(most: number, isBefore: (a: Thing, b: Thing) => boolean): FirstKept<Thing> {
  const heap: Thing[] = [];
  /** Is the one at `place` better than the one at `other`? What is not there is better than anything. */
  const isBetter = (place: number, other: number) => {
    const [one, two] = [heap[place], heap[other]];
    return one === undefined || (two !== undefined && isBefore(one, two));
  };
  const swap = (one: number, other: number) => {
    const [first, second] = [heap[one], heap[other]];
    if (first === undefined || second === undefined) return;
    heap[one] = second;
    heap[other] = first;
  };
  const sink = () => {
    for (let place = 0; ;) {
      const left = 2 * place + 1;
      const worse = isBetter(left, left + 1) ? left + 1 : left;
      if (worse >= heap.length || !isBetter(place, worse)) return;
      swap(place, worse);
      place = worse;
    }
  };
  const rise = () => {
    for (let place = heap.length - 1; place > 0;) {
      const above = (place - 1) >> 1;
      if (!isBetter(above, place)) return;
      swap(above, place);
      place = above;
    }
  };
  return {
    offer: (thing) => {
      const worst = heap[0];
      if (heap.length < most) {
        heap.push(thing);
        rise();
        return true;
      }
      if (worst === undefined || !isBefore(thing, worst)) return false;
      heap[0] = thing;
      sink();
      return true;
    },
    inOrder: () => heap.toSorted((a, b) => (isBefore(a, b) ? -1 : 1)),
  };
}

/** The first `most` of the numbers below `count`, without sorting the rest. */
export function firstPlaces(count: number, most: number, isBefore: (a: number, b: number) => boolean): readonly number[] {
  const first = keepFirst(most, isBefore);
  for (let thing = 0; thing < count; thing += 1) first.offer(thing);
  return first.inOrder();
}
