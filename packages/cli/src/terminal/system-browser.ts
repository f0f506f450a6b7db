import type { Browser } from '@pertybot/core';

type Environment = Readonly<Record<string, string | undefined>>;

/** The browser of the desktop on which PertyBot runs, if it runs on one. */
export class SystemBrowser implements Browser {
  constructor(
    private readonly environment: Environment = process.env,
    private readonly platform: NodeJS.Platform = process.platform,
  ) {}

  async open(url: string): Promise<boolean> {
    if (!this.hasDesktop()) return false;
    try {
      const { default: open } = await import('open');
      const browser = await open(url);
      // A browser that is missing only shows after the program that starts it was called.
      browser.on('error', () => {});
      browser.unref();
      return true;
    } catch {
      return false;
    }
  }

  private hasDesktop(): boolean {
    const { SSH_CONNECTION, SSH_TTY, CI, DISPLAY, WAYLAND_DISPLAY } = this.environment;
    if (SSH_CONNECTION || SSH_TTY || CI) return false;
    return this.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
  }
}
