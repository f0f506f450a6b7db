/** What Helix answers, before a fault may change it. */
export interface HelixAnswer {
  readonly status: number;
  /** Absent where there is no body, as with 204. */
  readonly json?: Readonly<Record<string, unknown>>;
}

const errors: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** An error as Helix writes it, `{"error":"Conflict","status":409,"message":"…"}`, and more fields. */
export function refused(
  status: number,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): HelixAnswer {
  return { status, json: { error: errors[status] ?? 'Error', status, message, ...more } };
}

/** `{"data":[…]}`, and more fields. */
export function data(
  list: readonly unknown[],
  more: Readonly<Record<string, unknown>> = {},
): HelixAnswer {
  return { status: 200, json: { data: list, ...more } };
}

/** The answer without a body. */
export const noContent: HelixAnswer = { status: 204 };
