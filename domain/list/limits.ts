/** How large a list may be. One place, so that the reader, its tests and the documentation agree. */
const MIB = 1024 * 1024;

export const LIST_LIMITS = {
  /** An uploaded csv and an uploaded zip (product rules: 10 MB and 25 MB). */
  fileBytes: 10 * MIB,
  zipBytes: 25 * MIB,
  /** All csv of a zip together, unpacked: real lists shrink to a quarter, so a full zip fits. */
  unpackedBytes: 100 * MIB,
  zipEntries: 100,
  /** Lists of people shrink 3 to 20 times; far more than that is a bomb. Small entries are let be. */
  compressionRatio: 200,
  ratioFreeBytes: MIB,
  /** Characters of one record with its quotes and line breaks. A hundred full columns fit. */
  recordLength: 64 * 1024,
  columns: 200,
  cellLength: 8192,
  /** Lines of data in one request. 100 MB of bare mobile numbers have nine million. */
  rows: 10_000_000,
} as const;
