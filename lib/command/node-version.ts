/** Node that the libraries were tried with; older ones fail later and less clearly. */
const OLDEST_NODE = [22, 18] as const;

/** What to tell whoever starts Halles with a Node that is too old; undefined when it will do. */
export function whyWrongNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return undefined;
  return `Halles needs Node ${OLDEST_NODE.join('.')} or newer, and this is ${version}: install the current Node, or run "npm ci" again with optional packages, which bring one.`;
}
