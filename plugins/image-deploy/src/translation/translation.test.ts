import { messages } from './messages';
import chinese from './zh';

const placeholders = (message: string) =>
  (message.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('translations', () => {
  it.each(Object.entries(messages))(
    'names in Chinese the values that English names: %s',
    (key, english) => {
      expect(placeholders(chinese[key as keyof typeof messages])).toEqual(
        placeholders(english),
      );
    },
  );

  it('has no English left in Chinese sentences', () => {
    const withoutValues = (text: string) => text.replace(/\{\{\w+\}\}/g, '');
    const untranslated = Object.entries(chinese).filter(
      ([key, text]) =>
        text === messages[key as keyof typeof messages] &&
        /[a-z] [a-z]/i.test(withoutValues(text)),
    );
    expect(untranslated).toEqual([]);
  });
});
