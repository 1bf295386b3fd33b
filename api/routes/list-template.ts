/** `GET /flows/{id}/template.csv`: the first line of a list for a flow, to be filled in. */
import { flowDefinition } from '../../domain/flow/schema.ts';
import { runningDefinition } from '../create-requests.ts';
import { csvResponse } from '../csv.ts';
import { type Api, endpoint } from '../endpoint.ts';
import { csv, idParam } from '../schemas.ts';
import { requireFlow } from './flows.ts';

/** No person is in it: an example row that somebody forgets to take out would be called. */
async function* nobody(): AsyncGenerator<never[]> {}

export function listTemplateRoutes(api: Api): void {
  endpoint(
    api,
    {
      method: 'get',
      path: '/flows/{id}/template.csv',
      tag: 'Flows',
      summary: 'An empty list for a flow: its columns',
      description:
        'The phone column and a column for each variable of the published version, or of the draft where none is published.',
      scope: 'flows:read',
      params: idParam,
      reply: csv,
      replyType: 'text/csv',
    },
    async ({ db, account, params }) => {
      const flow = await requireFlow(db, account, params.id);
      const running = flowDefinition.safeParse((await runningDefinition({ db }, flow)) ?? flow.draft);
      const variables = running.success ? running.data.variables.map(({ name }) => name) : [];
      return csvResponse(`flow-${flow.id}-template.csv`, ['number', ...variables], nobody());
    },
  );
}
