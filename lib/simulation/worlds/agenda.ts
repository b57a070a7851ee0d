import type { Instant } from '@/lib/kernel';

type Entry = { readonly at: Instant; readonly turn: number; readonly go: (now: Instant) => void };

/** Things to happen, in the order of time; of two at one moment the one noted first. */
export function newAgenda() {
  const heap: Entry[] = [];
  let turns = 0;
  const isBefore = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.turn < b.turn);

  function note(at: Instant, go: Entry['go']): void {
    heap.push({ at, turn: (turns += 1), go });
    for (let child = heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!swapIf(child, parent)) return;
      child = parent;
    }
  }

  /** Brings the earlier of two to the front; says whether they changed places. */
  function swapIf(child: number, parent: number): boolean {
    const [low, high] = [heap[child], heap[parent]];
    if (!low || !high || !isBefore(low, high)) return false;
    heap[parent] = low;
    heap[child] = high;
    return true;
  }

  function next(): Entry | undefined {
    const [first] = heap;
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    heap[0] = last;
    for (let parent = 0; ;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      const [l, r] = [heap[left], heap[right]];
      const child = l && r && isBefore(r, l) ? right : left;
      if (!swapIf(child, parent)) return first;
      parent = child;
    }
  }

  /** Lets everything happen, also what is noted meanwhile. */
  function run(): void {
    for (let entry = next(); entry; entry = next()) entry.go(entry.at);
  }

  return { note, run };
}

export type Agenda = ReturnType<typeof newAgenda>;
