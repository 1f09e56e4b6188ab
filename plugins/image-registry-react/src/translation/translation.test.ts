import {
  referenceReasonCodes,
  ruleReasonCodes,
  translationNoteCodes,
} from '@slipway/backstage-plugin-image-registry-common';
import { messages } from './messages';
import { reasonMessages } from './reasonMessages';
import chinese from './zh';

const placeholders = (message: string) =>
  (message.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('translations', () => {
  it.each([
    ...referenceReasonCodes,
    ...ruleReasonCodes,
    ...translationNoteCodes,
  ])('words the reason %s', code => {
    expect(reasonMessages).toHaveProperty([`reason.${code}`]);
  });

  it.each(Object.entries(messages))(
    'names in Chinese the values that English names: %s',
    (key, english) => {
      expect(placeholders(chinese[key as keyof typeof messages])).toEqual(
        placeholders(english),
      );
    },
  );

  it('has no English left in Chinese sentences', () => {
    const untranslated = Object.entries(chinese).filter(
      ([key, text]) =>
        text === messages[key as keyof typeof messages] && text.includes(' '),
    );
    expect(untranslated).toEqual([]);
  });
});
