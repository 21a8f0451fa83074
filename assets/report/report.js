// Says what is read at the month under the pointer. Without it the page says all the same.
for (const figure of document.querySelectorAll("figure[data-read-out]")) {
  const plots = JSON.parse(figure.dataset.readOut);
  const output = figure.querySelector("output");
  for (const drawing of figure.querySelectorAll("svg")) {
    drawing.addEventListener("pointermove", (event) => {
      const place = drawing.getBoundingClientRect();
      const x = ((event.clientX - place.left) / place.width) * drawing.viewBox.baseVal.width;
      const plot = plots.find((one) => x >= one.from && x <= one.to && one.months.length > 0);
      if (!plot) { output.textContent = ""; return; }
      const last = plot.months.length - 1;
      const month = Math.round(((x - plot.from) / (plot.to - plot.from)) * last);
      output.textContent = plot.months[Math.min(Math.max(month, 0), last)];
    });
    drawing.addEventListener("pointerleave", () => { output.textContent = ""; });
  }
}
