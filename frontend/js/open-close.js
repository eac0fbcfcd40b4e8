// Amounts show their exact figure on touch; menus close when one taps elsewhere or presses Escape.
const close = (except) => {
  for (const menu of document.querySelectorAll("details[data-closes][open]")) if (menu !== except) menu.open = false;
  for (const amount of document.querySelectorAll(".money[data-open]")) if (amount !== except) delete amount.dataset.open;
};
document.addEventListener("click", (event) => {
  const amount = event.target.closest(".money");
  close(event.target.closest("details[data-closes]") ?? amount);
  if (amount && !amount.closest("a, button")) amount.toggleAttribute("data-open");
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close(null);
});
// A select in a filter asks at once; without scripts its form has a button.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-asks-at-once]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
});
