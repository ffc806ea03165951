"""Norwegian (both written forms), Danish and Swedish: near enough to share their lists, apart where forms clash."""

from __future__ import annotations

from tui_news.text.quotes.lexicon import Lexicon, gendered, phrases, words

_SAY_NO = """
sier sa sagt si seier fortalte forteller fortalt fortel fortalde mener mente meiner meinte skriver skrev skriv skreiv
opplyser opplyste forklarer forklarte forklarar forklarte svarer svarte svarar svara spurte spør understreker
understreket understrekar påpeker påpekte påpeikar påpeika kommenterer kommenterte kommenterar tilføyer tilføyde
legger la leggjer fortsetter fortsatte fortset hevder hevdet hevdar hevda advarer advarte åtvarar åtvara
uttaler uttalte
uttalar bekrefter bekreftet stadfestar stadfesta melder meldte melder sukker sukket ler lo lover lovte roper ropte
utbryter utbrøt presiserer presiserte konstaterer konstaterte innrømmer innrømmet vedgår vedgikk erkjenner erkjente
oppfordrer oppfordret krever krevde kaller kalte kallar kalla beskriver beskrev beklager beklaget sammenligner hvisker
hvisket gjentar gjentok slår konkluderer konkluderte vurderer medgir medga spøker spøkte humrer jubler jublet
raser raste
tordner tordnet fastslår fastslo tvitrer tvitret sitert siterer lyder oppsummerer oppsummerte repliserer replikserte
parerer innvender varsler varslet betoner reagerer reagerte minner roser roste tror trodde håper synes syntes fryktar
frykter tenker tenkte føler vet ønsker
"""
_SAY_DA = """
siger sagde sige fortæller fortalte mener mente skriver skrev oplyser oplyste forklarer forklarede svarer svarede
spørger spurgte understreger understregede påpeger påpegede kommenterer kommenterede tilføjer tilføjede lyder lød
fortsætter fortsatte hævder hævdede advarer advarede udtaler udtalte bekræfter bekræftede meddeler meddelte erkender
erkendte kræver krævede kalder kaldte beskriver beskrev beklager beklagede lover lovede råber råbte gentager gentog
konkluderer konkluderede vurderer vurderede konstaterer konstaterede griner grinede opfordrer understreget tror håber
synes slår fastslår fastslog uddyber uddybede indrømmer indrømmede tweeter tweetede
"""
_SAY_SV = """
säger sade sa sagt berättar berättade menar menade skriver skrev uppger uppgav förklarar förklarade svarar svarade
frågar frågade undrar undrade understryker underströk betonar betonade påpekar påpekade kommenterar kommenterade
tillägger tillade fortsätter fortsatte hävdar hävdade varnar varnade uttalar uttalade bekräftar bekräftade meddelar
meddelade medger medgav kräver krävde kallar kallade beskriver beskrev beklagar beklagade lovar lovade ropar ropade
upprepar upprepade konstaterar konstaterade skrattar skrattade suckar suckade tror trodde hoppas tycker tyckte anser
ansåg lyder löd utbrister utbrast viskar viskade slår twittrar twittrade erkänner erkände påstår påstod
"""


def build(lang: str) -> Lexicon:
    """One of "no", "nn", "da", "sv"."""
    say = words({"da": _SAY_DA, "sv": _SAY_SV}.get(lang, _SAY_NO))
    return Lexicon(
        lang=lang,
        say=say,
        weak=words("vil ville kan viser viste ser så ga ger gir gav gjør"),
        according=phrases("ifølge|i følge|enligt|følge|med ordene til|i henhold til"),
        by=words("av af"),
        dets=words(
            "den det de en ein ei et eit ett denne dette disse hans hennes hendes hennar deres sin sitt sine våre "
            "vår vårt mange flere fleire flera noen nogle några to tre begge både alle alla et"
        ),
        preps=words(
            "i på til till fra frå från med av af for för om ved vid hos mot etter efter før under over över "
            "mellom mellan "
            "uten utan gjennom genom som ifølge enligt siden sedan inden utenfor innen hjå åt ut inn opp ned rundt "
            "kring blant bland tross trots"
        ),
        of=words("i for för av af fra från"),
        pronouns=gendered(m="han", f="hun ho hon", p="de dei vi", n="det den man", i="jeg eg jag"),
        relatives=words("som"),
        joints=words(
            "at att om når da då mens medan fordi men og och for så hvis dersom viss selv før etter eller eller "
            "ettersom"
        ),
        ands=words("og och"),
        skip=words(
            "har hadde havde hade er var ble blev også også nå nu ikke ikkje inte så da då videre vidare senere "
            "senare "
            "seinare selv själv sjølv allerede redan seg sig det bare bara fortsatt igjen igen tidligere han kan vil"
        ),
        titles=words(
            "statsminister forsvarsminister utenriksminister udenrigsminister utrikesminister finansminister "
            "justisminister helseminister klimaminister olje- minister statsråd statssekretær president kong "
            "dronning "
            "kung drottning konge prins prinsesse biskop pave ordfører ordførar borgmester leder leiar ledare "
            "partileder partileiar partiledare professor doktor dr advokat pressesjef direktør direktör trener "
            "tränare rektor lege sjef redaktør generalsekretær politiker forsker forskar sjåfør fylkesmann "
            "pressechef "
            "talsperson talsmann talsmand talskvinne talesperson politimester utenriksminister regissør forfatter"
        ),
        suffixes=(
            "minister",
            "leder",
            "leiar",
            "ledare",
            "sjef",
            "chef",
            "direktør",
            "direktör",
            "ordfører",
            "ordförande",
            "sekretær",
            "sekreterare",
            "professor",
            "advokat",
            "politiker",
            "mester",
            "talsmann",
            "talsperson",
            "trener",
            "tränare",
            "forsker",
            "redaktør",
        ),
        stops=words(
            "mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag laurdag sundag januar "
            "februar mars april mai juni juli august september oktober november desember december men og och i på "
            "da då når det den de han hun hon ho vi jeg jag eg etter efter for som ifølge også foto nå en et ett"
        ),
        works=words(
            "romanen roman filmen film boken boka bogen bok bog sangen sang låten låt albumet album serien serie "
            "stykket avisen avisa avisen tidningen bladet programmet operaen diktet singlen singelen"
        ),
        named=words(
            "såkalte såkalt såkaldte såkaldt så kallade så kallad såkalla ordet uttrykket udtrykket begrepet "
            "begrebet "
            "begreppet kallenavnet tilnavnet"
        ),
        inverts=True,
        dash="always",
        resumes=lang != "da",
    )
