/** Who asks, and the key of the machine that answered the first time (SHA-256, hexadecimal); undefined when it is the first time. */
export type Login = { readonly username: string; readonly password: string; readonly hostKey: string | undefined };

/** What another system is asked. The body is text that is ready to be sent. */
export type Question = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** For addresses of SFTP. */
  readonly login?: Login | undefined;
};

/** What it answered, whatever the status. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type AskLimits = {
  readonly allowPrivate: boolean;
  readonly waitMs: number;
  readonly mostBytes: number;
  /** Tests lead the addresses of services to their doubles. */
  readonly reroute?: (address: string) => string;
};
