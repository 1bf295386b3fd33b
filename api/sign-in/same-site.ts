/**
 * Cookies go along with whatever a browser sends, from any page: a call that changes something by a cookie counts only
 * when the browser says that a page of ours made it. Calls with a key need no such proof, no page can make one send it.
 */
import { ApiError } from '../errors.ts';

/** Methods that change nothing. */
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

function hostOf(url: string | null): string | undefined {
  try {
    return url === null ? undefined : new URL(url).host;
  } catch {
    return undefined;
  }
}

/**
 * `Sec-Fetch-Site` is the browser's own word, whatever proxies did to `Host`; browsers without it send `Origin`.
 * @param publicUrl where people reach the console, where that is not what `Host` says
 * @throws ApiError CROSS_SITE
 */
export function requireOwnPage(request: Request, publicUrl: string | undefined): void {
  if (SAFE.includes(request.method)) return;
  const site = request.headers.get('sec-fetch-site');
  if (site === 'same-origin') return;
  const origin = hostOf(request.headers.get('origin'));
  const ours = [request.headers.get('host') ?? new URL(request.url).host, hostOf(publicUrl ?? null)];
  if (site === null && origin !== undefined && ours.includes(origin)) return;
  throw new ApiError('CROSS_SITE', 'Only pages of this console may do this with a session.');
}
