import { quotedAnswer } from './quotedAnswer';

describe('quotedAnswer', () => {
  it.each<[unknown, string]>([
    ['The key hunter22\n\t is\u0000 wrong', ' (The key [redacted] is wrong)'],
    ['x'.repeat(500), ` (${'x'.repeat(200)})`],
    [' \n', ''],
    [undefined, ''],
    [{ message: 'no text' }, ''],
  ])('of %j is on one line, short and without secrets', (message, quoted) => {
    expect(quotedAnswer(message, ['hunter22'])).toBe(quoted);
  });
});
