/** What finds bar codes in a picture: the browser's own detector, or ZXing compiled to WebAssembly. */
export type CodeReader = { readonly kind: 'native' | 'wasm'; read(video: HTMLVideoElement): Promise<string | undefined> };

const formats = ['ean_13', 'ean_8', 'upc_a', 'upc_e'] as const;

type Detector = { detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]> };
type DetectorMaker = {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
};

declare global {
  interface Window {
    readonly BarcodeDetector?: DetectorMaker;
  }
}

async function native(): Promise<Detector | undefined> {
  const maker = window.BarcodeDetector;
  if (maker === undefined) return undefined;
  try {
    const known = await maker.getSupportedFormats();
    return known.includes('ean_13') ? new maker({ formats: formats.filter((format) => known.includes(format)) }) : undefined;
  } catch {
    return undefined;
  }
}

/** Loaded when a camera is on and the browser cannot read codes itself; served by us, nobody else is asked. */
async function compiled(): Promise<Detector> {
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill');
  await prepareZXingModule({ overrides: { locateFile: () => '/merchant/scanner.wasm' }, fireImmediately: true });
  return new BarcodeDetector({ formats: [...formats] });
}

/** The quicker of the two this browser has. Errors: throws where neither can be loaded. */
export async function openReader(): Promise<CodeReader> {
  const own = await native();
  const detector = own ?? (await compiled());
  return {
    kind: own ? 'native' : 'wasm',
    read: async (video) => (await detector.detect(video))[0]?.rawValue,
  };
}
