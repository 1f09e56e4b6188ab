import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const MOST_COLOURS = 160;
/** Squared distance below which two colours share one place. */
const SAME_COLOUR = 6 ** 2;

interface Picture {
  width: number;
  height: number;
  /** Three bytes a pixel: red, green, blue. */
  pixels: Uint8Array;
}

/**
 * Rewrites a PNG of the browser with a palette, which is a third of its size.
 * Pages have few colours: the most frequent ones that differ visibly stay as
 * they are, others become the nearest of them.
 *
 * @throws Error when it isn't 8 bits of RGB or RGBA without interlacing.
 */
export function toPalettePng(png: Buffer): Buffer {
  const picture = decode(png);
  const palette = frequentColours(picture.pixels);
  return encode(picture, palette);
}

function decode(png: Buffer): Picture {
  const data: Buffer[] = [];
  let width = 0;
  let height = 0;
  let channels = 0;
  for (let offset = SIGNATURE.length; offset < png.length; ) {
    const length = png.readUInt32BE(offset);
    const type = png.toString('latin1', offset + 4, offset + 8);
    const body = png.subarray(offset + 8, offset + 8 + length);
    if (type === 'IHDR') {
      width = body.readUInt32BE(0);
      height = body.readUInt32BE(4);
      channels = { 2: 3, 6: 4 }[body[9]] ?? 0;
      if (body[8] !== 8 || channels === 0 || body[12] !== 0) {
        throw new Error('Expected a PNG with 8 bits of RGB or RGBA');
      }
    } else if (type === 'IDAT') {
      data.push(body);
    }
    offset += length + 12;
  }
  const raw = unfilter(inflateSync(Buffer.concat(data)), width, channels);
  const pixels = new Uint8Array(width * height * 3);
  for (let index = 0; index < width * height; index++) {
    pixels.set(raw.subarray(index * channels, index * channels + 3), index * 3);
  }
  return { width, height, pixels };
}

/** Undoes the filters of https://www.w3.org/TR/png-3/#9Filters. */
function unfilter(data: Buffer, width: number, channels: number): Uint8Array {
  const stride = width * channels;
  const height = data.length / (stride + 1);
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = data[row * (stride + 1)];
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const left = column >= channels ? out[at - channels] : 0;
      const above = row > 0 ? out[at - stride] : 0;
      const corner =
        row > 0 && column >= channels ? out[at - stride - channels] : 0;
      const value = data[row * (stride + 1) + 1 + column];
      out[at] = value + predict(filter, left, above, corner);
    }
  }
  return out;
}

function predict(filter: number, left: number, above: number, corner: number) {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4:
      return paeth(left, above, corner);
    default:
      return 0;
  }
}

function paeth(left: number, above: number, corner: number) {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map(each =>
    Math.abs(guess - each),
  );
  if (toLeft <= toAbove && toLeft <= toCorner) {
    return left;
  }
  return toAbove <= toCorner ? above : corner;
}

function colourAt(pixels: Uint8Array, index: number) {
  return (
    (pixels[index * 3] << 16) |
    (pixels[index * 3 + 1] << 8) |
    pixels[index * 3 + 2]
  );
}

function frequentColours(pixels: Uint8Array): number[] {
  const counts = new Map<number, number>();
  for (let index = 0; index < pixels.length / 3; index++) {
    const colour = colourAt(pixels, index);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette: number[] = [];
  const byFrequency = [...counts].sort(
    (one, other) => other[1] - one[1] || one[0] - other[0],
  );
  for (const [colour] of byFrequency) {
    if (palette.every(chosen => distance(chosen, colour) > SAME_COLOUR)) {
      palette.push(colour);
    }
    if (palette.length === MOST_COLOURS) {
      break;
    }
  }
  return palette;
}

function distance(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16);
  const green = ((one >> 8) & 255) - ((other >> 8) & 255);
  const blue = (one & 255) - (other & 255);
  return red * red + green * green + blue * blue;
}

function nearest(palette: number[], colour: number): number {
  let best = 0;
  palette.forEach((candidate, index) => {
    if (distance(candidate, colour) < distance(palette[best], colour)) {
      best = index;
    }
  });
  return best;
}

function encode({ width, height, pixels }: Picture, palette: number[]): Buffer {
  const indices = new Map(palette.map((colour, index) => [colour, index]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const colour = colourAt(pixels, row * width + column);
      let index = indices.get(colour);
      if (index === undefined) {
        index = nearest(palette, colour);
        indices.set(colour, index);
      }
      rows[row * (width + 1) + 1 + column] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(
    palette.flatMap(colour => [
      colour >> 16,
      (colour >> 8) & 255,
      colour & 255,
    ]),
  );
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const out = Buffer.alloc(typed.length + 8);
  out.writeUInt32BE(body.length, 0);
  out.set(typed, 4);
  out.writeUInt32BE(crc32(typed), typed.length + 4);
  return out;
}
