/** The ready-made flow of the first run: a survey, drafted and published. */
import { answerOf, api } from '../../api/client.ts';
import { flowTemplates } from '../../strings/en/flows.ts';
import { upload } from '../../strings/en/upload.ts';

const NAME = upload.first.sampleName;

/** One that an earlier try drafted and could not publish is taken up again. @throws ClarionError */
export async function readyFlow(): Promise<void> {
  const found = await answerOf(api.GET('/flows', { params: { query: { name: NAME } } }));
  const template = flowTemplates.find(({ id }) => id === 'survey');
  const { id } =
    found.items[0] ??
    (await answerOf(
      api.POST('/flows', {
        body: { name: NAME, type: 'outbound', definition: { ...template?.definition }, transactional: false },
      }),
    ));
  await answerOf(api.POST('/flows/{id}/publish', { params: { path: { id } } }));
}
