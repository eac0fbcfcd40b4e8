// Suggestions under the search box while one types. Typing pinyin into an input method asks only when the
// characters stand; an answer that comes after the next question is dropped.
document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("finder");
  if (!box) return;
  const form = box.closest("form");
  const list = document.createElement("div");
  list.className = "suggestions";
  list.hidden = true;
  form.append(list);
  let timer;
  let asked = 0;

  const hide = () => { list.hidden = true; };
  const ask = async () => {
    const words = box.value.trim();
    const turn = ++asked;
    if (!words) return hide();
    try {
      const answer = await fetch(`/search/suggestions?q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" } });
      if (!answer.ok || turn !== asked || document.activeElement !== box) return;
      list.innerHTML = await answer.text();
      list.hidden = list.childElementCount === 0;
    } catch { hide(); } // without suggestions the box still searches
  };
  box.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  box.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
  box.addEventListener("focus", () => { if (list.childElementCount && box.value.trim()) list.hidden = false; });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) hide(); });
  form.addEventListener("submit", hide);
  form.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "Escape") { hide(); box.focus(); event.stopPropagation(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [box, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    stops[(at + stops.length) % stops.length].focus();
  });
});
