import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseTemplate,
  referencesOf,
  renderSentence,
  renderTemplate,
  renderText,
  variableName,
} from '../../domain/template.ts';

const values = {
  flow: { name: 'Asha', empty: '', 'due-date': '1 May', a_1: 'x', tricky: '$flow.key.name {$user.key.k|d}' },
  user: { company: 'Acme' },
  number: '+911',
};

describe('variables in text', () => {
  it.each([
    ['Hello $flow.key.name.', 'Hello Asha.'],
    ['$flow.key.name', 'Asha'],
    ['$flow.key.name$flow.key.name', 'AshaAsha'],
    ['($flow.key.due-date)', '(1 May)'],
    ['$flow.key.a_1-$flow.key.name', 'x-Asha'],
    ['$flow.key.name, of $user.key.company', 'Asha, of Acme'],
    ['call $flow.key.number', 'call +911'],
    ['{$flow.key.name}s', 'Ashas'],
    ['{$flow.key.name|there}', 'Asha'],
    ['{$flow.key.empty|there}', 'there'],
    ['{$flow.key.unknown|dear friend of $5}', 'dear friend of $5'],
    ['{$flow.key.empty|}!', '!'],
    ['{"a": "$flow.key.name"}', '{"a": "Asha"}'],
    ['[$flow.key.unknown]', '[]'],
    ['$flow.key.tricky', '$flow.key.name {$user.key.k|d}'],
    ['$flow.name $flow.keys.name $Flow.key.name', '$flow.name $flow.keys.name $Flow.key.name'],
    ['$user.key.number|', '|'],
  ])('%s becomes %s', (text, rendered) => {
    expect(renderText(text, values)).toBe(rendered);
  });

  it.each([
    ['Hello $flow.key.empty, welcome', 'Hello, welcome'],
    ['Dear $flow.key.empty your bill', 'Dear your bill'],
    ['नमस्ते $flow.key.empty।', 'नमस्ते।'],
    ['Two  spaces stay, $flow.key.name', 'Two  spaces stay, Asha'],
  ])('the sentence "%s" closes the space an empty value leaves: "%s"', (text, rendered) => {
    expect(renderSentence(text, values)).toBe(rendered);
  });

  it.each([
    '$flow.key.',
    '$user.key. x',
    `$flow.key.${'n'.repeat(65)}`,
    '{$flow.key.name|open',
    '{$flow.key.-|x}',
  ])('%s is reported as malformed and left in the text', (text) => {
    expect(parseTemplate(text).malformed).toHaveLength(1);
    expect(renderText(text, { ...values, flow: { name: '$flow.key.name' } })).toBe(text);
  });

  it('without a value are listed once, those with a default not at all', () => {
    const text = '$flow.key.empty $flow.key.empty $user.key.x {$flow.key.y|}';
    const rendered = renderTemplate(parseTemplate(text), values);
    expect(rendered.unresolved).toEqual(['$flow.key.empty', '$user.key.x']);
  });

  it('of every name that is allowed are found between any words, and text without any is left as it is', () => {
    const names = fc.stringMatching(/^[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}[A-Za-z0-9_])?$/);
    const words = fc.string({ unit: 'binary' }).filter((text) => !/[$A-Za-z0-9_{|-]/.test(text));
    fc.assert(
      fc.property(words, names, words, (before, name, behind) => {
        fc.pre(name !== '__proto__' && name !== 'number');
        expect(variableName.safeParse(name).success).toBe(true);
        const text = `${before}$flow.key.${name}${behind}`;
        expect(referencesOf(text)).toEqual([{ scope: 'flow', name, fallback: undefined }]);
        expect(renderText(text, { flow: { [name]: 'V' }, user: {}, number: '' })).toBe(`${before}V${behind}`);
        expect(renderText(before, values)).toBe(before);
      }),
    );
  });
});
