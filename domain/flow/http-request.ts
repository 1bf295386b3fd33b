/**
 * Makes the HTTP request of a webhook widget from its templates. Values from lists and callers are put in
 * encoded for the place they stand in, so a quote in a name breaks no JSON and a slash opens no other path.
 */
import { parseTemplate, type Rendered, renderTemplate, type TemplateValues } from '../template.ts';
import type { FlowEffect } from './machine.ts';

/** The templates of a request. */
export interface RequestTemplates {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  query: Record<string, string>;
  body?: string | undefined;
  timeoutMs: number;
}

type WebhookEffect = Extract<FlowEffect, { type: 'WEBHOOK' }>;

/** Why no request can be made. These words are values of `$flow.key.error_reason`. */
export type RequestFault = 'INVALID_FLOW_VAR' | 'INVALID_URL' | 'INVALID_HEADER' | 'BODY_TOO_LARGE';

/** Longest body once filled in, in characters. */
const MAX_BODY_LENGTH = 256 * 1024;
/** What common servers accept as a request line. */
const MAX_URL_LENGTH = 8000;

/** The request, or why there can be none. Never throws. */
export function httpRequest(
  templates: RequestTemplates,
  values: TemplateValues,
): { effect: WebhookEffect } | { fault: RequestFault } {
  let unresolved = false;
  const fill = (text: string, encode?: (value: string, partIndex: number) => string): string => {
    const rendered: Rendered = renderTemplate(parseTemplate(text), values, encode);
    unresolved ||= rendered.unresolved.length > 0;
    return rendered.text;
  };
  const filledUrl = fill(templates.url, encodeUrlPart);
  const query = Object.entries(templates.query).map(([name, text]): [string, string] => [name, fill(text)]);
  const headers = Object.entries(templates.headers).map(([name, text]): [string, string] => [
    name.toLowerCase(),
    fill(text).trim(),
  ]);
  const contentType = headers.find(([name]) => name === 'content-type')?.[1];
  if (templates.body !== undefined && contentType === undefined) {
    headers.push(['content-type', 'application/json']);
  }
  const body =
    templates.body === undefined
      ? undefined
      : fill(templates.body, bodyEncoding(contentType ?? 'application/json'));
  if (unresolved) return { fault: 'INVALID_FLOW_VAR' };
  const url = address(filledUrl, query, templates.url);
  if (url === undefined) return { fault: 'INVALID_URL' };
  if (headers.some(([, value]) => !HEADER_VALUE.test(value))) return { fault: 'INVALID_HEADER' };
  if (body !== undefined && body.length > MAX_BODY_LENGTH) return { fault: 'BODY_TOO_LARGE' };
  const { method, timeoutMs } = templates;
  return { effect: { type: 'WEBHOOK', method, url, headers: Object.fromEntries(headers), body, timeoutMs } };
}

// RFC 9110, section 5.5: visible characters, spaces and tabs; no line breaks, which would start a new header.
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]{0,4096}$/;

/** A variable the URL begins with is an address of its own; any other is one piece of a path or query. */
const encodeUrlPart = (value: string, partIndex: number): string =>
  partIndex === 0 ? value : encodeText(value);

/** Percent-encoding that does not throw at half a surrogate pair. */
const encodeText = (value: string): string => encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'));

function bodyEncoding(contentType: string): (value: string) => string {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json' || type.endsWith('+json'))
    return (value) => JSON.stringify(value).slice(1, -1);
  if (type === 'application/x-www-form-urlencoded') return encodeText;
  return (value) => value;
}

/** The whole URL; `undefined` if it is none, or is plain http without the flow's own text saying so. */
function address(filled: string, query: [string, string][], template: string): string | undefined {
  if (!URL.canParse(filled)) return undefined;
  const url = new URL(filled);
  const plainHttpMeant = /^http:\/\//i.test(template);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && plainHttpMeant)) return undefined;
  for (const [name, value] of query) url.searchParams.append(name, value);
  return url.href.length > MAX_URL_LENGTH ? undefined : url.href;
}
