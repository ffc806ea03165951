"""Who speaks in Japanese, Chinese and Korean: particles and verbs stand where other languages have word order."""

from __future__ import annotations

import re

from tui_news.text.quotes.cues import NOTHING, Cue
from tui_news.text.quotes.nouns import Source
from tui_news.text.quotes.spans import Mark, Para

LANGS = frozenset({"ja", "zh", "ko"})
_NEAR = 80  # code points looked at on each side
_BREAK = re.compile(r"[。！？!?\n」』”»]|(?<=다)\.")
_JA_TOPIC = re.compile(
    r"([^、。，,\s「」：:]{1,24}?)(?:によりますと|によると|によれば|では|は|も|が)(?=[、，]|[^、。]*$)"
)
_JA_SAID = re.compile(r"^\s*(?:、|，)?(?:と|など|として|との|って|。|だという|だとい|だとし)")
_JA_AFTER = re.compile(
    r"^\s*(?:などと|と)([^、。，,\s「」]{2,16}?)(?:は|が|も)[^。]{0,12}(?:話|述|語|言|説明|強調|コメント|明か|指摘|訴|喜|驚|怒|嘆|振り返|期待|批判|主張|否定|意気込|笑|つぶや|叫|答|応|伝|呼びかけ|書|記|投稿|反論|謝|約束|憤|悔)"
)
_KO_AFTER = re.compile(r"^\s*(?:이?라)?(?:고|며|면서)\s+([^\s,.]+(?:\s[^\s,.]+)?)(?:은|는|이|가)\s")
_WORK = re.compile(
    r"(?:映画|小説|曲|歌|アルバム|ドラマ|番組|書籍|雑誌|電影|电影|小说|歌曲|专辑|專輯|영화|소설|드라마|노래|앨범)\s*$"
)
_ZH_VERB = (
    "表示|表明|指出|认为|認為|强调|強調|写道|寫道|回应|回應|宣布|补充|補充|告诉|告訴|坦言|透露|批评|批評|呼吁|呼籲|解释|解釋|"
    "说道|說道|说|說|称|稱|问|問|答|道|喊"
)
_ZH_BEFORE = re.compile(
    rf"([^，。；：、,;:\s]{{2,24}}?)(?:{_ZH_VERB})(?:[^，。]{{0,12}}[：:，,]?|，[^，。]{{0,8}})\s*$"
)
_ZH_AFTER = re.compile(rf"^[，,]?\s*([^，。；：、,;:\s]{{2,16}}?)(?:{_ZH_VERB})")
_ZH_ADVERB = re.compile(
    r"(?:在|于|於|对|對|向|今天|昨天|昨日|今日|周[一二三四五六日]|随后|隨後|日前|近日|则|則|也|并|並|还|還|再次).*$"
)
_KO_TITLE = re.compile(
    r"^(?:의원|대통령|장관|총리|대표|씨|교수|시장|위원장|지사|회장|사장|감독|선수|대변인|원장|총장|차관|실장|비서관)"
)
_KO_TOPIC = re.compile(r"^(.+?)(?:께서는|께서|은|는|이|가|도)[,]?$")
_KO_SAID = re.compile(r"^\s*(?:이?라?고|며|면서|라며|이?라는|는)")


def cue(text: str, para: Para, mark: Mark, lang: str) -> Cue:
    """The source of one quotation; weight as in `cues`."""
    before = text[max(para.start, mark.start - _NEAR) : mark.start]
    breaks = list(_BREAK.finditer(before))
    before = before[breaks[-1].end() :] if breaks else before
    after = text[mark.end : min(para.end, mark.end + _NEAR)]
    source, said = {"ja": _japanese, "zh": _chinese, "ko": _korean}[lang](before, after)
    at = mark.start
    if not source:
        return Cue(None, 76) if said else NOTHING
    return Cue(Source(source, "name", at=at), 96 if said else 40)


def _japanese(before: str, after: str) -> tuple[str, bool]:
    said = bool(_JA_SAID.match(after)) or before.rstrip().endswith(("：", ":"))
    behind = _JA_AFTER.match(after)
    if behind:
        return behind[1], True
    found = _JA_TOPIC.search(before)
    name = found[1] if found else re.sub(r"[：:]\s*$", "", before) if before.rstrip().endswith(("：", ":")) else ""
    tail = name.rsplit("の", 1)[-1]
    return (tail if len(tail) > 1 else name).strip(), said


def _chinese(before: str, after: str) -> tuple[str, bool]:
    found = _ZH_BEFORE.search(before) or _ZH_AFTER.match(after)
    if found:
        return _ZH_ADVERB.sub("", found[1]) or found[1], True
    led = re.match(r"\s*([^，。；：、,;:\s]{2,16})[：:]\s*$", before)
    return (led[1], True) if led else ("", before.rstrip().endswith(("：", ":")))


def _korean(before: str, after: str) -> tuple[str, bool]:
    said = bool(_KO_SAID.match(after))
    behind = _KO_AFTER.match(after)
    if behind:
        return behind[1], True
    parts = before.split()
    for n, part in enumerate(parts):
        found = _KO_TOPIC.match(part)
        if found and (len(found[1]) > 1):
            name = found[1]
            if n and _KO_TITLE.match(name):
                name = f"{parts[n - 1]} {name}"
            return name, said
    return "", said


def names_work(text: str, mark: Mark) -> bool:
    """Whether a word like "film" stands right before the quotation."""
    return bool(_WORK.search(text, max(0, mark.start - 8), mark.start))
