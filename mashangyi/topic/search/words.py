"""Cutting Chinese into words, and the words that carry no meaning of their own."""

import re
import sys
from functools import lru_cache

import rjieba

STOP = frozenset(
    "的 了 是 在 我 有 和 就 不 人 都 一 一个 上 也 很 到 说 要 去 你 会 着 没有 看 好 自己 这 那 我们 他们 请 希望 能 "
    "能不能 可以 一下 已经 还 还是 问题 情况 反映 相关 部门 领导 谢谢 您好 你好 尊敬 解决 处理 建议 进行 这个 那个 什么 "
    "怎么 为什么 因为 所以 但是 而且 以及 对 把 被 给 让 向 从 为 与 或 等 吗 呢 吧 啊 小区 居民 社区 附近 我家 家 里 "
    "现在 每天 天天 经常 一直 又 再 多 大 小".split()
)


# Runs of characters, cut at those that only bind others.
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_BINDING = str.maketrans(dict.fromkeys("的了在是不还又也到很都就没有和与或把被给让吗呢吧啊", " "))


def words_of(text: str) -> frozenset[str]:
    """The meaningful words of a text: two characters and more, or letters and figures; no stop words."""
    return frozenset(w for w in rjieba.cut(text) if len(w.strip()) > 1 and w not in STOP)


def features_of(text: str) -> frozenset[str]:
    """Words and pairs of neighbouring characters: a word that was cut wrongly ("东门路" "灯不亮") still meets its like."""
    pairs = {run[n : n + 2] for run in _HAN.findall(text.translate(_BINDING)) for n in range(len(run) - 1)}
    return words_of(text) | frozenset(pair for pair in pairs if pair not in STOP)


@lru_cache(maxsize=2048)  # of some ten kilobytes each
def kept_features_of(text: str) -> frozenset[str]:
    """The same of a text that is compared again and again; many texts share their words. Never ask it with what
    somebody types: every letter would be another text to keep."""
    return frozenset(map(sys.intern, features_of(text)))
