/**
 * Reads of typed arrays whose index is in range by construction. One function for each kind of array keeps them monomorphic,
 * which is what makes the search fast.
 */
export function real(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}

/** An element of an array of whole numbers. */
export function whole(values: Int32Array, index: number): number {
  return values[index] ?? 0;
}

/** An element of an array of flags and small states. */
export function flag(values: Uint8Array, index: number): number {
  return values[index] ?? 0;
}
