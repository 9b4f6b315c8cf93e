/* Drawers of the triage screen: opened by key, ready to type; Escape closes, Ctrl+Enter sends. All of it works without. */
(d => {
  d.addEventListener("toggle", e => {
    const box = e.target
    if (!box.matches || !box.matches("details.confirm") || !box.open) return
    const first = box.querySelector("input:not([type=hidden]),select,textarea")
    if (first) first.focus({ preventScroll: true })
    box.scrollIntoView({ block: "nearest" })
  }, true)
  d.addEventListener("keydown", e => {
    const box = e.target.closest && e.target.closest("details.confirm[open]")
    if (!box) return
    if (e.key === "Escape") {
      box.open = false
      box.querySelector("summary").focus()
    } else if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && e.target.form) e.target.form.requestSubmit()
  })
})(document)
