import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from './run-pertybot.js';

const program = join(repository, 'node_modules/yaml-language-server/bin/yaml-language-server');

/** What the server says of a line. */
export interface Diagnostic {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

interface Told {
  readonly uri: string;
  readonly diagnostics: readonly {
    readonly range: { readonly start: { readonly line: number } };
    readonly message: string;
  }[];
}

const settings = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };

/** The YAML language server that editors start, as a process of its own over stdio. */
export class LanguageServer {
  private readonly child: ChildProcess;
  private readonly answers = new Map<number, (result: unknown) => void>();
  private readonly told = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  private received = Buffer.alloc(0);
  private count = 0;

  /** @param folder of the bot, in which the documents are */
  private constructor(private readonly folder: string) {
    this.child = spawn(process.execPath, [program, '--stdio'], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.child.stdout?.on('data', (part: Buffer) => this.take(part));
  }

  static async start(folder: string): Promise<LanguageServer> {
    const server = new LanguageServer(folder);
    const textDocument = {
      completion: { completionItem: { documentationFormat: ['plaintext'] } },
      hover: { contentFormat: ['plaintext'] },
    };
    const capabilities = { workspace: { configuration: true }, textDocument };
    const rootUri = pathToFileURL(folder).href;
    await server.request('initialize', { processId: process.pid, rootUri, capabilities });
    server.send({ method: 'initialized', params: {} });
    return server;
  }

  /** Opens a document, by its path from the folder. @returns what the server finds in it */
  open(name: string, text: string): Promise<readonly Diagnostic[]> {
    const uri = this.uriOf(name);
    const diagnostics = new Promise<readonly Diagnostic[]>((resolve) => {
      this.told.set(uri, resolve);
    });
    const textDocument = { uri, languageId: 'yaml', version: 1, text };
    this.send({ method: 'textDocument/didOpen', params: { textDocument } });
    return diagnostics;
  }

  /** What an editor offers at a place of an open document. @param line counted from 1 @param column from 1 */
  async complete(name: string, line: number, column: number): Promise<readonly string[]> {
    const answer = await this.at('textDocument/completion', { name, line, column });
    const items = Array.isArray(answer) ? answer : (answer as { items: unknown[] }).items;
    return items.map((item) => (item as { label: string }).label);
  }

  /** What an editor shows of a word of an open document. @param line counted from 1 @param column from 1 */
  async hover(name: string, line: number, column: number): Promise<string> {
    const answer = await this.at('textDocument/hover', { name, line, column });
    return JSON.stringify(answer);
  }

  async stop(): Promise<void> {
    this.child.kill();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, 'exit');
    }
  }

  private at(
    method: string,
    place: { readonly name: string; readonly line: number; readonly column: number },
  ): Promise<unknown> {
    const position = { line: place.line - 1, character: place.column - 1 };
    return this.request(method, { textDocument: { uri: this.uriOf(place.name) }, position });
  }

  private uriOf(name: string): string {
    return pathToFileURL(resolve(this.folder, name)).href;
  }

  private request(method: string, params: unknown): Promise<unknown> {
    this.count += 1;
    const id = this.count;
    const answer = new Promise((resolve) => this.answers.set(id, resolve));
    this.send({ id, method, params });
    return answer;
  }

  private send(message: Message): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.child.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  private take(part: Buffer): void {
    this.received = Buffer.concat([this.received, part]);
    for (;;) {
      const head = this.received.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(this.received.toString('latin1'))?.[1]);
      const end = head + 4 + length;
      if (head < 0 || this.received.length < end) return;
      const message = JSON.parse(this.received.subarray(head + 4, end).toString('utf8'));
      this.received = this.received.subarray(end);
      this.hear(message);
    }
  }

  private hear({ id, method, params, result }: Message): void {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as Told;
      const found = diagnostics.map(({ range, message }) => ({
        line: range.start.line + 1,
        message,
      }));
      this.told.get(uri)?.(found);
    } else if (method === 'workspace/configuration' && id !== undefined) {
      const { items } = params as { items: readonly { readonly section?: string }[] };
      this.send({ id, result: items.map(({ section }) => (section === 'yaml' ? settings : {})) });
    } else if (method !== undefined && id !== undefined) this.send({ id, result: null });
    else if (id !== undefined) this.answers.get(id)?.(result);
  }
}
