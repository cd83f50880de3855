import type { UseQueryResult } from '@tanstack/react-query';
import type { Rows } from '../ui/table/DataTable.tsx';
import { ApiProblem } from './problem.ts';

/** A list's query as the table draws it. */
export function rowsOf<Answer, Row>(query: UseQueryResult<Answer>, items: (answer: Answer) => readonly Row[]): Rows<Row> {
  const { data, error, isFetching, isPlaceholderData, refetch } = query;
  return {
    rows: data === undefined ? undefined : items(data),
    failure: error === null ? null : { text: error.message, requestId: error instanceof ApiProblem ? error.requestId : undefined },
    renewing: isFetching && isPlaceholderData,
    retry: () => void refetch(),
  };
}
