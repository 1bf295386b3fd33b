/** Reading a JSON body within a limit, whatever the client says its length is. */
import { ApiError } from './errors.ts';

/** For bodies that say nothing of their own limit. */
export const BODY_LIMIT_BYTES = 1024 * 1024;

const tooLarge = (limitBytes: number): ApiError =>
  new ApiError('BODY_TOO_LARGE', `The body may have at most ${limitBytes} bytes.`);

async function readText(request: Request, limitBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) throw tooLarge(limitBytes);
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) throw tooLarge(limitBytes);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new ApiError('MALFORMED_BODY', 'The body is not UTF-8.');
  }
}

/** @returns the text as sent and its value; `{}` for no body at all */
export async function readJson(
  request: Request,
  limitBytes: number,
): Promise<{ text: string; value: unknown }> {
  const text = await readText(request, limitBytes);
  if (text.trim() === '') return { text, value: {} };
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(type)) {
    throw new ApiError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.');
  }
  try {
    return { text, value: JSON.parse(text) as unknown };
  } catch (error) {
    throw new ApiError('MALFORMED_BODY', `The body is not JSON: ${(error as Error).message}.`);
  }
}
