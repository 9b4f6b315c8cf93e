/* When the journal moves, the page asks for itself again and swaps what is marked [data-live] by its id.
   What is watched stands in [data-live-scope]: "topic:12", "room:3", "city". Without it, or offline, nothing happens. */
(d => {
  const marked = d.querySelector("[data-live-scope]")
  if (!marked || !window.EventSource) return
  let waiting = 0

  const busy = part => part.contains(d.activeElement) && d.activeElement.matches("input,textarea,select")
  const swap = fresh => d.querySelectorAll("[data-live]").forEach(part => {
    const next = fresh.getElementById(part.id)
    if (next && next.innerHTML !== part.innerHTML && !busy(part)) part.replaceWith(next)
  })
  const refresh = async () => {
    waiting = 0
    try {
      const answer = await fetch(location.href)
      if (!answer.ok || answer.redirected) return
      swap(new DOMParser().parseFromString(await answer.text(), "text/html"))
    } catch { /* no network: the next event tries again */ }
  }
  /* Thousands may watch one meeting: each comes back at a moment of its own within half a second. */
  const heard = () => { waiting = waiting || setTimeout(refresh, 50 + Math.random() * 450) }

  const source = new EventSource("/live/" + marked.dataset.liveScope)
  source.onmessage = heard
})(document)
