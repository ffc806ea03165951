"""English."""

from __future__ import annotations

from tui_news.text.quotes.lexicon import Lexicon, gendered, phrases, words

_IRREGULAR = """
say says said saying|tell tells told telling|think thinks thought thinking|write writes wrote written writing
|read reads reading|puts|speak speaks spoke spoken speaking|quip quips quipped quipping
|begin begins began beginning|swear swears swore sworn swearing|cry cries cried crying|reply replies replied replying
|deny denies denied denying|imply implies implied implying|clarify clarifies clarified clarifying
|testify testifies testified testifying|specify specifies specified specifying|admit admits admitted admitting
|tut tuts tutted tutting|chat chats chatted chatting|plead pleads pleaded pled pleading|sing sings sang singing
|go goes went on|refer refers referred referring|concur concurs concurred concurring|blog blogs blogged blogging
|brag brags bragged bragging|snap snaps snapped snapping|shrug shrugs shrugged|tell tells told
|vow vows vowed vowing|retweet retweets retweeted retweeting|tweet tweets tweeted tweeting
"""
_REGULAR = """
accuse acknowledge add address advise advocate affirm agree allege announce answer argue ask assert assess assure
attest aver bark bellow blame blast boast call caution challenge charge claim coin command comment complain concede
conclude condemn confess confide confirm contend continue counsel counter crack criticise criticize declare decry
demand denounce depict describe dictate dismiss dispute document dub echo elaborate emphasise emphasize encourage
enquire estimate exclaim explain exult forecast fret gripe groan grumble gush hail hint implore indicate
inform inquire insist instruct interject intone invoke joke label lament lash lecture maintain
marvel mention mock moan murmur mumble muse mutter narrate note object observe opine order pledge point
pose post praise predict preach proclaim profess promise pronounce propose protest proffer query question
quote rail rant reason reassure rebuke recall recite recommend recount reiterate rejoin relate remark
remember remind repeat report request respond resume retort reveal roar scoff scold scream shout shriek sigh slam
sneer snort spit state stipulate stress suggest summarise summarize surmise tease term testify text thunder
title tout urge utter venture voice volunteer wail warn whisper wonder worry yell branded brand characterize
characterise chide assail concoct ridicule defend
"""
_WEAK = """
feel feels felt feeling|believe believes believed believing|see sees saw|want wants wanted wanting|find finds found
|consider considers considered|hope hopes hoped hoping|expect expects expected|know knows knew|issue issues issued
|learn learns learned|hear hears heard|offer offers offered|release releases released|show shows showed showing
|hold holds held|mean means meant|laugh laughs laughed|smile smiles smiled|decide decides decided|think thinks thought
|nod nods nodded|cite cites cited citing|talk talks talked talking|use uses used using|promise promises|seek
seeks sought
|love loves loved|name names named naming|need needs needed|refuse refuses refused|fear fears feared
|applaud applauds applauded|list lists listed|record records recorded|conclude|greet greets greeted greeting|blog
|advertise advertises advertised|publish publishes published|send sends sent|start starts started|sign signs signed
"""


def _regular(stem: str) -> list[str]:
    if stem.endswith("e"):
        return [stem, stem + "s", stem + "d", stem[:-1] + "ing"]
    plural = stem + ("es" if stem.endswith(("s", "sh", "ch", "x")) else "s")
    return [stem, plural, stem + "ed", stem + "ing"]


def _forms() -> set[str]:
    forms = {w for line in _IRREGULAR.split("|") for w in line.split()} - {"on", "go", "goes", "went"}
    forms.update(f for stem in _REGULAR.split() for f in _regular(stem))
    for extra in ("permit", "submit", "omit"):
        forms.update((extra, extra + "s", extra + "ted", extra + "ting"))
    forms |= {"spat", "grinned", "chimed", "chuckled", "read", "went"}
    # Forms that are nouns far more often than verbs, before or after a quotation.
    forms -= words("address claims comment comments post posts posting title titles text texts order orders reason "
                   "reasons report request requests object objects question questions point points term terms "
                   "label labels "
                   "voice challenge challenges charge charges blast call calls demand demands answer answers praise "
                   "promise pose forecast forecasts estimate estimates blame state states document documents reading "
                   "writing readings quote quotes remark remarks joke jokes crack cracks pledge pledges command "
                   "tease "
                   "meaning attest spit worry wonder exclaim")  # fmt: skip
    return forms | {"reports", "states", "asks", "writes", "reads", "answers", "jokes", "quotes"}


def build(lang: str) -> Lexicon:
    """English, also the stand-in for languages without words of their own."""
    forms = _forms()
    gerunds = {f for f in forms if f.endswith("ing")}
    bases = {f for f in forms if not f.endswith(("s", "d", "ing"))} | words(
        "call comment report post state quote question describe promise label order add need read address term dismiss"
    )
    weak = {w for line in _WEAK.split("|") for w in line.split()}
    gerunds |= {w for w in weak if w.endswith("ing")} | {"posting", "reading", "writing"}
    return Lexicon(
        lang=lang,
        say=frozenset(forms - gerunds),
        weak=frozenset(weak - forms - gerunds),
        gerunds=frozenset(gerunds),
        infinitives=frozenset(bases),
        address=words(
            "told tells tell asked asks ask urged urges warned warns reminded reminds informed assured advised "
            "instructed encouraged implored begged ordered quoted quotes quoting telling asking urging"
        ),
        according=phrases("according to|as per|in the words of"),
        by=frozenset({"by"}),
        dets=words(
            "the a an this that these those his her its their our my your one some many most several both all "
            "another each every no two three four five six seven eight nine ten few other"
        ),
        preps=words(
            "in on at of to for from with by about into over after before during under between among against "
            "through without within since until upon via amid despite like near off out across along around "
            "behind beyond regarding including toward towards per as versus than besides throughout following"
        ),
        of=words("of for at from in"),
        pronouns=gendered(m="he", f="she", p="they we", n="it", i="i"),
        relatives=words("who which that whom"),
        joints=words(
            "that but while because if when whether although though where why how what unless so than as "
            "after before since until once whereas or nor yet and"
        ),
        ands=frozenset({"and", "&"}),
        skip=words(
            "has have had is was were are been be being did does do will would could should may might can must "
            "also later then once again recently reportedly previously earlier now never not n't always already "
            "often simply repeatedly just even still initially famously actually only since ever haven't hadn't "
            "isn't aren't wasn't weren't don't won't can't couldn't shouldn't himself herself "
            "itself themselves quickly publicly didn't doesn't hasn't wouldn't first last finally further "
            "subsequently immediately eventually soon usually sometimes frequently angrily calmly bluntly"
        ),
        titles=words(
            "mr mrs ms miss mx dr prof professor sir lord lady dame president vice prime minister senator sen "
            "rep representative congressman congresswoman gov governor mayor chancellor secretary attorney "
            "general judge justice chief king queen prince princess pope pastor rev reverend father bishop "
            "archbishop rabbi imam sheikh captain capt col colonel lt sgt sergeant gen officer detective "
            "inspector superintendent admiral ambassador commissioner councillor councilman councilwoman "
            "director chairman chairwoman chair ceo coach analyst economist spokesman spokeswoman spokesperson "
            "defense defence foreign finance interior health environment deputy former then acting interim "
            "speaker leader labour republican democrat democratic candidate nominee author actor actress "
            "director singer lawyer editor founder manager host anchor reporter correspondent author farmer "
            "assistant executive senior first"
        ),
        stops=words(
            "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
            "august september october november december but and the a an in on at if when while after before "
            "that this these those he she they it we i you his her their its our my as so yet or not no yes "
            "however meanwhile still then there what who why how where for from to of with by according asked "
            "also even just now once later last next some many most all both one two three four five six seven "
            "because although though since during despite like under over about more photo source updated"
        ),
        works=words(
            "novel novels film films movie movies book books song songs album albums single play plays series show "
            "musical opera poem painting essay article documentary podcast programme program column memoir "
            "drama comedy sitcom hit anthem report newspaper magazine episode trilogy thriller exhibition "
            "titled entitled headlined bestseller"
        ),
        named=words(
            "word words term terms phrase phrases so-called called nicknamed dubbed known slogan nickname alias "
            "named labelled labeled"
        ),
        dash="verb",
    )
