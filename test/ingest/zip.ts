/** Zips for tests, good ones and such as no honest program makes. */
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** @param mode of the entry as Unix has it; 0o120777 is a symbolic link */
export function zipOf(files: Record<string, string | Buffer>, mode = 0o100644): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name);
    else zip.addBuffer(Buffer.from(content), name, { mode });
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** The same zip with a name written over wherever it stands; both must be equally long. */
export function renamed(zip: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new Error('names of one length, please');
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}

/** The same zip with the bit of encryption set in both of the first entry's headers. */
export function markedEncrypted(zip: Buffer): Buffer {
  const copy = Buffer.from(zip);
  const directory = copy.indexOf(Buffer.from('504b0102', 'hex'));
  copy.writeUInt16LE(copy.readUInt16LE(6) | 1, 6);
  copy.writeUInt16LE(copy.readUInt16LE(directory + 8) | 1, directory + 8);
  return copy;
}

/** The same zip, saying in both places that the first entry has another unpacked size. */
export function withUnpackedSize(zip: Buffer, size: number): Buffer {
  const copy = Buffer.from(zip);
  const directory = copy.indexOf(Buffer.from('504b0102', 'hex'));
  copy.writeUInt32LE(size, directory + 24);
  return copy;
}
