/** What the city switches on and off for itself (architecture §8). */
export { listModules } from './list-modules';
export { moduleRoles, switchModule, switchModuleInput } from './switch-module';
export { currentModules, isModuleOn, readModules, switchedModules, switchesOf, type ModuleSwitches, whileModuleOn } from './switches';
export type * from './views';
