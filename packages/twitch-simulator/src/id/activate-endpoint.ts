import { accountsIn, chooseAccount } from './accounts.js';
import { consentPage, plainPage } from './consent-page.js';
import type { DeviceLogin } from './device-codes.js';
import { page } from './html.js';
import { type Endpoint, type IdAnswer, refusal } from './id-answer.js';
import type { IdRequest } from './id-request.js';
import type { IdWorld } from './id-world.js';

const codeForm = `<h1>Connect a device</h1>
<form method="get" action="/activate">
<p><label>The code that your device shows <input type="text" name="device-code" autofocus></label></p>
<div class="buttons"><button type="submit" class="main">Next</button></div>
</form>`;

/** `/activate`: the page on which a person lets a device in. */
export class ActivateEndpoint implements Endpoint {
  constructor(private readonly world: IdWorld) {}

  handle(request: IdRequest): IdAnswer {
    if (request.method !== 'GET' && request.method !== 'POST') return refusal(404, 'not found');
    const fields = request.method === 'POST' ? request.form : request.query;
    const code = fields.get('device-code');
    if (code === null) return { status: 200, html: page('Connect a device', codeForm) };
    const login = this.world.devices.byUserCode(code);
    if (login === undefined || login.state !== 'pending') {
      const text = 'That code is wrong, used or too old. Start again on your device.';
      return { status: 404, html: plainPage('Unknown code', text) };
    }
    if (request.method === 'POST') return this.decide(login, request.form);
    if (this.world.approveAs !== undefined) return this.approve(login, this.world.approveAs);
    const accounts = accountsIn(this.world);
    const hidden = [['device-code', login.userCode]] as const;
    const { client, scopes } = login;
    const action = '/activate';
    return {
      status: 200,
      html: consentPage({ clientName: client.name, scopes, accounts, action, hidden }),
    };
  }

  private decide(login: DeviceLogin, form: URLSearchParams): IdAnswer {
    if (form.get('decision') === 'approve') return this.approve(login, form.get('login') ?? '');
    login.state = 'denied';
    return { status: 200, html: plainPage('Denied', 'The device was not let in.') };
  }

  private approve(login: DeviceLogin, name: string): IdAnswer {
    const account = chooseAccount(this.world, name);
    if ('status' in account) return account;
    login.state = { approvedAs: account };
    return { status: 200, html: plainPage('Connected', 'You can go back to your device now.') };
  }
}
