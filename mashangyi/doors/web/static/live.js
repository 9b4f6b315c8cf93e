/* When the journal moves, the page asks for itself again and swaps what is marked [data-live] by its id.
   What is watched stands in [data-live-scope]: "topic:12", "room:3", "city". Without it, or offline, nothing happens.
   Where [data-live-state] changes, the page has other forms by now: it is opened anew, or, where somebody has typed
   something, says so in [data-live-news]. Nothing that was typed, and no mistake that is being read, is swapped away. */
(d => {
  const marked = d.querySelector("[data-live-scope]")
  if (!marked || !window.EventSource) return
  let waiting = 0, left = 0

  const field = "input:not([type=hidden]),textarea"
  const changed = x => /radio|checkbox/.test(x.type) ? x.checked !== x.defaultChecked : x.value !== x.defaultValue
  const typed = part => [...part.querySelectorAll(field)].some(changed)
  const busy = part => typed(part) || part.querySelector("[role=alert]") ||
    part.contains(d.activeElement) && d.activeElement.matches("input,textarea,select")
  /* What somebody has folded open stays open. */
  const unfold = (part, next) => part.querySelectorAll("details[open] [id]").forEach(old => {
    const same = [...next.querySelectorAll("[id]")].find(x => x.id === old.id)
    if (same && same.closest("details")) same.closest("details").open = true
  })
  const swap = fresh => d.querySelectorAll("[data-live]").forEach(part => {
    const next = fresh.getElementById(part.id)
    if (!next || busy(part)) return
    unfold(part, next)
    if (next.innerHTML !== part.innerHTML) part.replaceWith(next)
  })
  const other = (now, url) => {
    if (now.dataset.liveState === marked.dataset.liveState) return
    const news = d.querySelector("[data-live-news]")
    if (!busy(d.body) && Date.now() - left > 5000) location.replace(url)
    else if (news) news.hidden = false
  }
  const refresh = async () => {
    waiting = 0
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } })
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html")
      const now = fresh.querySelector("[data-live-scope]")
      if (!answer.ok || !now || now.dataset.liveScope !== marked.dataset.liveScope) return
      swap(fresh)
      other(now, answer.url)
    } catch { /* no network: the next event tries again */ }
  }
  /* Thousands may watch one meeting: each comes back at a moment of its own within half a second. */
  const heard = () => { waiting = waiting || setTimeout(refresh, 50 + Math.random() * 450) }

  /* Whoever has just tapped a link goes there, and is not taken back to a newer page of here. */
  addEventListener("beforeunload", () => { left = Date.now() })
  const source = new EventSource("/live/" + marked.dataset.liveScope)
  source.onmessage = heard
})(document)
