// Keeps what is typed into <form data-draft="name"> until it is saved: a dropped network, a closed page or
// an expired session loses nothing. Passwords, files and hidden fields are never kept; fields marked
// data-private (phones, identity numbers) only as long as the browser's tab lives.
const DAYS = 3;
const body = document.body.dataset;
const prefix = `draft:${body.user}:`;

const stores = [localStorage, sessionStorage];
const read = (store, key) => {
  try { return JSON.parse(store.getItem(key)) ?? null; } catch { return null; }
};
const write = (store, key, value) => {
  try { store.setItem(key, JSON.stringify(value)); } catch { /* a full or forbidden store: typing goes on */ }
};
const keysOf = (store) => {
  try { return Object.keys(store).filter((key) => key.startsWith("draft:")); } catch { return []; }
};
const forget = (keep) => {
  for (const store of stores) for (const key of keysOf(store)) if (!keep(key, read(store, key))) store.removeItem(key);
};
const kept = (control) =>
  control.name && !control.disabled && !["password", "file", "hidden", "submit", "button"].includes(control.type);
const state = (control) => (["checkbox", "radio"].includes(control.type) ? control.checked : control.value);
const spot = (control) => (["checkbox", "radio"].includes(control.type) ? `${control.name}=${control.value}` : control.name);

function remember(form, key) {
  const fields = [{}, {}];
  for (const control of form.elements) {
    if (kept(control)) fields["private" in control.dataset ? 1 : 0][spot(control)] = state(control);
  }
  stores.forEach((store, at) => write(store, key, { at: Date.now(), sent: false, fields: fields[at] }));
}

function restore(form, key) {
  let changed = false;
  for (const store of stores) {
    const draft = read(store, key);
    for (const control of form.elements) {
      const was = draft?.fields?.[spot(control)];
      if (!kept(control) || was === undefined || was === state(control)) continue;
      if (["checkbox", "radio"].includes(control.type)) control.checked = was;
      else control.value = was;
      changed = true;
    }
  }
  if (!changed) return;
  yinfeng.notice(body.saidRestored, "info", {
    label: body.saidDiscard,
    run() { for (const store of stores) store.removeItem(key); form.reset(); },
  });
}

// A saved form says so on the next page (data-saved): what was sent may go. Old drafts go in any case.
forget((_, draft) => draft && Date.now() - draft.at < DAYS * 864e5 && !(draft.sent && "saved" in body));

document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = `${prefix}${location.pathname}:${form.dataset.draft}`;
    // With mistakes marked, the server has just given back what was typed.
    if (form.querySelector("[data-wrong]")) remember(form, key);
    else restore(form, key);
    let timer;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => remember(form, key), 300);
    });
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      remember(form, key);
      if (!navigator.onLine) {
        event.preventDefault();
        yinfeng.notice(body.saidOffline, "near");
        return;
      }
      for (const store of stores) write(store, key, { ...read(store, key), sent: true });
    });
  }
});

// Signing out takes the drafts along: the next person at this desk is another one.
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-forget-drafts]")) forget(() => false);
});
addEventListener("offline", () => {
  if (document.querySelector("form[data-draft]")) yinfeng.notice(body.saidOffline, "near");
});
