import { chicken } from './chicken';

export const egg = (): string => `from ${chicken.name}`;
