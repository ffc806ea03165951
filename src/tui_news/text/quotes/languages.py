"""Guess a text's language from its script and its commonest function words. Cheap: only the first part is read."""

from __future__ import annotations

import re
from collections import Counter

_SAMPLE = 4000  # code points; more changes the answer almost never
_WORD = re.compile(r"[^\W\d_]+")
_COMMON: dict[str, str] = {
    "en": "the of and to in that is was for it with as his on be at by had not are but from have they which you were "
    "this said she he who will would their has been i my we an its me what there",
    "de": "der die das und ist nicht ein eine den dem von zu mit sich des auf für im auch als es an werden aus "
    "er hat "
    "dass sie nach wird bei einer um am sind noch wie einem über wir ich sagte war haben bin mein",
    "no": "og i det er på til som en av for at med har ikke de den et om fra var men vi jeg han hun seg blir etter "
    "sier sa ved vil kan skal dette nå også mot når ingen hva må være noe meg",
    "nn": "og i det er på til som ein av for at med har ikkje dei den eit om frå var men vi eg han ho seg blir "
    "seier sa ved vil kan skal dette no også mot når ingen kva må vere noko meg",
    "da": "og i det er på til som en af for at med har ikke de den et om fra var men vi jeg han hun sig bliver efter "
    "siger sagde ved vil kan skal dette nu også mod når ingen hvad må være noget mig",
    "sv": "och i det är på till som en av för att med har inte de den ett om från var men vi jag han hon sig blir "
    "efter säger sade vid vill kan ska detta nu också mot när ingen vad måste vara något mig",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij nog uit door "
    "naar heeft "
    "hij zij we wij ik zegt werd worden dit geen was ze wordt",
    "fr": "le la les de des du et est en un une que qui dans pour pas sur au il elle a ce se ne plus par avec "
    "je nous "
    "vous sont été aux cette mais ont son sa mon j l c d s n qu",
    "es": "el la los las de del y en que un una es por con para no se su al lo como más pero sus le ya o este ha sí "
    "porque esta son entre cuando muy sin sobre también dijo fue hay está yo",
    "it": "il la le di che e è un una per non in del della dei con si da al sono lo gli nel come più ma anche "
    "ha alla "
    "questo questa ci sul dalla delle i o detto stato era ho",
    "pt": "o a os as de do da dos das e em que um uma não é para com por se no na mais ao como mas foi à seu sua ele "
    "ela são também pelo pela disse até isso muito está eu você",
    "ca": "el la els les de del i en que un una és per amb no es al com més però seu seva ha aquest aquesta són "
    "dels va "
    "va ser hi ho també",
    "ro": "și în de la cu pe nu este a că un o pentru care din mai sunt se au fost ce să al ale ca dar spus prin",
    "pl": "i w na z się nie do to że jest o jak po co ale za od przez dla tym był są ich już tak czy oraz powiedział "
    "jego także jej może być tylko",
    "cs": "a v na se je že s z do o to i za by ale jako po si jsem který už tak pro jeho jsou podle řekl také bylo "
    "má není být které jen",
    "sk": "a v na sa je že s z do o to aj za by ale ako po si som ktorý už tak pre jeho sú podľa povedal tiež bolo "
    "má nie byť ktoré len",
    "hr": "i u je na da se za su od s ne to kao će ali što o bi koji iz te je rekao samo kako više nije bio",
    "sl": "in v je na da se za so od s ne to kot bo ali kar o bi ki iz ter je dejal samo kako več ni bil",
    "hu": "a az és hogy nem is egy ez azt de volt meg van csak már mint el még szerint után mondta kell lesz ki",
    "fi": "ja on ei että se oli hän mutta ovat kun myös joka mukaan sanoo sanoi ole niin kuin tai hänen tämä nyt me "
    "minä vain jo vielä olisi ollut",
    "et": "ja on ei et see oli ta aga kui ka mis ning ütles oma siis või kes nii nagu",
    "tr": "ve bir bu da de için ile çok ne daha gibi olarak olan dedi var en kadar ama o ben biz değil sonra söyledi",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena kata ada kami",
    "vi": "và của là có không cho được người trong một đã với các khi này những ông bà nói",
    "lt": "ir yra kad į su iš tai ne buvo bet kaip už jis sakė po prie dėl",
    "lv": "un ir ka ar uz no tas nav bet bija par kā arī teica viņš pie",
}
_CYRILLIC: dict[str, str] = {
    "ru": "и в не на что с по как это он она из у за от мы но они к о был сказал для его ы э",
    "uk": "і в не на що з та як це він вона із у за від ми але вони до про був сказав для його є й",
    "bg": "и в не на че с по как това той тя от за ние но те се да каза са ще му беше",
    "sr": "и у је на да се за су од с не то као ће али што о би који из рекао",
}
_SETS: dict[str, frozenset[str]] = {k: frozenset(v.split()) for k, v in _COMMON.items()}
_CYR_SETS: dict[str, frozenset[str]] = {k: frozenset(v.split()) for k, v in _CYRILLIC.items()}
_SCRIPTS: tuple[tuple[str, str, str], ...] = (
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7af"),
    ("zh", "\u4e00", "\u9fff"),
    ("he", "\u0590", "\u05ff"),
    ("ar", "\u0600", "\u06ff"),
    ("el", "\u0370", "\u03ff"),
    ("cyr", "\u0400", "\u04ff"),
    ("hi", "\u0900", "\u097f"),
    ("th", "\u0e00", "\u0e7f"),
)
_ALIASES = {"nb": "no", "nob": "no", "nno": "nn", "iw": "he", "sh": "hr", "bs": "hr", "in": "id", "gsw": "de"}


def language_of(text: str, lang: str | None = None) -> str:
    """The language to read `text` in: two letters, "en" when nothing speaks for another.

    lang: what the source claims ("nb-NO", "de_AT"); its first part wins when we know it by that name.
    """
    if lang:
        short = re.split(r"[-_]", lang.strip().lower(), maxsplit=1)[0]
        short = _ALIASES.get(short, short)
        if short in _SETS or short in _CYR_SETS or any(short == s for s, _, _ in _SCRIPTS):
            return short
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script == "cyr":
        return _cyrillic(sample)
    return script or _best(sample, _SETS, "en")


def _script(sample: str) -> str | None:
    counts: Counter[str] = Counter()
    for char in sample:
        if char > "\u036f" and char.isalpha():
            for name, low, high in _SCRIPTS:
                if low <= char <= high:
                    counts[name] += 1
                    break
    if not counts:
        return None
    if counts["ja"] * 8 > counts["zh"]:
        counts["ja"] += counts["zh"]
    name, count = counts.most_common(1)[0]
    letters = sum(c.isalpha() for c in sample)
    return name if count * 3 > letters else None


def _cyrillic(sample: str) -> str:
    if re.search(r"[іїєґ]", sample):
        return "uk"
    if re.search(r"[ђћљњџј]", sample):
        return "sr"
    return "ru" if re.search(r"[ыэё]", sample) else _best(sample, _CYR_SETS, "ru")


def _best(sample: str, sets: dict[str, frozenset[str]], default: str) -> str:
    words = Counter(w.lower() for w in _WORD.findall(sample))
    scores = {name: sum(n for w, n in words.items() if w in common) for name, common in sets.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > scores.get(default, 0) else default
