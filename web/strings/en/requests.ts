/** The dashboard of requests. */

export const requests = {
  title: 'Requests',
  table: 'Requests, newest first',
  columns: {
    id: 'Request',
    status: 'Status',
    flowType: 'Type',
    flow: 'Flow',
    flowId: 'Flow id',
    loaded: 'Loaded',
    added: 'Added',
    completed: 'Completed',
    percent: 'Completion',
    created: 'Created',
    open: 'Details',
  },
  filters: {
    from: 'From',
    to: 'Until',
    id: 'Request',
    flowType: 'Type',
    flow: 'Flow',
    flowHint: 'Name of the flow',
    status: 'Status',
    any: 'Any',
  },
  openLabel: (id: number) => `Details of request ${id}`,
  progressLabel: (id: number) => `Completion of request ${id}`,
  live: 'Live',
  emptyTitle: 'No requests yet',
  emptyText:
    'A request is one list of people, called or messaged exactly as a flow says. Each row is answered for here: accepted or rejected with its reason, and how it ended.',
  emptyBegin: 'Begin with a file of numbers and a published flow:',
  emptyCommand: 'npx clarion launch people.csv --flow demo-survey',
  emptyFilteredTitle: 'No request fits these filters',
  emptyFilteredText: 'Widen the dates or clear a filter.',
} as const;
