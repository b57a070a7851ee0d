/** What somebody who tries the demo may have their bank send. `exact` is what is still missing, or the amount once more; `late` is heard of later. */
export const demoTransferKinds = ['exact', 'part', 'too-much', 'twice', 'late'] as const;
export type DemoTransferKind = (typeof demoTransferKinds)[number];
