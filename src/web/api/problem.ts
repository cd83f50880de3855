import type { FieldError, Problem } from '../../contract/errors.ts';

/** An answer of the API that says no: its public text, code and what is wrong with which field. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly errors: readonly FieldError[];

  constructor(problem: Pick<Problem, 'title' | 'status' | 'code' | 'errors' | 'detail'> & { requestId?: string | undefined }) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.requestId = problem.requestId;
    this.errors = problem.errors;
  }
}
