/* While someone types: what neighbours have said before, asked for when they pause. */
(d => {
  const field = d.querySelector("[data-similar-url]"), box = d.getElementById("similar")
  if (!field || !box) return
  let timer, asked = ""

  const ask = async () => {
    const words = field.value.trim()
    if (words === asked) return
    asked = words
    if (words.length < 4) return box.replaceChildren()
    try {
      const answer = await fetch(field.dataset.similarUrl + "?words=" + encodeURIComponent(words.slice(0, 300)))
      if (!answer.ok) return
      const text = await answer.text()
      if (words === asked) box.innerHTML = text
    } catch { asked = "" }
  }
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 600) })
  if (field.value) ask()
})(document)
