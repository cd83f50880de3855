/** What a table shows: kept in the page's address, so that the same URL always shows the same thing. */
export interface TableView {
  q: string;
  sort: string;
  order: 'asc' | 'desc';
  /** From 1. */
  page: number;
}

/** Address parameters of a view; what equals the default is left out, so that addresses stay short. */
export function viewToSearch(view: TableView, initial: TableView): Record<string, string | number> {
  const search: Record<string, string | number> = {};
  if (view.q !== '') search['q'] = view.q;
  if (view.sort !== initial.sort || view.order !== initial.order) {
    search['sort'] = view.sort;
    search['order'] = view.order;
  }
  if (view.page > 1) search['page'] = view.page;
  return search;
}

/** Reads a view from address parameters; what a stranger typed wrongly counts as absent. @param sorts keys the list can be sorted by */
export function viewFromSearch(search: Record<string, unknown>, sorts: readonly string[], initial: TableView): TableView {
  const page = Number(search['page']);
  const sort = sorts.find((key) => key === search['sort']);
  return {
    q: typeof search['q'] === 'string' || typeof search['q'] === 'number' ? String(search['q']).slice(0, 100) : '',
    sort: sort ?? initial.sort,
    order: sort === undefined ? initial.order : search['order'] === 'desc' ? 'desc' : 'asc',
    page: Number.isInteger(page) && page > 1 ? page : 1,
  };
}

/** The view after a click on a header: another column sorts upwards, the same one turns round; always from page 1. */
export function sortedBy(view: TableView, key: string): TableView {
  return { ...view, sort: key, order: view.sort === key && view.order === 'asc' ? 'desc' : 'asc', page: 1 };
}
