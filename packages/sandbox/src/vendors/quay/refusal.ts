import { jsonAnswer, VendorAnswer } from '../VendorAnswer';

/** An error in the form of Quay's API. */
export function refusal(
  status: number,
  type: string,
  message: string,
): VendorAnswer {
  return jsonAnswer(
    {
      detail: message,
      error_message: message,
      error_type: type,
      title: type,
      type: `https://quay.io/api/v1/error/${type}`,
      status,
    },
    { status },
  );
}
