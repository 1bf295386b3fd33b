import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FlowDefinitionInput } from '../../../domain/flow/schema.ts';
import { MAX_ENTERED } from '../../../domain/flow/step.ts';
import { conversation, flowOf } from './conversation.ts';

const demo = (name: string): FlowDefinitionInput =>
  JSON.parse(readFileSync(new URL(`../../../local/demo/flows/${name}.json`, import.meta.url), 'utf8'));

const QUESTION = 'How was our service? Please press a key, from 1 for poor to 9 for excellent.';

describe('the demo survey', () => {
  it('greets by name, says the amount, stores the digit, thanks and hangs up', () => {
    conversation(demo('demo-survey'), { variables: { name: 'Asha', amount: '1,200' } })
      .answers()
      .hears('Hello Asha.')
      .hears('The amount of your last bill is 1,200 rupees.')
      .isAsked(QUESTION)
      .presses('7')
      .knows({ answer: '7' })
      .hears('You pressed 7. Thank you, and goodbye.')
      .ends();
  });

  it('sounds right for a row without a name and an amount', () => {
    conversation(demo('demo-survey')).answers().hears('Hello there.').isAsked(QUESTION);
  });

  it('asks a second time after silence, then says goodbye', () => {
    conversation(demo('demo-survey'))
      .answers()
      .hears('Hello there.')
      .isSilent()
      .isAsked(`We did not hear a key. ${QUESTION}`)
      .isSilent()
      .hears('Thank you for your time. Goodbye.')
      .ends();
  });

  it('ends at once when a machine answers', () => {
    conversation(demo('demo-survey')).machineAnswers().ends();
  });

  it('ends wherever the person hangs up, and keeps what was pressed', () => {
    const talk = conversation(demo('demo-survey')).answers().hears('Hello there.').presses('3').hangsUp();
    expect(talk.state).toMatchObject({ ended: true, keys: '3', variables: { answer: '3' } });
  });
});

describe('the demo notice', () => {
  it('is left with a machine, without waiting for a key', () => {
    conversation(demo('demo-notice'), { variables: { message: 'Stay indoors.' } })
      .machineAnswers()
      .hears('This is an important notice. Stay indoors.')
      .ends();
  });
});

describe('a menu', () => {
  const menu = flowOf({
    first: {
      type: 'menu',
      speech: [{ prompt: 'welcome' }, { text: 'Press 1 or star.' }],
      invalidSpeech: [{ text: 'That will not do.' }],
      attempts: 2,
      variable: 'choice',
      branches: { '1': 'one', '*': 'star' },
      noInput: 'nobody',
      invalid: 'wrong',
    },
    one: { type: 'text-to-speech', text: 'One.' },
    star: { type: 'text-to-speech', text: 'Star.' },
    nobody: { type: 'text-to-speech', text: 'Nobody there.' },
    wrong: { type: 'text-to-speech', text: 'Wrong key.' },
  });
  const begun = () => conversation(menu).answers().isAsked('[welcome] Press 1 or star.');

  it('goes where the key leads and keeps the key', () => {
    begun().presses('*').knows({ choice: '*' }).hears('Star.').ends();
  });

  it('asks again after a key without a branch, saying so first', () => {
    begun().presses('5').isAsked('That will not do. [welcome] Press 1 or star.').presses('1').hears('One.');
  });

  it('takes its own branches once the attempts are used up', () => {
    begun().presses('5').presses('6').hears('Wrong key.').ends();
    begun().presses('5').isSilent().hears('Nobody there.').ends();
  });

  it('remembers every key pressed, the wrong ones too', () => {
    expect(begun().presses('5').presses('1').state.keys).toBe('51');
  });
});

describe('gather', () => {
  const pin = flowOf({
    first: {
      type: 'gather',
      variable: 'pin',
      minDigits: 4,
      maxDigits: 4,
      attempts: 1,
      next: 'ok',
      noInput: 'none',
    },
    ok: { type: 'text-to-speech', text: 'Got $flow.key.pin' },
    none: { type: 'text-to-speech', text: 'None.' },
  });

  it('stores digits with their leading zeros', () => {
    conversation(pin).answers().presses('0042').knows({ pin: '0042' }).hears('Got 0042');
  });

  it('takes too few or too many digits for no answer', () => {
    conversation(pin).answers().presses('12').hears('None.');
    conversation(pin).answers().presses('12345').hears('None.');
  });

  it('with minDigits 0 takes the terminator alone for an answer, and silence for none', () => {
    const flow = flowOf({
      first: { type: 'gather', variable: 'v', minDigits: 0, attempts: 1, next: 'yes', noInput: 'no' },
      yes: { type: 'text-to-speech', text: 'Yes.' },
      no: { type: 'text-to-speech', text: 'No.' },
    });
    conversation(flow)
      .answers()
      .happens({ type: 'GATHERED', digits: '', endedBy: 'TERMINATOR' })
      .hears('Yes.');
    conversation(flow).answers().isSilent().hears('No.');
  });
});

describe('set variable and condition', () => {
  it('set from other variables and take the first case that holds', () => {
    const flow = flowOf(
      {
        first: {
          type: 'set-variable',
          variable: 'who',
          value: '$flow.key.city/$user.key.company',
          next: 'if',
        },
        if: {
          type: 'condition',
          cases: [
            { value: '$flow.key.amount', operator: 'gt', operand: '1000', next: 'rich' },
            { value: '$flow.key.who', operator: 'in', operand: ['x', 'PUNE/Acme'], next: 'pune' },
          ],
          else: 'other',
        },
        rich: { type: 'text-to-speech', text: 'Rich.' },
        pune: { type: 'text-to-speech', text: 'Pune.' },
        other: { type: 'text-to-speech', text: 'Other.' },
      },
      { variables: [{ name: 'city' }, { name: 'amount', default: '5' }] },
    );
    const userValues = { company: 'Acme' };
    conversation(flow, { userValues, variables: { amount: '1,001' } })
      .answers()
      .hears('Rich.');
    conversation(flow, { userValues, variables: { city: 'Pune' } })
      .answers()
      .hears('Pune.');
    conversation(flow, { userValues, variables: { amount: '' } })
      .answers()
      .hears('Other.');
  });

  it('keep account-wide values out of the journey', () => {
    const flow = flowOf({ first: { type: 'set-variable', variable: 'a', value: 'x$user.key.token' } });
    const talk = conversation(flow, { userValues: { token: 'secret' } })
      .answers()
      .knows({ a: 'xsecret' });
    expect(JSON.stringify(talk.notes)).not.toContain('secret');
  });
});

describe('messages', () => {
  const flow = flowOf(
    {
      first: { type: 'sms', text: 'Dear $flow.key.name, we called.', next: 'mail', failed: 'sorry' },
      mail: {
        type: 'email',
        to: '$flow.key.email',
        subject: 'For $flow.key.name',
        text: 'Hello $flow.key.name',
        html: '<b>$flow.key.name</b>',
        next: 'done',
      },
      sorry: { type: 'text-to-speech', text: 'Sorry.' },
      done: { type: 'text-to-speech', text: 'Done.' },
    },
    { variables: [{ name: 'name' }, { name: 'email' }] },
  );
  const variables = { name: 'A <b>\r\nBcc: x', email: 'a@example.com' };

  it('go to the person, numbered one after the other', () => {
    conversation(flow, { variables })
      .answers()
      .wants({ type: 'SEND_SMS', step: 1, to: '+919810000001', sender: undefined })
      .messageSettles('DELIVERED')
      .wants({ type: 'SEND_EMAIL', step: 2, to: 'a@example.com' })
      .messageSettles('SENT')
      .hears('Done.');
  });

  it('let no value into a header or into markup', () => {
    conversation(flow, { variables })
      .answers()
      .messageSettles('DELIVERED')
      .wants({ subject: 'For A <b> Bcc: x', html: '<b>A &lt;b&gt;\r\nBcc: x</b>' });
  });

  it('that did not arrive take the failed branch, unknown ones do not', () => {
    conversation(flow, { variables }).answers().messageSettles('UNDELIVERED').hears('Sorry.');
    conversation(flow, { variables }).answers().messageSettles('UNKNOWN').wants({ type: 'SEND_EMAIL' });
  });

  it('without an address are passed over', () => {
    conversation(flow).answers().messageSettles('SENT').hears('Done.');
  });

  it('keep their number when they are asked for again, so that nobody gets them twice', () => {
    conversation(flow, { variables }).answers().answers().wants({ type: 'SEND_SMS', step: 1 });
  });
});

describe('the interpreter', () => {
  it('asks again for what it awaits when an event comes that it does not await', () => {
    conversation(demo('demo-survey'))
      .answers()
      .happens({ type: 'MESSAGE_SETTLED', outcome: 'SENT' })
      .hears('Hello there.')
      .isSilent()
      .happens({ type: 'START', answeredBy: 'PERSON' })
      .isAsked(`We did not hear a key. ${QUESTION}`);
  });

  it('hangs up at the end of a path', () => {
    conversation(flowOf({ first: { type: 'text-to-speech', text: 'Bye.' } }))
      .answers()
      .hears('Bye.')
      .ends();
  });

  it('ends a flow that goes round in silence at the limit, within one step', () => {
    const round = flowOf({
      first: { type: 'set-variable', variable: 'a', value: '$flow.key.a.', next: 'second' },
      second: { type: 'set-variable', variable: 'b', value: '', next: 'first' },
    });
    const talk = conversation(round).answers().ends();
    expect(talk.state.entered).toBe(MAX_ENTERED);
    expect(talk.notes).toContainEqual(expect.objectContaining({ event: 'LIMIT' }));
  });

  it('hangs up where an unchecked flow leads nowhere', () => {
    conversation({ schemaVersion: 1, start: 'gone', widgets: {} }).answers().ends();
    conversation(flowOf({})).answers().ends();
  });

  it('reads no value off the prototype of a record', () => {
    conversation(flowOf({ first: { type: 'text-to-speech', text: 'Say $flow.key.constructor now' } }))
      .answers()
      .hears('Say now');
  });
});
