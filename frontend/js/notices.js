// Short remarks in the corner, and what is said when a part of the page could not be fetched.
window.yinfeng = {
  /** Shows a remark; `action` is an optional {label, run}. Without one it goes after a while. */
  notice(text, tone = "info", action = null) {
    const place = document.getElementById("notices");
    if (!place || !text) return;
    const box = document.createElement("div");
    box.className = `flash flash-${tone}`;
    const words = document.createElement("p");
    words.textContent = text;
    box.append(words);
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = action.label;
      button.addEventListener("click", () => { box.remove(); action.run(); });
      box.append(button);
    }
    place.replaceChildren(box);
    setTimeout(() => box.remove(), action ? 20000 : 8000);
  },
};

// htmx 4: `error` is no answer at all, `response:error` one of 400 and more. What the server has to say
// about the typed values (409, 412, 422, 428) is swapped in; the rest is said here or on its own page.
document.addEventListener("htmx:error", () => yinfeng.notice(document.body.dataset.saidFailed, "fault"));
document.addEventListener("htmx:response:error", (event) => {
  const status = event.detail.ctx.response.status;
  if (status === 401) location.reload(); // signed out meanwhile: the page itself leads to the sign-in
  else if (![409, 412, 422, 428].includes(status)) yinfeng.notice(document.body.dataset.saidFailed, "fault");
});
