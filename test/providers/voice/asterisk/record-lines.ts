/** Lines as Asterisk writes them into its record of calls. */

/** The first telephone channel of a server's life has this name, and so the first line of its record. */
export const FIRST_NAME = 'PJSIP/trunk-00000000';

export const line = (
  event: string,
  seconds: number,
  id: string,
  extra = '',
  name = 'PJSIP/trunk-0000001a',
  mark = '',
): string => `"${event}","${seconds.toFixed(3)}","${id}","${name}","${extra}","${mark}"\n`;

export const hangup = (seconds: number, id: string, cause: number, mark = ''): string =>
  line(
    'HANGUP',
    seconds,
    id,
    `{""hangupcause"":${cause},""hangupsource"":""PJSIP/trunk-0000001a"",""dialstatus"":""""}`,
    undefined,
    mark,
  );
