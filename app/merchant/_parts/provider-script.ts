type Look = { readonly overlays: 'dialog'; readonly variables: Readonly<Record<string, string>> };

type OnboardingForm = HTMLElement & {
  setOnLoaderStart(heard: () => void): void;
  setOnLoadError(heard: () => void): void;
  setOnExit(heard: () => void): void;
};

type ConnectClient = { create(form: 'account-onboarding'): OnboardingForm; update(changed: { appearance: Look }): void };

type ConnectInit = (options: {
  publishableKey: string;
  fetchClientSecret: () => Promise<string>;
  appearance: Look;
  locale: string;
}) => ConnectClient;

declare global {
  interface Window {
    StripeConnect?: { onLoad?: () => void; init?: ConnectInit };
  }
}

const SCRIPT = 'https://connect-js.stripe.com/v1.0/connect.js';

let loading: Promise<ConnectInit> | undefined;

/** Stripe's script of forms inside other people's pages. It defines elements, which a page can do once: it is asked for once and stays. */
export function connectScript(): Promise<ConnectInit> {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const ready = () => {
      const connect = window.StripeConnect;
      if (connect?.init) resolve(connect.init.bind(connect));
    };
    window.StripeConnect = { onLoad: ready };
    script.src = SCRIPT;
    script.onload = ready;
    script.onerror = () => {
      loading = undefined;
      script.remove();
      reject(new Error('the provider’s script did not load'));
    };
    document.head.append(script);
  });
  return loading;
}

/** What Stripe calls a colour, and what we call it. */
const colours: Readonly<Record<string, string>> = {
  colorPrimary: '--baltard',
  colorBackground: '--surface',
  colorText: '--ink',
  colorSecondaryText: '--ink-soft',
  colorBorder: '--line-strong',
  colorDanger: '--tomate',
  actionPrimaryColorText: '--baltard',
  buttonPrimaryColorBackground: '--baltard',
  buttonPrimaryColorText: '--on-baltard',
  formBackgroundColor: '--surface',
  formHighlightColorBorder: '--baltard',
  formAccentColor: '--baltard',
  offsetBackgroundColor: '--sunken',
};

/** Our colours of this moment (light or dark) and our type, as the form takes them: it knows no `oklch`, so each is painted and read back. */
export function ourLook(): Look {
  const style = getComputedStyle(document.documentElement);
  const variables: Record<string, string> = { fontFamily: getComputedStyle(document.body).fontFamily, borderRadius: '10px' };
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const paint = canvas.getContext('2d', { willReadFrequently: true });
  if (paint) {
    for (const [name, token] of Object.entries(colours)) {
      paint.fillStyle = style.getPropertyValue(token).trim();
      paint.fillRect(0, 0, 1, 1);
      const [red, green, blue] = paint.getImageData(0, 0, 1, 1).data;
      variables[name] = `rgb(${red}, ${green}, ${blue})`;
    }
  }
  return { overlays: 'dialog', variables };
}
