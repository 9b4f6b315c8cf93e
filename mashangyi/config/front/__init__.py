"""What stands between the network and Django: one ASGI application on one port.

A request is tried in this order (app.py):

    live.py      /live/<scope>: server-sent events, read from the journal
    static.py    /static/…: files from memory
    cache.py     a public page that nobody has changed since it was drawn; window.py says whether
    bridge.py    everything else: Django, on a few long-lived threads

visit.py reads what the front needs of a request: client address, language, the key of a page.
"""
