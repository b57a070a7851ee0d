/** The merchants' side of the payment provider: their accounts, what is moved into them and on to their banks, disputes, its books. */
export { type AccountRow, listAccounts, lockAccounts, openAccount, openAccounts, reportAccount } from './accounts';
export { demoReference, type DemoWebhook, noteDemoEntry, oweDemoWebhook } from './demo-books';
export { openDemoDispute } from './demo-merchants';
export { merchantEventOf } from './messages';
export { leaveOnboarding, onboardingFormKey, openOnboardingForm, startOnboarding } from './onboarding';
export { type EntryKind, entryKinds, type MerchantProvider, type ProviderEntry } from './port';
export { currentMerchantProvider, merchantProvider } from './providers';
