"""What furniture says, as patterns of whole lines: a story may say any of it inside a sentence.

`ANYWHERE` is furniture wherever it stands; `AT_END` only at the end, for elsewhere it may be the story's own words.
Written for the languages of the feeds we ship and their neighbours; what is not listed stays, which is the safe side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui_news.text.lazy import lazily

_READ_ALSO = (
    "read also", "also read", "see also", "read more", "read next", "watch", "related", "more on this", "les også",
    "läs också", "læs også", "lue myös", "lees ook", "lesen sie auch", "lesen sie mehr", "mehr zum thema", "lire aussi",
    "à lire aussi", "leia também", "leia mais", "lea también", "leer más", "leggi anche", "przeczytaj także",
    "czytaj także", "читайте также", "читать также",
)  # fmt: skip
_READ_ON = (
    "weiterlesen", "les mer", "läs mer", "læs mere", "lue lisää", "lire la suite", "leer más", "seguir leyendo",
    "lees meer", "lees verder", "leia mais", "continua a leggere", "czytaj dalej", "читать далее",
)  # fmt: skip
_FIRST_ELSEWHERE = (
    "appeared first on", "first appeared on", "originally appeared", "was originally published", "erschien zuerst auf",
    "est apparu en premier sur", "apareció primero en", "verscheen eerst op", "dukket først opp på", "vises først på",
    "dök först upp på",
)  # fmt: skip
_FOLLOW = (
    "follow", "følg", "folgen sie", "folge", "suivez", "retrouvez", "sigue", "síguenos", "siga", "segui", "seguici",
    "volg", "följ", "seuraa", "obserwuj", "śledź", "подписывайтесь", "читайте нас",
)  # fmt: skip
_SIGN_UP = (
    "sign up", "subscribe", "register", "abonnieren sie", "abonniere", "melden sie sich", "meld deg på", "tilmeld dig",
    "inscrivez-vous", "abonnez-vous", "recevez", "suscríbete", "suscribase", "suscríbase", "recibe", "iscriviti",
    "assine", "inscreva-se", "receba", "zapisz się", "schrijf je in", "meld je aan", "prenumerera", "anmäl dig",
    "tilaa", "подпишитесь", "abonner på",
)  # fmt: skip
_LETTER = (
    "newsletters?", "mailing list", "e-?mails?", "alerts", "inbox", "nyhetsbrev(?:et)?", "nyhedsbrev(?:et)?", "boletín",
    "boletines", "nieuwsbrief", "uutiskirjee?n?", "рассылку", "lettre d.information", "bulletin", "newslettera?",
)  # fmt: skip
_COMMENT = (
    "legg igjen en kommentar", "skriv en kommentar", "skriv kommentar", "lämna en kommentar", "kommentar schreiben",
    "schreibe einen kommentar", "schreiben sie einen kommentar", "laisser un commentaire", "deja un comentario",
    "deja una respuesta", "deixe um comentário", "deixe uma resposta", "lascia un commento", "laat een reactie achter",
    "geef een reactie", "jätä kommentti", "dodaj komentarz", "оставить комментарий", "добавить комментарий",
    "join our commenting forum", "join the conversation", "view comments", "show comments", "post a comment",
)  # fmt: skip
_TIP = (
    "har du (?:et |ett )?tips", "tips oss", "tipsa oss", "har du et nyhedstip", "haben sie (?:einen )?hinweise?",
    "vinkkaa", "vous avez une info", "tienes una (?:pista|información)", "heb je een tip", "hai una segnalazione",
)  # fmt: skip
_NETWORK = "facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|telegram|instagram|bluesky|mastodon|threads|e-?mail"
_PLACES = (
    "facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|telegram|instagram|bluesky|mastodon|threads|snapchat|youtube|"
    "tiktok"
)

# "Published 2:16 AM EST Nov 20, 2019": a day or a clock, and no more words than a date has.
_DATED = (
    r"(?:(?:first |last |originally )?(?:published|updated|posted|modified)|publisert|oppdatert|publicerad|uppdaterad|"
    r"udgivet|opdateret|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|"
    r"aggiornato)(?=.{0,60}(?:\b\d\d?[./]\d\d?[./]\d|\d[:h]\d\d|\b"
    r"(?:jan|feb|fév|mar|mär|apr|avr|abr|ma[ijy]|jun|juin|giu|jul|juil|lug|aug|août|ago|sep|set|o[ckt]t|out|nov|de[csz]|ene"
    r"|dic|gen|mag)))(?!.*\b(?:in|by|with|under|av|von|par|por)\b)"
    r"(?>(?:(?>(?:[\s\d:.,/|–—()-]|(?<=\d)h(?=\d))+)(?>(?:[^\W\d_]{1,12}\b)?)){1,9})"
)


def _any(phrases: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(phrase) for phrase in phrases) + ")"


_ANYWHERE = (
    r"(?:do you )?(?:have|got|know) (?:a|any) (?:news |story )?tips?(?: (?:for|to|about|you)\b[^.?!]{0,80})?\?.{0,200}",
    r"(?:sign up|subscribe|register)\b.{0,40}\b(?:for|to) (?:our|the|my|this)\b.{0,80}"
    r"\b(?:newsletter|mailing list|email|e-mail|alerts|updates|channel|podcast)\b.{0,80}",
    r"(?:sign up|subscribe|register)\b.{0,60}\b(?:to|and) (?:get|receive|stay)\b.{0,40}"
    r"\b(?:updates?|latest|news|alerts|deals|inbox|informed)\b.{0,80}",
    _DATED,
    r"(?:get|receive) (?:our|the)\b.{0,80}\b(?:newsletter|in your inbox)\b.{0,80}",
    rf"(?:join|follow|like) us\b.{{0,40}}\b(?:{_PLACES}|google news|our channel)\b.{{0,60}}",
    rf"{_any(_READ_ALSO)}\s*[:»>–—|].{{0,200}}",
    r"(?:related|recommended)(?: (?:articles?|stories|posts|content|topics|reading|for you))?:?",
    r"you (?:may|might)(?: also)? (?:like|enjoy)(?: these)?:?|more from .{2,40}:",
    r"(?:share|tweet|pin|email|print)(?: this)?(?: (?:article|story|post|page))?\s*:?",
    rf"share (?:this )?(?:on|via|to) (?:{_PLACES}|e-?mail)\b.{{0,40}}|click to (?:share|email|print)\b.{{0,80}}",
    r"(?:facebook|twitter|linkedin|whatsapp|reddit|pinterest|telegram|instagram|copy link|link copied!?)",
    rf"(?:(?:share|print|copy link|link|save|{_NETWORK})[\s,·|/]*){{2,10}}",
    rf"[*•\s]{{0,3}}{_any(_FOLLOW)}\b.{{0,60}} (?:on|på|auf|sur|en|su|op|no|na|в|via) "
    rf"(?:{_PLACES}|google news)\b.{{0,60}}",
    rf"{_any(_SIGN_UP)}\b.{{0,80}}\b(?:{'|'.join(_LETTER)})\b.{{0,120}}",
    rf"{_any(_COMMENT)}[\s.…!]{{0,4}}|(?:{'|'.join(_TIP)})\b.{{0,160}}",
    r"click here (?:to|for) (?:read|subscribe|sign up|watch|follow|get the .{0,20}app|more)\b.{0,90}",
    r"get .{3,40} on the go\b.{0,40}|download (?:our|the) .{0,40}\bapp\b.{0,60}",
    r"(?:close|video|play(?: video)?|watch live|enlarge this image|view (?:the )?gallery|log ?in|sign in|read more|"
    r"(?:image|photo|slide) \d{1,3} (?:of|/) \d{1,3}|toggle caption|hide caption|story continues(?: below.{0,40})?|"
    r"recommended by .{2,40}|editors?[’'] picks?|must (?:read|watch)|most (?:read|popular)|top stories|up next)",
    r"(?=.*\b(?:links?|purchases?|buy|affiliates?)\b).{0,260}\bwe (?:(?:may|might|can|could|will) )?"
    r"(?:earn|receive|get) (?:an? )?(?:small |affiliate )*commissions?\b.{0,240}",
    r"this content can also be viewed on the site it originates from\.?|(?:instagram|twitter|tiktok|facebook) content",
    r"(?:this|dieser?|diese|cette?|este|esta) (?:site|website|page|seite|página) (?:uses|verwendet|utilise|utiliza) "
    r"cookies\b.{0,300}",
    r"(?:vi bruker|vi bruger|vi använder|wir verwenden|nous utilisons|utilizamos|utilizziamo|wij gebruiken|"
    r"używamy|käytämme|мы используем)(?: \w+){0,3} (?:cookies|informasjonskapsler|evästeitä|файлы cookie).{0,300}",
    r"(?:advertisements?|advertising|anzeige|annonse|reklame|publicité|publicidad|sponsored(?: content)?)",
    r"(?:we|this (?:site|website)) uses? cookies\b.{0,300}",
    r"(?:leave|post|write|add) a (?:comment|reply)\.?|cancel reply|skip to (?:main )?content",
    r"this newsletter may contain\b.{0,80}\b(?:advertising|deals|affiliate links)\b.{0,300}",
    r"thank you for (?:subscribing|signing up)\b.{0,60}\bnewsletter\b.{0,200}",
    r"(?:like|enjoy(?:ed|ing)?|loved?) (?:this|what you|our) (?:story|article|post|read(?:ing)?|see)\b.{0,20}"
    r"[?]? ?(?:please )?(?:share|subscribe|sign up|support|consider|become)\b.{0,120}",
    r"check out what[’']s clicking on .{2,60}|.{2,40} top headlines (?:for|of) .{3,30}",
    r"(?:show|hide|toggle|open|expand|close|view) (?:the )?(?:full )?(?:captions?|gallery|image|photos?)"
    r"|caption",
    r"(?:image|photo|slide|bild|foto|diapositive) \d{1,3} (?:of|/|von|av|de|sur|di)(?: /)? ?\d{1,3}|1[5-9]\d{8}",
    r"(?:listen to|hear|subscribe to|download)\b.{0,80}\b(?:wherever|where) you (?:get|listen to|find) "
    r"(?:your )?podcasts\.?",
    r"view this (?:post|photo|video) on (?:instagram|x|twitter|threads|facebook)|a post shared by .{2,80}",
    r"our journalism needs your support\b.{0,120}",
    r"like this:?|like loading\.*|loading(?:\.{2,3}|…)",
    r"your e-?mail address will not be published\b.{0,100}",
    r"this (?:site|website) uses akismet\b.{0,120}|please enable javascript\b.{0,120}",
)
_AT_END = (
    rf"(?:the post|this (?:article|post|story)|the article|der beitrag|l[’']article|el post|het bericht|innlegget|"
    rf"indlægget|inlägget)\b.{{0,400}}\b{_any(_FIRST_ELSEWHERE)}\b.{{0,200}}",
    r"\[?(?:read|view) (?:more|the (?:full|whole|rest|original)\b.{0,40})"
    r"(?: (?:here|at|on)\b.{0,80})?[\s.…»›→>\]]{0,6}",
    r"\[?continue reading\b.{0,300}",
    r"keep reading|current issue|(?:[a-z]+ ){1,2}(?:19|20)\d\d issue|editorial standards"
    r"|featured (?:reviews|stories|articles)|(?:submit|report|request) (?:a|an) (?:correction|error|typo|mistake)"
    r"|send (?:us )?a letter(?: to the editor)?"
    r"|letters? to the editor|(?:order )?reprints?(?: (?:&|and) permissions)?|permissions|about this article",
    rf"{_any(_READ_ON)}\b.{{0,60}}",
    r"(?:comments?|\d+ comments?|discuss(?: (?:this|on\b.{0,40}))?|permalink)",
    r"[—–-]? ?.{0,90}\b(?:can|may) be (?:reached|contacted|followed)\b.{0,80}@.{0,80}",
    r"(?:contact|e-?mail|reach|write to|tweet|you can (?:follow|reach|contact|find))\b.{0,80}@.{0,80}",
    r"this (?:article|story|piece) (?:first |originally )?(?:appeared|was published) in .{0,160}"
    r"\b(?:edition|issue|section)\b.{0,160}",
    r"from the .{4,40} (?:edition|issue)|explore the edition|(?:see )?more from .{2,60}|next read(?: this)?:?",
    r"(?:reach|contact|follow) (?:the )?(?:reporters?|writers?|authors?)\b.{0,120}|contributing:.{2,200}"
    r"|(?:licen[cs]e|republish|reprint) this (?:content|article|story)"
    r"|this article appeared in the .{0,160}|(?:interview|story|video|film) (?:with .{2,40} )?produced by .{2,60}",
    r"includes information from .{2,80}|our standards: .{2,80}|copyright \W?.{0,6}\d{4}\b.{0,160}|©.{0,160}",
    r"(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados)\b.{0,120}",
    r"(?:share|tags?|filed under|published under|topics?|keywords?|schlagworte|emner|ämnen|"
    r"étiquettes|etiquetas|posted in|categories|categorized as|tagged(?: with)?)\s*:.{0,200}",
)
# A line that is mostly a link, and says so: a story's own sentence begins like this only by chance.
LEADS_AWAY = lazily(
    r"(?:also|more|next|trending|don[’']t miss|must[ -]?(?:read|see|watch)|listen|recommended|read|related|see|"
    r"more from [\w ]{2,30}|lire|aussi|auch|mehr|más|también|anche|også|også|också|meer|ook|"
    r"więcej|также)\b.{0,3}[:»>|–—-].*"
    r"|(?:also read|read also|read more|see also|more from)\b.*",
    re.IGNORECASE | re.DOTALL,
)
ANYWHERE = lazily("|".join(_ANYWHERE), re.IGNORECASE)
AT_END = lazily("|".join(_AT_END), re.IGNORECASE)
# What stands over a list of other stories.
MORE = lazily(
    r"(?:more|related|read|further|other|latest|recent|popular|featured|you may|mehr|weitere|les også|läs|"
    r"lire|à lire|más|editors?[’'] (?:picks?|choice|recommendations?)|leia|altri|meer|więcej|lue|ещё|читайте)\b.{0,60}",
    re.IGNORECASE,
)
# Who took the picture above, in a paragraph of its own.
CREDIT = lazily(
    r"\(?(?:photo(?:graph(?:er|y)?)?|image|picture|credit|foto(?:graf)?|bild|kuva|illustration|crédits?|фото)"
    r"(?: (?:by|av|von|de|di|par|credit))?\s?[:/].{2,80}(?<![.!?])\)?"
    r"|.{2,60}[/|] ?(?:getty images|afp|reuters|ap|epa|ntb|tt|dpa|scanpix|shutterstock|alamy|bloomberg|netflix|npr)\)?",
    re.IGNORECASE,
)
# A text that was cut off says so in its last words.
_CUT_WORDS = ("(more", "read ", "view ", "see ", *_READ_ON)
_CUT_ROOM = 100  # characters of the end in which those stand
_FOLDS_TO = 3  # that many at most
CUT_OFF = lazily(
    r"(?:\[\s*(?:…|\.{3})\s*\]|…|\.{3}|\(more\b[^)]{0,10}\)"
    r"|\b(?:read|view|see) (?:more|on|the (?:full|rest|whole)\b.{0,40})|\bcontinue reading\b.{0,300}"
    rf"|\b{_any(_READ_ON)}\b.{{0,60}})[\s»›→>.\]]{{0,9}}$",
    re.IGNORECASE,
)
_MAY_BE_CUT = lazily(_any(("...", "…", *_CUT_WORDS)))


def cut_off(text: str) -> bool:
    """Whether the end of a text (some hundred characters) says that the rest of it is elsewhere.

    The pattern is tried at every letter; most texts have none of the words that it can begin with.
    """
    # The two that a pattern takes for one letter, and casefold does not.
    folded = text.lower() if text.isascii() else text.casefold().replace("ı", "i")
    end = folded[-_CUT_ROOM * (1 if len(folded) == len(text) else _FOLDS_TO) :]
    return bool((_MAY_BE_CUT.search(end) or "continue reading" in folded) and CUT_OFF.search(text))
