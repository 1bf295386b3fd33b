/** The list of flows, and how a new one begins. */

export const flows = {
  title: 'Flows',
  table: 'Flows, by id',
  columns: {
    id: 'Flow',
    name: 'Name',
    type: 'Type',
    published: 'Published',
    traffic: 'Traffic',
    changed: 'Last change',
    actions: 'Actions',
  },
  version: (version: number) => `Version ${version}`,
  draft: 'Draft',
  traffic: {
    promotional: 'Promotional',
    approved: 'Transactional, approved',
    waiting: 'Transactional, awaits approval',
    unpublished: 'Transactional',
  },
  trafficHelp: {
    promotional: 'Scrubbed against the do-not-call register and held to promotional hours.',
    approved: 'Exempt from the register and from promotional hours.',
    waiting: 'Until operations approve this version, only whitelisted numbers are called.',
    unpublished: 'Publish it first; then operations approve the version.',
  },
  filters: { search: 'Flow', searchHint: 'Name or id', type: 'Type', any: 'Any' },
  newFlow: 'New flow',
  duplicate: 'Duplicate',
  duplicateLabel: (name: string) => `Duplicate ${name}`,
  copyOf: (name: string) => `${name} copy`,
  form: {
    newTitle: 'New flow',
    duplicateTitle: (name: string) => `Duplicate ${name}`,
    name: 'Name',
    nameHelp: 'Seen in reports and mails. Each flow of the account has its own.',
    type: 'Type',
    begin: 'Begin with',
    create: 'Create',
    noName: 'Give it a name.',
  },
  typeHelp: {
    outbound: 'Calls the people of a list and serves them by its widgets.',
    dialer: 'Calls the people of a list and connects who answers with agents.',
    inbound: 'Answers calls that come in at a number of yours.',
    notification: 'Tells many people something urgent, by several media.',
  },
  emptyTitle: 'No flows yet',
  emptyText:
    'A flow says what happens in a call: what is said, what is asked, and where each answer leads. A list is called by a published flow.',
  emptyFilteredTitle: 'No flow fits these filters',
  emptyFilteredText: 'Look for less of the name, or clear the filters.',
} as const;

/** What a new flow begins with: definitions, with texts to be written over. */
export const flowTemplates = [
  {
    id: 'survey',
    name: 'A survey',
    help: 'Greets by name, asks for a digit, keeps it, thanks.',
    definition: {
      schemaVersion: 1,
      language: 'en-IN',
      start: 'begin',
      widgets: {
        begin: { type: 'start', next: 'greet' },
        greet: { type: 'text-to-speech', text: 'Hello $flow.key.name.', next: 'ask' },
        ask: {
          type: 'gather',
          speech: [{ text: 'On a scale of 1 to 5, how satisfied are you? Press a digit.' }],
          invalidSpeech: [{ text: 'Sorry, I did not get that.' }],
          noInputSpeech: [{ text: 'Sorry, I did not get that.' }],
          variable: 'score',
          next: 'thanks',
          noInput: 'bye',
        },
        thanks: { type: 'text-to-speech', text: 'Thank you. Goodbye.', next: 'bye' },
        bye: { type: 'hang-up' },
      },
      variables: [{ name: 'name' }],
      settings: {
        retries: { BUSY: { times: 2, intervalMs: 600_000 }, NO_ANSWER: { times: 2, intervalMs: 3_600_000 } },
      },
    },
  },
  {
    id: 'notice',
    name: 'A notice',
    help: 'Says something, and offers to hear it again.',
    definition: {
      schemaVersion: 1,
      language: 'en-IN',
      start: 'begin',
      widgets: {
        begin: { type: 'start', next: 'notice', onMachine: 'message' },
        notice: {
          type: 'menu',
          speech: [{ text: 'Hello $flow.key.name. This is a notice. To hear it again, press 1.' }],
          branches: { '1': 'notice' },
          attempts: 1,
          noInput: 'bye',
        },
        message: { type: 'text-to-speech', text: 'This is a notice for $flow.key.name.', next: 'bye' },
        bye: { type: 'hang-up' },
      },
      variables: [{ name: 'name' }],
      settings: {
        retries: { BUSY: { times: 3, intervalMs: 120_000 }, NO_ANSWER: { times: 3, intervalMs: 600_000 } },
      },
    },
  },
  {
    id: 'offer',
    name: 'An offer',
    help: 'Tells of an offer and sends a text message to who wants it. From 9 in the morning to 9 in the evening.',
    definition: {
      schemaVersion: 1,
      language: 'en-IN',
      start: 'begin',
      widgets: {
        begin: { type: 'start', next: 'offer' },
        offer: {
          type: 'menu',
          speech: [
            {
              text: 'Hello $flow.key.name. We have an offer for you. To get it by text message, press 1. To end, press 2.',
            },
          ],
          branches: { '1': 'details', '2': 'bye' },
          attempts: 2,
          noInput: 'bye',
        },
        details: { type: 'sms', text: 'Your offer, as you asked for.', next: 'thanks' },
        thanks: { type: 'text-to-speech', text: 'It is on its way. Goodbye.', next: 'bye' },
        bye: { type: 'hang-up' },
      },
      variables: [{ name: 'name' }],
      settings: { callingHours: [{ from: '09:00', to: '21:00' }] },
    },
  },
  {
    id: 'blank',
    name: 'Nothing',
    help: 'A start, and whatever you add to it.',
    definition: {
      schemaVersion: 1,
      language: 'en-IN',
      start: 'begin',
      widgets: { begin: { type: 'start' } },
      variables: [],
    },
  },
] as const;
