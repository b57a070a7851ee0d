export * from './promises';
export * from './views';
