/** Conversations that are recorded, and those that are connected with somebody else. */
import { describe, expect, it } from 'vitest';
import { conversation, flowOf } from './conversation.ts';

describe('recording', () => {
  const flow = flowOf(
    {
      first: {
        type: 'play-and-record',
        speech: [{ text: 'Say your name, $flow.key.name.' }, { prompt: 'tone' }],
        maxMs: 9000,
        terminators: 'any',
        variable: 'voice',
        next: 'second',
      },
      second: { type: 'record', beep: false, next: 'third', variable: 'more', noRecording: 'silent' },
      third: { type: 'text-to-speech', text: 'Kept as $flow.key.voice' },
      silent: { type: 'text-to-speech', text: 'Nothing[{$flow.key.more|}]' },
    },
    { variables: [{ name: 'name' }] },
  );
  const begun = () =>
    conversation(flow, { variables: { name: 'Asha' } })
      .answers()
      .isRecorded('Say your name, Asha. [tone]');

  it('says the speech, then wants what the fields say, under the name of the widget', () => {
    begun()
      .wants({ kind: 'PLAY_AND_RECORD', widget: 'first', maxMs: 9000, terminators: 'any', silenceMs: 5000 })
      .recordingEnds('_play_and_record_1.gsm', 3000)
      .isRecorded()
      .wants({ kind: 'RECORD', widget: 'second', beep: false });
  });

  it('keeps the name of the recording, and says in the journey how it ended', () => {
    const talk = begun()
      .recordingEnds('one.gsm', 3000)
      .recordingEnds('two.gsm', 20)
      .knows({ voice: 'one.gsm', more: 'two.gsm' })
      .hears('Kept as one.gsm')
      .ends();
    expect(talk.notes).toContainEqual({
      widget: 'second',
      widgetType: 'record',
      event: 'RECORDED',
      data: { name: 'two.gsm', durationMs: 20, endedBy: 'SILENCE' },
    });
  });

  it('without a sound takes the branch for it, and leaves the variable empty', () => {
    begun()
      .recordingEnds('one.gsm', 0)
      .knows({ voice: '' })
      .recordingEnds('two.gsm', 0)
      .hears('Nothing[]')
      .ends();
  });

  it('that ends with the call is in the journey and in the variables, and leads nowhere', () => {
    const talk = begun().happens({
      type: 'HUNG_UP',
      with: { type: 'RECORDED', name: 'one.gsm', durationMs: 700, endedBy: 'HUNG_UP' },
    });
    expect(talk.effect).toEqual({ type: 'END' });
    expect(talk.state).toMatchObject({ widget: 'first', variables: { voice: 'one.gsm' } });
    expect(talk.notes.map(({ event }) => event).slice(-2)).toEqual(['RECORDED', 'HUNG_UP']);
  });

  it('another widget’s recording that ends with the call changes nothing', () => {
    const talk = conversation(flowOf({ first: { type: 'text-to-speech', text: 'Hello' } }))
      .answers()
      .happens({ type: 'HUNG_UP', with: { type: 'RECORDED', name: 'x', durationMs: 1, endedBy: 'LIMIT' } });
    expect(talk.notes.map(({ event }) => event)).not.toContain('RECORDED');
  });
});

describe('transfer', () => {
  const branches = { next: 'left', busy: 'busy', noAnswer: 'silent', failed: 'failed' };
  const says = (text: string) => ({ type: 'text-to-speech' as const, text });
  const flow = (
    over: Partial<Record<keyof typeof branches, string | undefined>> = {},
    to = '$flow.key.agent',
  ) =>
    flowOf(
      {
        first: {
          type: 'transfer',
          to,
          callerId: '$user.key.line',
          ringTimeoutMs: 20_000,
          ...branches,
          ...over,
        },
        left: says('They left.'),
        busy: says('Busy.'),
        silent: says('No answer.'),
        failed: says('Failed.'),
      },
      { variables: [{ name: 'agent' }] },
    );
  const begun = (over: Parameters<typeof flow>[0] = {}) =>
    conversation(flow(over), { variables: { agent: '+911140001000' }, userValues: { line: '+911140002000' } })
      .answers()
      .wants({
        type: 'TRANSFER',
        step: 1,
        to: '+911140001000',
        callerId: '+911140002000',
        ringTimeoutMs: 20_000,
      });

  it.each([
    ['ANSWERED', 'They left.'],
    ['BUSY', 'Busy.'],
    ['DECLINED', 'Busy.'],
    ['NO_ANSWER', 'No answer.'],
    ['INVALID', 'Failed.'],
    ['BLOCKED', 'Failed.'],
    ['UNKNOWN', 'Failed.'],
    ['constructor', 'Failed.'],
  ])('%s leads to "%s"', (outcome, heard) => {
    const talk = begun().transferEnds(outcome).hears(heard).ends();
    expect(talk.notes).toContainEqual(expect.objectContaining({ event: 'TRANSFERRED', data: { outcome } }));
  });

  it('a branch that is left out falls back: busy and no answer to failed, failed to next', () => {
    begun({ busy: undefined }).transferEnds('BUSY').hears('Failed.');
    begun({ noAnswer: undefined, failed: undefined }).transferEnds('NO_ANSWER').hears('They left.');
    begun({ failed: undefined, next: undefined }).transferEnds('FAILED').ends();
  });

  it('to what is no number rings nobody and counts as failed', () => {
    for (const agent of ['', 'reception', '12']) {
      const talk = conversation(flow(), { variables: { agent } }).answers().hears('Failed.');
      expect(talk.notes).toContainEqual(
        expect.objectContaining({ data: { outcome: 'NOT_PLACED', why: 'NO_NUMBER' } }),
      );
    }
  });

  it('shows the caller id of the call where its own comes out as no number', () => {
    conversation(flow(), { variables: { agent: '+911140001000' }, userValues: { line: 'Acme' } })
      .answers()
      .wants({ type: 'TRANSFER', callerId: undefined });
  });

  it('is asked for again under the same number after a crash', () => {
    begun().answers().wants({ type: 'TRANSFER', step: 1 });
  });

  it('shares its numbers with messages, so that no two ids meet', () => {
    const both = flowOf({
      first: { type: 'sms', text: 'Hello', next: 'connect' },
      connect: { type: 'transfer', to: '+911140001000', next: 'again' },
      again: { type: 'sms', text: 'Bye' },
    });
    conversation(both)
      .answers()
      .messageSettles('SENT')
      .wants({ type: 'TRANSFER', step: 2 })
      .transferEnds('ANSWERED')
      .wants({ type: 'SEND_SMS', step: 3 });
  });
});
