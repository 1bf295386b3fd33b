/** The closed lists of the API in words: statuses of requests, results of rows, outcomes of attempts, types of flow. */

export const statuses = {
  request: {
    RECEIVED: 'Received',
    SCHEDULED: 'Scheduled',
    IN_PROCESS: 'In process',
    PAUSED: 'Paused',
    COMPLETED: 'Completed',
    CANCELLED: 'Cancelled',
    EXPIRED: 'Expired',
    REJECTED: 'Rejected',
  },
  flowType: {
    outbound: 'Outbound',
    dialer: 'Dialer',
    inbound: 'Inbound',
    notification: 'Notification',
  },
  result: {
    ACCEPTED: 'Accepted',
    MALFORMED_ROW: 'Malformed row',
    MISSING_NUMBER: 'Missing number',
    INVALID_NUMBER: 'Invalid number',
    DUPLICATE: 'Duplicate in the file',
    BLACKLISTED: 'Blacklisted',
    DO_NOT_CALL: 'Do-not-call register',
    MISSING_VARIABLE: 'Missing variable',
    TOO_LATE: 'Too late',
  },
  outcome: {
    ANSWERED: 'Answered',
    BUSY: 'Busy',
    NO_ANSWER: 'No answer',
    DECLINED: 'Declined',
    INVALID: 'Invalid',
    FAILED: 'Failed',
    MACHINE: 'Machine',
    ABANDONED: 'Abandoned',
    BLOCKED: 'Blocked',
    CANCELLED: 'Cancelled',
    EXPIRED: 'Expired',
    UNKNOWN: 'Unknown',
    SENT: 'Sent',
    DELIVERED: 'Delivered',
    UNDELIVERED: 'Undelivered',
    REJECTED: 'Rejected',
    BOUNCED: 'Bounced',
    COMPLAINED: 'Complained',
  },
} as const;

/** The word for a value of a closed list; one this console does not know yet is shown as it is. */
export function wordFor(list: Readonly<Record<string, string>>, value: string): string {
  return list[value] ?? value;
}
