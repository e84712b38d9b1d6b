import { z } from 'zod';

export type AdminClient = {
  get(path: string): Promise<unknown>;
  post(path: string, body: object): Promise<{ id: string }>;
  put(path: string, body: object): Promise<unknown>;
  patch(path: string, body: object): Promise<unknown>;
  delete(path: string): Promise<unknown>;
};

const created = z.object({ id: z.string() });

/** Sends each request to the next node in turn. */
export function adminClient(origins: readonly string[], key: string): AdminClient {
  let requests = 0;
  async function send(method: string, path: string, content: object | null = null): Promise<unknown> {
    const origin = origins[requests++ % origins.length];
    const { type, body } = encode(content);
    const headers = { authorization: `Bearer ${key}`, 'if-match': '*', ...type };
    const response = await fetch(`${origin}/admin/v1${path}`, { method, headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }
  return {
    get: (path) => send('GET', path),
    post: async (path, body) => created.parse(await send('POST', path, body)),
    put: (path, body) => send('PUT', path, body),
    patch: (path, body) => send('PATCH', path, body),
    delete: (path) => send('DELETE', path),
  };
}

/** A form gets its content type from fetch. */
function encode(content: object | null): {
  type?: { 'content-type': string };
  body: string | FormData | null;
} {
  if (content === null || content instanceof FormData) return { body: content };
  return { type: { 'content-type': 'application/json' }, body: JSON.stringify(content) };
}
