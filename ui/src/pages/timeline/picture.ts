// The chart as a file: what is drawn, with its colours written into it, its caption and what it is a share of.

/** Properties that come from style sheets and would be lost. */
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "opacity",
  "font-size",
  "font-weight",
  "font-family",
] as const;

const LINE = 18;

/** Lines of at most `room` characters, broken anywhere for Han text and at spaces for others. */
export function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while ([...rest].length > room) {
    const head = [...rest].slice(0, room).join("");
    const space = head.lastIndexOf(" ");
    const cut = space > room / 2 ? space : head.length;
    lines.push(head.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  lines.push(rest);
  return lines;
}

/** A standalone SVG of a chart on the page. Pictures of pages are left out: they are no part of the figures. */
export function svgOf(chart: SVGSVGElement, caption: string): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const originals = chart.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, n) => {
    const style = getComputedStyle(originals[n] as Element);
    element.setAttribute("style", STYLES.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
    element.removeAttribute("class");
  });
  copy.querySelectorAll("image").forEach((image) => image.remove());
  const width = chart.width.baseVal.value;
  const drawn = chart.height.baseVal.value;
  const lines = wrap(caption, Math.floor(width / 13));
  const height = drawn + LINE * (lines.length + 1);
  const { backgroundColor, color, fontFamily } = getComputedStyle(document.body);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("height", String(height));
  copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const namespace = "http://www.w3.org/2000/svg";
  const ground = document.createElementNS(namespace, "rect");
  ground.setAttribute("width", String(width));
  ground.setAttribute("height", String(height));
  ground.setAttribute("fill", backgroundColor);
  copy.prepend(ground);
  lines.forEach((line, n) => {
    const text = document.createElementNS(namespace, "text");
    text.textContent = line;
    text.setAttribute("x", "4");
    text.setAttribute("y", String(drawn + LINE * (n + 1)));
    text.setAttribute("style", `fill:${color};font-size:12px;font-family:${fontFamily}`);
    copy.append(text);
  });
  return new XMLSerializer().serializeToString(copy);
}

/** The same as a picture of twice as many pixels. */
export async function pngOf(svg: string): Promise<Blob> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth * 2;
  canvas.height = picture.naturalHeight * 2;
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
  );
}
