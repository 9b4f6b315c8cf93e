"""Ask an installed wheel, from outside its source, for what is easily left out of one."""

import re
import subprocess
import sys
import time
import urllib.request

PORT = 8643
SITE = f"http://127.0.0.1:{PORT}"


def get(path: str, **headers: str) -> str:
    request = urllib.request.Request(
        SITE + path, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read().decode()


def wait() -> None:
    for _n in range(200):
        try:
            get("/health")
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the wheel's web server does not answer")


server = subprocess.Popen(["mashangyi", "web", "--host", "127.0.0.1", "--port", str(PORT)])
try:
    wait()
    chinese, english = get("/", accept_language="zh-CN"), get("/", accept_language="en")
    sheet = re.search(r'href="(/static/[^"]+\.css[^"]*)"', chinese)
    assert "码上议" in chinese, "no template"
    assert chinese != english, "no translation"
    assert sheet and len(get(sheet[1])) > 1000, "no style sheet"
    print("the wheel carries templates, static files and translations")
finally:
    server.terminate()
    server.wait(15)
