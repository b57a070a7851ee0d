async function work(): Promise<void> {
  await Promise.resolve();
}

export function start(): void {
  work();
}
