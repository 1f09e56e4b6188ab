import { deepEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { toPalettePng } from './palettePng.mts';

function chunk(type: string, body: number[] | Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type), Buffer.from(body)]);
  const out = Buffer.alloc(typed.length + 8);
  out.writeUInt32BE(typed.length - 4, 0);
  out.set(typed, 4);
  out.writeUInt32BE(crc32(typed), typed.length + 4);
  return out;
}

/** Two pixels wide; each row begins with its filter. */
function png(rows: number[][], bits = 8): Buffer {
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', [0, 0, 0, 2, 0, 0, 0, rows.length, bits, 2, 0, 0, 0]),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', []),
  ]);
}

function body(file: Buffer, type: string): Buffer {
  const at = file.indexOf(type, 0, 'latin1');
  return file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4));
}

test('pixels of every filter become entries of a palette', () => {
  const [red, white] = [
    [255, 0, 0],
    [255, 255, 255],
  ];
  const file = toPalettePng(
    png([
      [0, ...white, ...white],
      // Sub: the second pixel is the first plus nothing.
      [1, ...red, 0, 0, 0],
      // Up: as above.
      [2, 0, 0, 0, 0, 0, 0],
      // Average of left and above, Paeth of left, above and corner.
      [3, 128, 0, 0, 0, 0, 0],
      [4, 0, 0, 0, 0, 0, 0],
    ]),
  );

  const palette = body(file, 'PLTE');
  const rows = inflateSync(body(file, 'IDAT'));
  const pixels = [...rows]
    .map((index, at) => (at % 3 === 0 ? undefined : index))
    .filter(index => index !== undefined)
    .map(index => [...palette.subarray(index * 3, index * 3 + 3)]);
  deepEqual(pixels, [white, white, red, red, red, red, red, red, red, red]);
});

test('other kinds of PNG are refused', () => {
  throws(() => toPalettePng(png([[0, 0, 0, 0, 0, 0, 0]], 16)), /8 bits/);
});
