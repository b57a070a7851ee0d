export const amount = (input: unknown): number => input as number;
