"""What may be decided in a mediation, and how its papers are sealed."""

import json
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext_noop as N_

from mashangyi.config.environment import secret

NONCE = 12

KINDS = {
    "party": N_("当事一方"),
    "session": N_("一次调解"),
    "proposal": N_("调解建议"),
    "agreement": N_("调解协议"),
    "obligation": N_("约定的事"),
    "change": N_("换调解员"),
    "ending": N_("没有谈成"),
}
# Where a case goes that cannot be mediated.
ELSEWHERE = {
    "court": N_("人民法院"),
    "arbitration": N_("仲裁委员会"),
    "people_mediation": N_("人民调解委员会"),
}
# What the public reads of it: where the parties were sent, never why.
TOLD = {
    "court": N_("已告知去处：人民法院"),
    "arbitration": N_("已告知去处：仲裁委员会"),
    "people_mediation": N_("已告知去处：人民调解委员会"),
}
IN_THE_OPEN = N_("当事各方同意公开协商")
# How a case ended, for its mediator and the room.
OUTCOMES = {
    "agreed": N_("达成协议"),
    "table": N_("转回公开协商"),
    "court": N_("转人民法院"),
    "arbitration": N_("转仲裁委员会"),
    "people_mediation": N_("转人民调解委员会"),
}
FEWEST_PARTIES = 2
# Of the key in keys/mediation, in bytes.
KEY_LENGTH = 32


@cache
def _cipher() -> AESGCM:
    return AESGCM(secret("mediation", KEY_LENGTH))


def seal(case_id: int, sheet: dict) -> bytes:
    """A sheet as it lies in the database: readable with the key file alone, and in its own case alone."""
    nonce = os.urandom(NONCE)
    plain = json.dumps(sheet, ensure_ascii=False).encode()
    return nonce + _cipher().encrypt(nonce, plain, str(case_id).encode())


def opened(case_id: int, sealed: bytes) -> dict:
    """The sheet. Raises InvalidTag when it was changed or lies in another case."""
    sealed = bytes(sealed)
    return json.loads(_cipher().decrypt(sealed[:NONCE], sealed[NONCE:], str(case_id).encode()))
