/** What the city switches on and off for itself (architecture §8). */
export { listModules } from './list-modules';
export { cardModules, type CityModule } from './module-list';
export { moduleRoles, switchModule, switchModuleInput, type SwitchRefusal } from './switch-module';
export { currentModules, isModuleOn, switchedModules, switchesOf, type ModuleSwitches } from './switches';
export type * from './views';
