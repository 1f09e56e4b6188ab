import { jsonAnswer, VendorAnswer } from '../VendorAnswer';

/** As the gateway in front of all APIs refuses. */
export function gatewayRefusal(
  status: number,
  error_code: string,
  error_msg: string,
): VendorAnswer {
  return jsonAnswer(
    { error_code, error_msg, request_id: 'a1b2c3d4e5f60718' },
    { status },
  );
}

/** As SWR itself refuses. */
export function registryRefusal(
  status: number,
  errorCode: string,
  errorMessage: string,
): VendorAnswer {
  return jsonAnswer({ errors: [{ errorCode, errorMessage }] }, { status });
}

/** The entries that `limit` and `offset` ask for, or a refusal of them. */
export function sliceOf<T>(
  entries: T[],
  query: URLSearchParams,
  byDefault: number,
): { page: T[]; offset: number } | { refusal: VendorAnswer } {
  const limit = Number(query.get('limit') ?? byDefault);
  const offset = Number(query.get('offset') ?? 0);
  if (!(limit > 0) || limit > 100 || offset % limit !== 0) {
    return {
      refusal: registryRefusal(
        400,
        'SVCSTG.SWR.4000070',
        'Invalid limit or offset: offset must be 0 or a multiple of limit',
      ),
    };
  }
  return { page: entries.slice(offset, offset + limit), offset };
}
