// A select that another one narrows (parks of the chosen county), and fields that belong to one choice
// (the chamber, when the source is a chamber). Without scripts all of them are there.
const controls = (selector) => document.querySelectorAll(selector);

for (const select of controls("select[data-narrowed-by]")) {
  const by = document.getElementById(select.dataset.narrowedBy);
  if (!by) continue;
  const narrow = () => {
    for (const group of select.querySelectorAll("optgroup[data-of]")) {
      const other = by.value !== "" && group.dataset.of !== by.value;
      if (other && group.contains(select.selectedOptions[0])) select.value = "";
      group.hidden = group.disabled = other;
    }
  };
  by.addEventListener("change", narrow);
  // After drafts.js has put back what was typed.
  addEventListener("load", narrow);
}

for (const control of controls("[data-shown-for]")) {
  const [id, values] = control.dataset.shownFor.split("=");
  const by = document.getElementById(id);
  const field = control.closest(".field");
  if (!by || !field) continue;
  const show = () => { field.hidden = !values.split(",").includes(by.value) && !control.value && !field.matches(".field-wrong"); };
  by.addEventListener("change", show);
  addEventListener("load", show);
}
