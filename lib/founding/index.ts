/** How a city begins: its own row in an empty database, the law's rates, the departments, its addresses and its first admin; and who runs it, ever after. */
export { AddressFileError } from './address-file';
export { changeCity, type ChangeCityRefusal, cityInput } from './change-city';
export { type CityFile, type CityFileRefusal, cityTemplate, readCityFile } from './city-file';
export { foundCity, type FoundRefusal, type Reference } from './found-city';
export { getOpening } from './get-opening';
export { renewAddresses, type RenewAddressesRefusal } from './renew-addresses';
export type * from './views';
