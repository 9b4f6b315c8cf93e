/* The desk by keyboard: data-key="m" is pressed by m, j and k walk the list, ? shows the keys. */
(d => {
  const english = d.documentElement.lang === "en"
  const typing = e => e.target.closest && e.target.closest("input,textarea,select,[contenteditable]")
  const shown = thing => thing.getClientRects().length > 0
  /* On a phone the tabs are wider than the screen: the one that is open stands in it. */
  const tab = d.querySelector(".top .tabs [aria-current]")
  if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 16
  const walkable = () => [...d.querySelectorAll(".pile .item, .list .row-link")].filter(shown)

  const press = key => {
    const thing = [...d.querySelectorAll("[data-key]")].find(t => t.dataset.key.toLowerCase() === key && shown(t))
    if (thing) thing.click()
    return thing
  }
  const walk = step => {
    const items = walkable()
    if (!items.length) return
    const now = items.findIndex(i => i === d.activeElement)
    const from = now < 0 ? items.findIndex(i => i.hasAttribute("aria-current")) : now
    items[Math.max(0, Math.min(items.length - 1, from + step))].focus()
  }
  const words = thing => (thing.getAttribute("aria-label") || thing.innerText || (thing.labels && thing.labels[0] || {}).textContent || "").replace(/\s+\S{1,5}\s*$/, "").trim() || thing.innerText
  const help = () => {
    const box = d.createElement("dialog"), list = d.createElement("dl")
    list.className = "facts"
    const rows = [["J / K", english ? "next, previous" : "下一件、上一件"], ["?", english ? "this help" : "这张表"]]
    d.querySelectorAll("[data-key]").forEach(t => shown(t) && rows.push([t.dataset.key.toUpperCase(), words(t)]))
    rows.forEach(([key, what]) => {
      const row = d.createElement("div"), dt = d.createElement("dt"), dd = d.createElement("dd"), kbd = d.createElement("kbd")
      kbd.textContent = key
      dd.textContent = what
      dt.append(kbd)
      row.append(dt, dd)
      list.append(row)
    })
    box.setAttribute("aria-label", english ? "Keys" : "按键")
    box.append(list)
    box.onclick = box.onclose = () => box.remove()
    d.body.append(box)
    box.showModal()
  }

  d.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e) || d.querySelector("dialog[open]")) return
    const key = e.key.toLowerCase()
    if (key === "enter" && e.target.closest("a,button,summary")) return
    if (key === "j") walk(1)
    else if (key === "k") walk(-1)
    else if (key === "?") help()
    else if (!press(key)) return
    e.preventDefault()
  })
})(document)
