// <button data-copy="#id">: copies the text of that element.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  event.preventDefault();
  const source = document.querySelector(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    yinfeng.notice(document.body.dataset.saidCopied, "done");
  } catch {
    getSelection().selectAllChildren(source); // no clipboard without https: at least it is marked
  }
});
