// A PDF of pictures, one a page. The source line lies over its picture once more as text that is not drawn, so that it can be
// searched and copied. Its font is one of those that the standard expects every reader to have for Chinese; nothing is embedded.
import { PAPER } from "./paper";

export interface PdfPage {
  /** JPEG, red, green and blue. */
  jpeg: Uint8Array;
  /** Pixels. */
  width: number;
  height: number;
}

export interface PdfWords {
  title: string;
  source: string;
}

const POINTS_PER_MM = 72 / 25.4;
const A4 = { width: 210 * POINTS_PER_MM, height: 297 * POINTS_PER_MM };
/** Characters of the hidden source line on one line, and its size and leading in points. */
const LINE = 52;
const TYPE = 9;

export function pdfOf(pages: readonly PdfPage[], words: PdfWords): Uint8Array<ArrayBuffer> {
  const file = new Writer();
  const [catalog, tree, font, descendant, descriptor, info] = [1, 2, 3, 4, 5, 6];
  const first = 7;
  const kids = pages.map((_, i) => `${first + i * 3} 0 R`).join(" ");
  file.object(catalog, `<< /Type /Catalog /Pages ${tree} 0 R /Lang (zh-CN) >>`);
  file.object(tree, `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`);
  file.object(
    font,
    `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UTF16-H /Encoding /UniGB-UTF16-H /DescendantFonts [${descendant} 0 R] >>`,
  );
  file.object(
    descendant,
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor ${descriptor} 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> >>`,
  );
  file.object(
    descriptor,
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
  );
  const text = (value: string) => `<FEFF${utf16(value)}>`;
  file.object(
    info,
    `<< /Title ${text(words.title)} /Subject ${text(words.source)} /Creator ${text("Baoku 报库")} >>`,
  );
  const margin = PAPER.margin * POINTS_PER_MM;
  pages.forEach((page, i) => {
    const id = first + i * 3;
    const room = { width: A4.width - 2 * margin, height: A4.height - 2 * margin };
    const scale = Math.min(room.width / page.width, room.height / page.height);
    const [width, height] = [page.width * scale, page.height * scale];
    const lines = inLines(words.source);
    const hidden = lines.map((line, n) => `${n === 0 ? "" : "T* "}<${utf16(line)}> Tj`).join(" ");
    const foot = margin + (lines.length - 1) * TYPE * 1.5;
    const content =
      `q ${point(width)} 0 0 ${point(height)} ${point(margin)} ${point(A4.height - margin - height)} cm /P Do Q\n` +
      `BT 3 Tr /F ${TYPE} Tf ${TYPE * 1.5} TL ${point(margin)} ${point(foot)} Td ${hidden} ET`;
    file.object(
      id,
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${point(A4.width)} ${point(A4.height)}] /Contents ${id + 1} 0 R /Resources << /Font << /F ${font} 0 R >> /XObject << /P ${id + 2} 0 R >> >> >>`,
    );
    file.object(id + 1, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    file.stream(
      id + 2,
      `<< /Type /XObject /Subtype /Image /Width ${page.width} /Height ${page.height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${page.jpeg.length} >>`,
      page.jpeg,
    );
  });
  return file.close(catalog, info);
}

function inLines(text: string): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const characters = [...paragraph];
    const lines: string[] = [];
    for (let at = 0; at < characters.length; at += LINE) lines.push(characters.slice(at, at + LINE).join(""));
    return lines;
  });
}

/** Big-endian UTF-16 in hexadecimal. */
function utf16(text: string): string {
  let hex = "";
  for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).toUpperCase().padStart(4, "0");
  return hex;
}

function point(value: number): string {
  return value.toFixed(2);
}

class Writer {
  private readonly parts: Uint8Array[] = [];
  private readonly offsets: number[] = [];
  private length = 0;

  constructor() {
    this.text("%PDF-1.5\n");
    // Four bytes above 127 tell programs that the file is binary.
    this.bytes(Uint8Array.of(0x25, 0xe2, 0xe3, 0xcf, 0xd3, 0x0a));
  }

  /** `body` is ASCII. */
  object(id: number, body: string) {
    this.offsets[id] = this.length;
    this.text(`${id} 0 obj\n${body}\nendobj\n`);
  }

  stream(id: number, dictionary: string, bytes: Uint8Array) {
    this.offsets[id] = this.length;
    this.text(`${id} 0 obj\n${dictionary}\nstream\n`);
    this.bytes(bytes);
    this.text("\nendstream\nendobj\n");
  }

  close(root: number, info: number): Uint8Array<ArrayBuffer> {
    const start = this.length;
    const count = this.offsets.length;
    this.text(`xref\n0 ${count}\n0000000000 65535 f \n`);
    for (let id = 1; id < count; id++) this.text(`${String(this.offsets[id]).padStart(10, "0")} 00000 n \n`);
    this.text(
      `trailer\n<< /Size ${count} /Root ${root} 0 R /Info ${info} 0 R >>\nstartxref\n${start}\n%%EOF\n`,
    );
    const whole = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  private text(text: string) {
    this.bytes(new TextEncoder().encode(text));
  }

  private bytes(bytes: Uint8Array) {
    this.parts.push(bytes);
    this.length += bytes.length;
  }
}
