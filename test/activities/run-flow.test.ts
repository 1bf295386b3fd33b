/** The flow runner: what a person hears, what is kept when, and what happens when a call ends too early. */
import { describe, expect, it } from 'vitest';
import { type CarryOut, runFlow } from '../../activities/run-flow.ts';
import type { JourneyEntry } from '../../domain/flow/journey.ts';
import type { FlowState, RecordedEvent } from '../../domain/flow/machine.ts';
import { type FlowDefinitionInput, flowDefinition } from '../../domain/flow/schema.ts';
import { startState } from '../../domain/flow/step.ts';
import { createSimulatedTrunk } from '../../providers/voice/simulated/index.ts';
import { phone } from '../support/phone.ts';
import { scratchDir } from '../support/scratch-dir.ts';

const survey: FlowDefinitionInput = {
  schemaVersion: 1,
  language: 'en-IN',
  start: 'start',
  variables: [{ name: 'name' }, { name: 'answer' }],
  widgets: {
    start: { type: 'start', next: 'greet' },
    greet: { type: 'text-to-speech', text: 'Good morning {$flow.key.name}, this is a survey.', next: 'ask' },
    ask: {
      type: 'gather',
      variable: 'answer',
      attempts: 2,
      speech: [{ text: 'Were you satisfied? Press a key from one to five.' }],
      next: 'thank',
      noInput: 'regret',
    },
    thank: { type: 'text-to-speech', text: 'You pressed {$flow.key.answer}. Many thanks.', next: 'end' },
    regret: { type: 'text-to-speech', text: 'We heard nothing. Goodbye.', next: 'end' },
    end: { type: 'hang-up' },
  },
};

const withWebhook: FlowDefinitionInput = {
  schemaVersion: 1,
  start: 'start',
  variables: [{ name: 'balance' }],
  widgets: {
    start: { type: 'start', next: 'look' },
    look: {
      type: 'webhook',
      method: 'GET',
      url: 'https://crm.example.com/balance',
      response: { balance: 'balance' },
      next: 'say',
    },
    say: { type: 'text-to-speech', text: 'Your balance is {$flow.key.balance}.', next: 'text' },
    text: { type: 'sms', text: 'Balance: {$flow.key.balance}', next: 'end' },
    end: { type: 'hang-up' },
  },
};

const balanceReply = async () => ({ status: 200, body: '{"balance": "42"}', error: undefined });
const noMail = async (): Promise<string> => 'REJECTED';
const noRecording: RecordedEvent = { type: 'RECORDED', name: 'x.gsm', durationMs: 0, endedBy: 'SILENCE' };

/** A place to keep checkpoints. */
function keeper() {
  const kept: { state: FlowState; entries: JourneyEntry[]; when: string }[] = [];
  return {
    kept,
    checkpoint: async (state: FlowState, entries: JourneyEntry[], when: 'MIDWAY' | 'END') => {
      kept.push({ state: structuredClone(state), entries, when });
    },
  };
}

describe('a flow on a call', () => {
  it('says, asks, keeps the answer, thanks and hangs up', async () => {
    const { run } = await phone('...1035')
      .answers()
      .hears('Good morning Asha')
      .hears('Were you satisfied')
      .presses('3')
      .hears('You pressed 3. Many thanks.')
      .ends('ANSWERED')
      .through(survey, { variables: { name: 'Asha' } });
    expect(run?.keys).toBe('3');
    expect(run?.state).toMatchObject({ ended: true, variables: { answer: '3' } });
    expect(run?.entries.at(-1)).toMatchObject({ event: 'HUNG_UP', at: '1970-01-01T00:00:00.000Z' });
  });

  it('asks a silent person again and then goes the silent way', async () => {
    const { run } = await phone('...1030')
      .answers()
      .hears('Were you satisfied')
      .hears('Were you satisfied')
      .hears('We heard nothing')
      .ends('ANSWERED')
      .through(survey);
    expect(run?.keys).toBe('');
  });

  it('ends when the person hangs up in the middle of a sentence, and asks nothing more', async () => {
    const { run, moments } = await phone('...1037')
      .answers()
      .hears('Good morning')
      .ends('ANSWERED')
      .through(survey, { variables: { name: 'Asha' } });
    expect(moments.filter(({ kind }) => kind === 'hears')).toHaveLength(1);
    expect(run?.state).toMatchObject({ ended: true, widget: 'greet' });
  });

  it('is not begun for those who do not answer', async () => {
    for (const [number, outcome] of [
      ['...1031', 'BUSY'],
      ['...1032', 'NO_ANSWER'],
      ['...1033', 'DECLINED'],
      ['...1034', 'INVALID'],
      ['...1038', 'FAILED'],
    ] as const) {
      const { run } = await phone(number).ends(outcome).through(survey);
      expect(run).toBeUndefined();
    }
  });

  it('tells the flow that a machine answered: without a branch for it nothing is said', async () => {
    const { moments } = await phone('...1039').answers().ends('MACHINE').through(survey);
    expect(moments.some(({ kind }) => kind === 'hears')).toBe(false);
  });
});

describe('webhooks and messages of a flow', () => {
  it('what a webhook answered is said and sent', async () => {
    const texts: string[] = [];
    await phone('...1030')
      .answers()
      .hears('Your balance is 42.')
      .ends('ANSWERED')
      .through(withWebhook, {
        carryOut: {
          webhook: balanceReply,
          sms: async ({ text, step, to }) => {
            texts.push(`${step} ${to} ${text}`);
            return 'DELIVERED';
          },
          email: noMail,
        },
      });
    expect(texts).toEqual(['1 +919800001030 Balance: 42']);
  });

  it('a person who hangs up while a webhook is pending ends the flow; the webhook is let finish first', async () => {
    let finished = false;
    const { run } = await phone('...1037')
      .answers()
      .ends('ANSWERED')
      .through(withWebhook, {
        carryOut: {
          webhook: async () => {
            await new Promise((resolve) => setTimeout(resolve, 50));
            finished = true;
            return balanceReply();
          },
          sms: async () => Promise.reject(new Error('no message may be sent to somebody who has gone')),
          email: noMail,
        },
      });
    expect(finished).toBe(true);
    expect(run?.state).toMatchObject({ ended: true, widget: 'look', messages: 0 });
  });

  it('an error of what carries them out does not end the call, and is told', async () => {
    const errors: string[] = [];
    await phone('...1030')
      .answers()
      .hears('Your balance is')
      .ends('ANSWERED')
      .through(withWebhook, {
        carryOut: {
          webhook: () => Promise.reject(new Error('one')),
          sms: () => Promise.reject(new Error('two')),
          email: noMail,
        },
        onError: (error, effect) => errors.push(`${effect} ${String(error)}`),
      });
    expect(errors).toEqual(['WEBHOOK Error: one', 'SEND_SMS Error: two']);
  });
});

describe('checkpoints', () => {
  it('a call that only speaks and asks costs one, at its end, with the whole journey', async () => {
    const { kept, checkpoint } = keeper();
    const { run } = await phone('...1035').answers().through(survey, { checkpoint, checkpoints: 'end' });
    expect(kept.map(({ when }) => when)).toEqual(['END']);
    expect(kept[0]?.entries).toEqual(run?.entries);
    expect(kept[0]?.state).toEqual(run?.state);
  });

  it('what reaches the outside world lies between two, so a crash neither forgets nor renumbers it', async () => {
    const { kept, checkpoint } = keeper();
    const carryOut = { webhook: balanceReply, sms: async () => 'DELIVERED', email: noMail };
    const options = { checkpoint, checkpoints: 'end', carryOut } as const;
    await phone('...1030').answers().through(withWebhook, options);
    const seen = kept.map(({ state, when }) => `${state.widget} ${state.messages} ${when}`);
    expect(seen).toEqual(['look 0 MIDWAY', 'say 0 MIDWAY', 'text 1 MIDWAY', 'end 1 MIDWAY', 'end 1 END']);
  });

  it('give every entry of the journey exactly once, in order', async () => {
    const { kept, checkpoint } = keeper();
    const { run } = await phone('...1035').answers().through(survey, { checkpoint });
    expect(kept.length).toBeGreaterThan(3);
    expect(kept.flatMap(({ entries }) => entries)).toEqual(run?.entries);
  });

  it('a run resumed from any of them asks again for what it awaited and comes to the same end', async () => {
    const { kept, checkpoint } = keeper();
    const { run } = await phone('...1035').answers().through(survey, { checkpoint });
    for (const { state } of kept) {
      const again = await phone('...1035').answers().through(survey, { state, resume: true });
      expect(again.run?.keys).toBe(run?.keys);
      expect(again.run?.state.variables).toEqual(run?.state.variables);
    }
  });
});

const withRecording: FlowDefinitionInput = {
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'say' },
    say: {
      type: 'play-and-record',
      speech: [{ text: 'Please say your name.' }],
      maxMs: 5000,
      silenceMs: 0,
      variable: 'recording',
      next: 'thank',
      noRecording: 'regret',
    },
    thank: { type: 'text-to-speech', text: 'Thank you.' },
    regret: { type: 'text-to-speech', text: 'We heard nothing.' },
  },
};
/** Records without keeping books. */
const justRecord: CarryOut['record'] = async ({ maxMs, silenceMs, terminators, beep }, call) => {
  const result = await call.record({ name: 'name', maxMs, silenceMs, terminators, beep });
  return { type: 'RECORDED', name: 'name.gsm', ...result };
};

describe('recording and transferring in a flow', () => {
  it('says the question, records the person, and goes on with the name of the recording', async () => {
    const { run } = await phone('...1090')
      .answers()
      .hears('Please say your name.')
      .hears('Thank you.')
      .ends('ANSWERED')
      .through(withRecording, { carryOut: { record: justRecord } });
    expect(run?.state.variables).toMatchObject({ recording: 'name.gsm' });
    expect(run?.entries).toContainEqual(
      expect.objectContaining({
        event: 'RECORDED',
        data: { name: 'name.gsm', durationMs: 5000, endedBy: 'LIMIT' },
      }),
    );
  });

  it('a recording that the person ends by hanging up is in the journey, and nothing comes after it', async () => {
    const longer = structuredClone(withRecording);
    Object.assign(longer.widgets.say ?? {}, { maxMs: 60_000, speech: [{ text: 'Name?' }] });
    const { run, moments } = await phone('...1037')
      .answers()
      .ends('ANSWERED')
      .through(longer, { carryOut: { record: justRecord } });
    expect(run?.entries.map(({ event }) => event).slice(-2)).toEqual(['RECORDED', 'HUNG_UP']);
    expect(moments.filter(({ kind }) => kind === 'hears')).toHaveLength(1);
  });

  it('a recording that cannot be made counts as none, and the call goes on', async () => {
    const errors: unknown[] = [];
    await phone('...1090')
      .answers()
      .hears('We heard nothing.')
      .ends('ANSWERED')
      .through(withRecording, {
        carryOut: { record: () => Promise.reject(new Error('the disk is full')) },
        onError: (error) => errors.push(error),
      });
    expect(errors).toHaveLength(1);
  });

  it('is checkpointed after what the person has said, so that it is not asked for again', async () => {
    const { kept, checkpoint } = keeper();
    await phone('...1090')
      .answers()
      .ends('ANSWERED')
      .through(withRecording, { carryOut: { record: justRecord }, checkpoint, checkpoints: 'end' });
    expect(kept.map(({ state, when }) => `${when} ${state.widget}`)).toEqual(['MIDWAY thank', 'END thank']);
  });

  const withTransfer: FlowDefinitionInput = {
    schemaVersion: 1,
    start: 'start',
    widgets: {
      start: { type: 'start', next: 'connect' },
      connect: { type: 'transfer', to: '1800 123 4567', next: 'after', busy: 'busy' },
      after: { type: 'text-to-speech', text: 'Goodbye.' },
      busy: { type: 'text-to-speech', text: 'They are busy.' },
    },
  };

  it('a transfer is asked for once, checkpointed before and after, and its outcome leads on', async () => {
    const { kept, checkpoint } = keeper();
    const asked: string[] = [];
    await phone('...1030')
      .answers()
      .hears('They are busy.')
      .ends('ANSWERED')
      .through(withTransfer, {
        checkpoint,
        checkpoints: 'end',
        carryOut: {
          transfer: async ({ step, to }) => {
            asked.push(`${step} ${to}`);
            return { outcome: 'BUSY', hungUp: false };
          },
        },
      });
    expect(asked).toEqual(['1 1800 123 4567']);
    expect(kept.map(({ state }) => state.widget)).toEqual(['connect', 'busy', 'busy']);
  });

  it('a person who hangs up during a transfer ends the flow, with the outcome in the journey', async () => {
    const { run } = await phone('...1030')
      .answers()
      .ends('ANSWERED')
      .through(withTransfer, {
        carryOut: {
          transfer: async (_effect, call) => {
            await call.hangUp();
            return { outcome: 'ANSWERED', hungUp: true };
          },
        },
      });
    expect(run?.entries.slice(-2)).toMatchObject([
      { event: 'TRANSFERRED', data: { outcome: 'ANSWERED' } },
      { event: 'HUNG_UP' },
    ]);
  });

  it('a transfer nobody knows the end of goes the failed way, here on', async () => {
    const { run } = await phone('...1030')
      .answers()
      .hears('Goodbye.')
      .ends('ANSWERED')
      .through(withTransfer, { carryOut: { transfer: () => Promise.reject(new Error('no answer')) } });
    expect(run?.entries).toContainEqual(
      expect.objectContaining({ event: 'TRANSFERRED', data: { outcome: 'UNKNOWN' } }),
    );
  });
});

describe('breaking a run off', () => {
  it('leaves the call up for another to adopt, keeps the state, and rejects with the reason', async () => {
    const trunk = createSimulatedTrunk({ speed: 1, witnessDir: scratchDir() });
    const call = await trunk.place({
      attemptId: 'shutdown',
      to: '+919800001000',
      callerId: undefined,
      ringTimeoutMs: 30_000,
      maxCallMs: 600_000,
      detectMachine: true,
      awaitGreetingEnd: false,
      priorAttempts: 0,
    });
    const { kept, checkpoint } = keeper();
    const stop = new AbortController();
    const definition = flowDefinition.parse(survey);
    const running = runFlow({
      call,
      answeredBy: 'PERSON',
      definition,
      context: { userValues: {}, number: '+919800001000' },
      state: startState(definition, { variables: {} }),
      carryOut: {
        webhook: balanceReply,
        sms: noMail,
        email: noMail,
        record: async () => noRecording,
        transfer: async () => ({ outcome: 'FAILED', hungUp: false }),
      },
      checkpoint,
      checkpoints: 'end',
      now: () => new Date(0),
      signal: stop.signal,
    });
    stop.abort(new Error('the worker is stopping'));
    await expect(running).rejects.toThrow('the worker is stopping');
    expect(kept.at(-1)?.state).toMatchObject({ ended: false });
    expect(await trunk.reconcile('shutdown')).toMatchObject({ kind: 'LIVE' });
    await trunk.close();
  });
});
