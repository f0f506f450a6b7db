import type { InjectionToken } from '@pertybot/core';
import type { LoginFlowRequest, LoginFlowResult } from './login-flow.js';

/** Logs in with a code that the owner types on any device. */
export interface DeviceCodeFlow {
  /**
   * Runs until somebody has logged in.
   * @throws OAuthError when the code expires, is denied, or the configuration is wrong
   * @throws the signal's reason when the request's signal fires
   */
  run(request: LoginFlowRequest): Promise<LoginFlowResult>;
}

/** Injection token of {@link DeviceCodeFlow}. */
export const DeviceCodeFlow: InjectionToken<DeviceCodeFlow> = Symbol.for('pertybot.DeviceCodeFlow');
