import { describe, expect, it } from 'vitest';
import type { FlowDefinitionInput } from '../../../domain/flow/schema.ts';
import { type Circumstances, conversation, flowOf } from './conversation.ts';

type WebhookFields = Omit<Extract<FlowDefinitionInput['widgets'][string], { type: 'webhook' }>, 'type'>;

const ask = (fields: WebhookFields, circumstances: Circumstances = {}) =>
  conversation(
    flowOf(
      {
        first: { type: 'webhook', next: 'after', failed: 'failed', ...fields },
        after: { type: 'text-to-speech', text: 'After.' },
        failed: { type: 'text-to-speech', text: 'Failed: $flow.key.error_reason' },
      },
      { variables: [{ name: 'name' }, { name: 'id' }] },
    ),
    circumstances,
  ).answers();

describe('a webhook', () => {
  it('puts each value in as the place it stands in needs it', () => {
    const talk = ask(
      {
        method: 'PUT',
        url: '$user.key.base/people/$flow.key.id?from=list',
        query: { name: '$flow.key.name', phone: '$flow.key.number' },
        headers: { Authorization: 'Bearer $user.key.token' },
        body: '{"name": "$flow.key.name", "id": $flow.key.id}',
      },
      {
        variables: { name: 'O"Brien & Söhne\n', id: '7/8' },
        userValues: { base: 'https://crm.example/api', token: 't0k' },
      },
    );
    talk.wants({
      type: 'WEBHOOK',
      method: 'PUT',
      url: 'https://crm.example/api/people/7%2F8?from=list&name=O%22Brien+%26+S%C3%B6hne%0A&phone=%2B919810000001',
      headers: { authorization: 'Bearer t0k', 'content-type': 'application/json' },
      body: '{"name": "O\\"Brien & Söhne\\n", "id": 7/8}',
      timeoutMs: 5000,
    });
  });

  it('encodes a form as a form, and leaves plain text as it is', () => {
    const variables = { name: 'a&b=c' };
    const body = 'n=$flow.key.name';
    const url = 'https://a.example/';
    const form = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' };
    ask({ url, body, headers: form }, { variables }).wants({ body: 'n=a%26b%3Dc' });
    ask({ url, body, headers: { 'content-type': 'text/plain' } }, { variables }).wants({ body: 'n=a&b=c' });
  });

  it.each([
    ['url', { url: 'https://a.example/$flow.key.name' }],
    ['header', { url: 'https://a.example/', headers: { 'x-name': '$flow.key.name' } }],
    ['query', { url: 'https://a.example/', query: { name: '$flow.key.name' } }],
    ['body', { url: 'https://a.example/', body: '$flow.key.name' }],
    ['account-wide value', { url: 'https://a.example/', body: '$user.key.gone' }],
  ])('is not made when a variable of its %s has no value', (_, fields) => {
    ask(fields)
      .knows({ response_error: 'true', error_reason: 'INVALID_FLOW_VAR' })
      .hears('Failed: INVALID_FLOW_VAR');
  });

  it('is made when a default, even an empty one, stands in for the value', () => {
    ask({ url: 'https://a.example/{$flow.key.id|none}', body: '"{$flow.key.name|}"' }).wants({
      url: 'https://a.example/none',
      body: '""',
    });
  });

  it('fills variables from paths into the response, and leaves those it lacks empty', () => {
    ask({
      url: 'https://a.example/',
      response: {
        city: 'people.0.city',
        age: 'people.0.age',
        all: 'people',
        none: 'people.5.x',
        proto: 'toString',
      },
    })
      .serverReplies(200, { people: [{ city: 'Pune', age: 41 }] })
      .knows({
        city: 'Pune',
        age: '41',
        all: '[{"city":"Pune","age":41}]',
        none: '',
        proto: '',
        response_error: 'false',
        error_reason: '',
      })
      .hears('After.');
  });

  it.each([
    ['a status that is no success', 503, '', undefined, 'HTTP_503'],
    ['a body that is not JSON though some is wanted', 200, '<html>', undefined, 'INVALID_RESPONSE'],
    ['a body nested too deep to be kept', 200, '['.repeat(60_000) + ']'.repeat(60_000), undefined, undefined],
    ['no response', 0, '', 'TIMEOUT', 'TIMEOUT'],
    ['no response for a reason that is no word', 0, '', 'connect ECONNREFUSED 10.0.0.1', 'NO_RESPONSE'],
  ])('tells the flow of %s', (_, status, body, error, reason) => {
    const talk = ask({ url: 'https://a.example/', response: { v: '0' } }).serverReplies(status, body, error);
    if (reason === undefined) expect(talk.state.variables.response_error).toMatch(/true|false/);
    else talk.knows({ response_error: 'true', error_reason: reason }).hears(`Failed: ${reason}`);
  });

  it('goes on as next where no failed branch is given', () => {
    ask({ url: 'https://a.example/', failed: undefined }).serverReplies(500, '').hears('After.');
  });

  it('is not turned to plain http, another scheme or nonsense by a value', () => {
    for (const base of ['http://a.example', 'file:///etc/passwd', 'nonsense']) {
      ask({ url: '$user.key.base/x' }, { userValues: { base } }).knows({ error_reason: 'INVALID_URL' });
    }
  });

  it('lets no value start a header of its own', () => {
    const variables = { name: 'a\r\nX-Evil: 1' };
    ask({ url: 'https://a.example/', headers: { 'x-name': '$flow.key.name' } }, { variables }).knows({
      error_reason: 'INVALID_HEADER',
    });
  });

  it('keeps values that PostgreSQL can store: no NUL, no half pairs, not too long', () => {
    const talk = ask({ url: 'https://a.example/', response: { v: 'v' } }).serverReplies(
      200,
      `{"v":"a\\u0000b\\ud800${'x'.repeat(9000)}"}`,
    );
    expect(talk.state.variables.v).toMatch(/^abx+$/);
    expect(talk.state.variables.v?.length).toBeLessThanOrEqual(4096);
  });
});
