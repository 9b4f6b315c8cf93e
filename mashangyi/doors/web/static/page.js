/* Small helps. Every page reads and sends without them. */
(d => {
  const each = (css, act, root = d) => root.querySelectorAll(css).forEach(act)
  const english = d.documentElement.lang === "en"

  /* Further helps are fetched where a page has use for them; their addresses stand on this script's tag. */
  const { live, keys, similar } = d.currentScript.dataset
  Object.entries({ "[data-live-scope]": live, "body.desk,[data-key]": keys, "[data-similar-url]": similar })
    .forEach(([css, src]) => {
      if (d.querySelector(css) && !d.querySelector(`script[src="${src}"]`)) d.head.append(Object.assign(d.createElement("script"), { src }))
    })

  /* A form is sent once, and not before its photos are small. */
  d.addEventListener("submit", e => {
    const form = e.target
    if (!form.matches("[data-once]")) return
    if (form.sent) return e.preventDefault()
    form.sent = true
    name(form)
    const button = e.submitter || form.querySelector(".btn")
    if (button) button.setAttribute("aria-busy", "true")
    if (!form.shrinking) return
    e.preventDefault()
    form.shrinking.then(() => { form.sent = form.shrinking = 0; form.requestSubmit(e.submitter) })
  })
  /* The random word of a form: the same words sent again by a bad network are one report, other words another.
     Whoever goes back finds the words but not the hidden word: the tab remembers it for an hour, with a sum of the words. */
  const name = form => {
    const word = form.querySelector("[data-once-word]")
    if (!word) return
    const said = [...form.elements].map(x => x.name && !/file|hidden/.test(x.type) ? x.value : "").join("")
    const sum = [...said].reduce((n, c) => (n * 31 + c.codePointAt()) | 0, said.length) + location.pathname
    let [kept, old, at] = ["", "", 0]
    try { [kept, old, at] = JSON.parse(sessionStorage.once) } catch { /* nothing was sent from this tab, or nothing may be kept */ }
    if (form.said !== undefined && form.said !== said) word.value = ""
    if (!word.value) word.value = old === sum && Date.now() - at < 36e5 ? kept
      : [...crypto.getRandomValues(new Uint8Array(20))].map(n => (n % 36).toString(36)).join("")
    form.said = said
    try { sessionStorage.once = JSON.stringify([word.value, sum, Date.now()]) } catch { /* it is only for going back */ }
  }
  addEventListener("pageshow", () => each("[data-once]", form => {
    form.sent = 0
    each("[aria-busy]", b => b.removeAttribute("aria-busy"), form)
  }))

  /* Photos: shown, and redrawn to 1600 pixels at most, which also leaves out where they were taken. */
  const shrink = async file => {
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" })
      const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height))
      const canvas = d.createElement("canvas")
      canvas.width = picture.width * scale
      canvas.height = picture.height * scale
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height)
      const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", .82))
      return blob && (blob.size < file.size || scale < 1) ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file
    } catch { return file }
  }
  const most = 12
  const show = (input, chosen) => {
    const files = chosen.slice(0, most)
    const box = input.parentNode.querySelector(".previews"), carry = new DataTransfer
    files.forEach(file => carry.items.add(file))
    input.files = carry.files
    box.replaceChildren(...files.map((file, i) => {
      const figure = d.createElement("figure"), img = new Image, drop = d.createElement("button")
      img.src = URL.createObjectURL(file)
      img.alt = (english ? "Photo " : "照片 ") + (i + 1)
      drop.type = "button"
      drop.textContent = "×"
      drop.setAttribute("aria-label", (english ? "Remove photo " : "去掉照片 ") + (i + 1))
      drop.onclick = () => { show(input, files.filter(f => f !== file)); input.focus() }
      figure.append(img, drop)
      return figure
    }))
    if (chosen.length > most) box.append(Object.assign(d.createElement("p"), { className: "note",
      textContent: english ? `At most ${most} photos at once; the others were left out.` : `一次最多 ${most} 张，多出来的没有放进去。` }))
    input.kept = files
  }
  d.addEventListener("change", e => {
    const input = e.target
    if (input.matches("[data-submit]")) input.form.requestSubmit()
    if (!input.matches("[data-photos]")) return
    const picked = [...input.files]
    const work = Promise.all(picked.map(shrink)).then(small => {
      show(input, [...(input.kept || []), ...small])
      if (input.form.shrinking === work) input.form.shrinking = 0
    })
    if (input.form) input.form.shrinking = work
  })

  /* Read aloud, copy, print. */
  const speech = window.speechSynthesis
  each("[data-read]", b => b.hidden = !speech)
  each("[data-copy]", b => b.hidden = !navigator.clipboard)
  each("[data-print]", b => b.hidden = false)
  each("[data-hide]", b => b.hidden = true)
  d.addEventListener("click", e => {
    const b = e.target.closest && e.target.closest("[data-read],[data-copy],[data-print]")
    if (!b) return
    if ("print" in b.dataset) print()
    if (b.dataset.copy) navigator.clipboard.writeText(b.dataset.copy).then(() => b.lastChild.textContent = b.dataset.done)
    if (!b.dataset.read) return
    if (speech.speaking) return speech.cancel()
    const said = new SpeechSynthesisUtterance(d.querySelector(b.dataset.read).innerText)
    said.lang = english ? "en" : "zh-CN"
    said.rate = .92
    speech.speak(said)
  })

  /* A mistake is the first thing to be read. */
  const wrong = d.querySelector("[data-focus]")
  if (wrong) wrong.focus()

  /* Time left stays true while the page is open. */
  const units = english ? [["minute", 1], ["hour", 60], ["day", 1440]] : [["分钟", 1], ["小时", 60], ["天", 1440]]
  setInterval(() => each("[data-left]", t => {
    const minutes = (new Date(t.dateTime) - Date.now()) / 6e4, m = Math.abs(minutes)
    const [unit, size] = units[m < 60 ? 0 : m < 2880 ? 1 : 2], n = Math.max(1, Math.floor(m / size))
    t.textContent = english
      ? `${n} ${unit}${n > 1 ? "s" : ""} ${minutes < 0 ? "overdue" : "left"}`
      : `${minutes < 0 ? "已超" : "还剩"} ${n} ${unit}`
  }), 3e4)
})(document)
