// The timeline swept from a hundred years to one day and back, measured within the page: the same function runs in the window and
// in a browser. It is self-contained, because it travels as text.

/**
 * Turns the wheel at a point of the chart, one notch a frame, until one day is seen, and back again, `rounds` times. Gives for each
 * frame the milliseconds of script and drawing on the page's thread, and those since the frame before; and the levels that
 * were counted by on the way.
 */
export async function sweep([rounds, notches]) {
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  const chart = document.querySelector("main svg [class*=surface]").ownerSVGElement;
  const wheel = (deltaY) => {
    const box = chart.getBoundingClientRect();
    const at = { clientX: box.left + box.width * 0.62, clientY: box.top + 70 };
    chart.dispatchEvent(new WheelEvent("wheel", { deltaY, bubbles: true, cancelable: true, ...at }));
  };
  // A message is delivered once style, layout and painting of the frame in which it was sent are done.
  const drawn = () =>
    new Promise((done) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now());
      channel.port2.postMessage(null);
    });
  const shown = () => chart.closest("[role=application]").getAttribute("aria-label");
  const levels = new Set();
  const [work, gaps] = [[], []];
  let last = null;
  const begun = shown();
  let nearest = begun;
  for (let round = 0; round < rounds; round += 1)
    for (const direction of [-1, 1]) {
      for (let notch = 0; notch < notches; notch += 1) {
        await frame();
        const start = performance.now();
        if (last !== null) gaps.push(start - last);
        last = start;
        wheel(direction * 120);
        work.push((await drawn()) - start);
        levels.add(
          document
            .querySelector("main svg text.scale, main svg [class*=scale]")
            .textContent.replace(/[\d,]+/, "n"),
        );
      }
      if (direction < 0) nearest = shown();
    }
  return { work, gaps, levels: [...levels], begun, nearest, ended: shown() };
}
