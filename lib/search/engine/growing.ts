/** Whole numbers in a row that grows; typed, because a city has millions of them. */
export type GrowingNumbers = { values: Int32Array; length: number };
export type GrowingBytes = { values: Uint8Array; length: number };

export function growingNumbers(room = 8): GrowingNumbers {
  return { values: new Int32Array(room), length: 0 };
}

export function growingBytes(room = 8): GrowingBytes {
  return { values: new Uint8Array(room), length: 0 };
}

export function addNumber(row: GrowingNumbers, value: number): void {
  if (row.length === row.values.length) {
    const wider = new Int32Array(row.length * 2);
    wider.set(row.values);
    row.values = wider;
  }
  row.values[row.length] = value;
  row.length += 1;
}

export function addByte(row: GrowingBytes, value: number): void {
  if (row.length === row.values.length) {
    const wider = new Uint8Array(row.length * 2);
    wider.set(row.values);
    row.values = wider;
  }
  row.values[row.length] = value;
  row.length += 1;
}
