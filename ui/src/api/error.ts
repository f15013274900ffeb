import type { AppError } from "./types/AppError";
import type { ErrorCode } from "./types/ErrorCode";

/** An error of the core as it crossed the boundary: a stable code that the interface words, and which file or record. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly place: string | null;

  constructor(error: AppError) {
    super(error.message);
    this.name = "ApiError";
    this.code = error.code;
    this.place = error.where;
  }

  /** Whatever was thrown, as an error with a code. */
  static from(thrown: unknown): ApiError {
    if (thrown instanceof ApiError) return thrown;
    if (isAppError(thrown)) return new ApiError(thrown);
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new ApiError({ code: "internal", message, where: null });
  }
}

export function isAppError(value: unknown): value is AppError {
  return typeof value === "object" && value !== null && "code" in value && "message" in value;
}
