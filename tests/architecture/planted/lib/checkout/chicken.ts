// breaks no-cycles, with egg.ts
import { egg } from './egg';

export const chicken = (): string => `from ${egg.name}`;
