// "/" goes to the search box from anywhere but a field; Escape leaves it.
document.addEventListener("keydown", (event) => {
  const finder = document.getElementById("finder");
  if (!finder || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && event.target === finder) finder.blur();
  if (event.key !== "/" || event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  finder.focus();
  finder.select();
});
