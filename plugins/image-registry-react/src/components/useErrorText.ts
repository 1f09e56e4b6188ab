import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { errorSentence } from './errorSentence';
import { readError } from './readError';
import { useReasonText } from './ReasonText';

/** What browsers say when a request came to nothing. */
const NO_ANSWER = /failed to fetch|networkerror|load failed|fetch failed/i;

/**
 * The sentence of an error in the portal's language, with what to do about it:
 * by its reason and its wrong fields, else in the words of whoever refused.
 *
 * @public
 */
export function useErrorText(): (error: Error) => string {
  const t = useTranslate(imageRegistryTranslationRef);
  const reasonText = useReasonText();
  return error => {
    const { name, reason, remedy, problems } = readError(error);
    if (problems.length > 0) {
      return problems
        .map(each => `${each.path}: ${reasonText(each.reason)}`)
        .join('; ');
    }
    if (reason) {
      const sentence = reasonText(reason);
      return remedy
        ? t('error.withRemedy', { sentence, remedy: reasonText(remedy) })
        : sentence;
    }
    const message = errorSentence(error);
    if (name === 'NotAllowedError') {
      return t('error.forbidden', { message });
    }
    if (name === 'TypeError' && NO_ANSWER.test(message)) {
      return t('error.noAnswer');
    }
    return message;
  };
}
