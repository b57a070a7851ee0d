/** The part of autocannon used here; the package brings no types of its own. */
declare module 'autocannon' {
  type Run = {
    on(event: 'response', heard: (client: unknown, status: number, bytes: number, milliseconds: number) => void): void;
    on(event: 'reqError', heard: (error: Error) => void): void;
  };
  export default function autocannon(
    options: { readonly url: string; readonly connections: number; readonly duration: number },
    done: (error: Error | null) => void,
  ): Run;
}
