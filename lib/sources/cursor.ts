/** A cursor in two parts: which list is being read, and where in it. Connectors whose goods and figures come apart read one after the other. */
export type Phase<Name extends string> = { readonly phase: Name; readonly at: string | undefined };

/** Reads a cursor; the beginning of the first list where there is none. */
export function readPhase<Name extends string>(cursor: string | undefined, names: readonly [Name, ...Name[]]): Phase<Name> {
  const [name, ...rest] = (cursor ?? '').split(':');
  const phase = names.find((one) => one === name) ?? names[0];
  const at = rest.join(':');
  return { phase, at: at === '' ? undefined : at };
}

/** Writes one. */
export const phaseText = (phase: string, at: string | number | undefined): string => `${phase}:${at ?? ''}`;
