// Only what no page needs: a field that narrows a long list.
for (const form of document.querySelectorAll("[data-filter]")) {
  const field = form.querySelector("input");
  const count = form.querySelector("output");
  const rows = [...document.querySelectorAll(form.dataset.filter)].map((row) => ({
    row,
    text: row.textContent.toLowerCase().replaceAll("−", "-"),
  }));
  const boxes = new Set(rows.map(({ row }) => row.parentElement.closest("section, tbody")).filter(Boolean));
  const narrow = () => {
    const words = field.value.toLowerCase().replaceAll("−", "-").split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    for (const box of boxes) box.hidden = ![...box.querySelectorAll(form.dataset.filter)].some((row) => !row.hidden);
    count.textContent = words.length ? `${shown} of ${rows.length} ${form.dataset.what}` : "";
  };
  field.addEventListener("input", narrow);
  form.hidden = false;
  if (field.value) narrow();
}
