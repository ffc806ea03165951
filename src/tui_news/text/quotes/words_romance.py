"""French, Spanish, Catalan, Italian, Portuguese and Romanian."""

from __future__ import annotations

from tui_news.text.quotes.lexicon import Lexicon, gendered, phrases, words

_SAY: dict[str, str] = {
    "fr": """dit disait disent dire affirme affirmait affirmé déclare déclarait déclaré explique expliquait expliqué
 ajoute ajoutait ajouté assure assurait assuré estime estimait estimé indique indiqué précise précisé souligne
souligné
 raconte racontait raconté confie confiait confié répond répondait répondu demande demandait demandé lance
lançait lancé
 indigne inquiète insurge exclame félicite réjouit interroge rappelle rappelait rappelé regrette regrettait regretté
 dénonce dénonçait dénoncé annonce annoncé promet promettait promis martèle martelé insiste insistait insisté
 avertit prévient reconnaît reconnaissait admet note notait conclut concluait poursuit poursuivait reprend soupire
 soupirait plaisante ironise écrit écrivait écrivent résume commente commentait témoigne témoignait plaide plaidait
 réagit rétorque réplique lâche glisse tranche analyse observe constate constatait crie criait murmure jure tweete
 tweeté accuse critique salue évoque qualifie qualifiait qualifié parle parlait appelle appelait nuance argue confirme
 confirmé affirmaient expliquent déplore déplorait ordonné
 demanda répondit ajouta expliqua cria murmura lança reprit déclara affirma assura soupira
observa souffla fit fait-il""",
    "es": """dice dijo dijeron dicen dicho afirma afirmó afirmaron afirmado asegura aseguró aseguraron "
    "asegurado declara
 declaró declararon declarado explica explicó explicaron explicado añade añadió añadieron añadido señala señaló
señalaron
 señalado indica indicó sostiene sostuvo apunta apuntó comenta comentó cuenta contó responde respondió pregunta
preguntó
 insiste insistió advierte advirtió agrega agregó subraya subrayó destaca destacó recuerda recordó reconoce reconoció
 admite admitió lamenta lamentó denuncia denunció anuncia anunció promete prometió exclama exclamó grita gritó susurra
 escribe escribió tuitea tuiteó concluye concluyó precisa precisó manifiesta manifestó expresa expresó reitera reiteró
 detalla detalló critica criticó califica calificó calificado describe describió llama llamó considera
consideró opina opinó
 replica replicó relata relató confiesa confesó aclara aclaró enfatiza enfatizó argumenta argumentó confirma confirmó
 pide pidió exige exigió habla habló defiende defendió acusa acusó resume resumió zanja zanjó continúa continuó
prosigue""",
    "it": """dice diceva disse detto dicono ha afferma affermava affermò affermato dichiara dichiarò dichiarato spiega
 spiegava spiegò spiegato aggiunge aggiungeva aggiunse aggiunto sottolinea sottolineato racconta raccontava raccontò
 raccontato risponde rispose risposto chiede chiese chiesto assicura assicurato sostiene sosteneva scrive
scrisse scritto
 commenta commentato ricorda ricordato osserva insiste avverte avvertito ammette ammesso annuncia annunciato promette
 denuncia conclude concluso precisa precisato replica replicato ribadisce ribadito esclama esclamò attacca tuona
 confessa confida confermato conferma definisce definito chiama critica prosegue continua rivela rivelato
twitta lancia
 lamenta""",
    "pt": """diz disse disseram dizem dito afirma afirmou afirmaram declara declarou explica explicou acrescenta
 acrescentou conta contou responde respondeu pergunta perguntou garante garantiu assegura assegurou ressalta ressaltou
 destaca destacou lembra lembrou comenta comentou escreve escreveu sublinha sublinhou defende defendeu admite admitiu
 reconhece reconheceu lamenta lamentou alerta alertou avisa avisou anuncia anunciou promete prometeu conclui concluiu
 insiste insistiu reitera reiterou critica criticou denuncia denunciou acusa acusou chama chamou classifica
classificou
 descreve descreveu considera considerou opina opinou relata relatou exclama exclamou grita gritou revela revelou
 confirma confirmou frisa frisou completa completou completa argumenta argumentou pede pediu pontua avalia
avaliou fala
 falou observa observou""",
    "ro": """spune spunea spus a declară declarat afirmă afirmat explică explicat adaugă adăugat răspunde "
    "răspuns întreabă
 precizează precizat susține susținut scrie scris subliniază subliniat avertizează avertizat anunță anunțat zice zis
 menționează menționat transmis transmite arată arătat""",
    "ca": """diu va dit deia afirma afirmat assegura assegurat declara declarat explica explicat afegeix afegit apunta
 assenyala respon respost pregunta adverteix subratlla destaca recorda reconeix lamenta denuncia anuncia promet
conclou
 escriu insisteix diuen""",
}
_ACCORDING: dict[str, str] = {
    "fr": "selon|d'après|d’après|pour|aux yeux de|selon les mots de",
    "es": "según|de acuerdo con|en palabras de|a juicio de",
    "it": "secondo|stando a|a detta di|per",
    "pt": "segundo|de acordo com|conforme|nas palavras de|para",
    "ro": "potrivit|conform",
    "ca": "segons|en paraules de",
}
_NOT_ALONE = {"it": words("ha"), "ro": words("a"), "ca": words("va"), "fr": words("fait-il fait")}
_DETS = """le la les l' l’ un une des ce cet cette ces son sa ses leur leurs el los las una unos unas su sus
este esta estos
 il lo gli i uno questo questa suo sua o os as um uma seu seus sua suas nosso notre mon ma un' deux dos due
dois els lor
 plusieurs varios alcuni vários certains algunos"""
_PREPS = """en em in de du d' d’ à au aux en dans sur sous par pour avec sans chez vers entre contre depuis
pendant après avant selon
 lors del al con por para sin sobre entre desde hasta hacia según durante tras ante bajo di da del della dello
dei degli
 delle dal dalla nel nella nei al alla allo ai a su sul sulla per tra fra durante dopo prima do da dos das no
na nos nas
 ao à pelo pela com sem sob após até la din pe cu pentru la amb des fins dins"""
_TITLES = """m mm mme mlle monsieur madame maître maire président présidente ministre premier premier-ministre
sénateur
 sénatrice député députée docteur dr professeur général pape roi reine don doña señor señora sr sra presidente
presidenta
 ministro ministra alcalde alcaldesa portavoz diputado diputada senador senadora doctor doctora profesor profesora rey
 reina papa juez jueza signor signora sindaco onorevole premier dottor dottoressa professore professoressa governatore
 governador prefeito prefeita deputado deputada primeiro-ministro ministrul președintele premierul secretario
secretaria
 director directora vocero líder candidat candidato candidata ex vicepresidente vicepresidenta commissaire procureur
 capitaine colonel preside generale"""


def build(lang: str) -> Lexicon:
    """One of "fr", "es", "ca", "it", "pt", "ro"."""
    say = words(_SAY[lang]) - _NOT_ALONE.get(lang, frozenset())
    return Lexicon(
        lang=lang,
        say=say,
        weak=words(
            "pense croit croyait veut voit juge cree creyó quiere espera crede pensa vuole spera acredita quer acha"
        ),
        according=phrases(_ACCORDING[lang]),
        by=words("par por dal dalla da pelo pela"),
        dets=words(_DETS),
        preps=words(_PREPS),
        of=words("de du des del della di do da dos das d' d’ dei degli delle"),
        pronouns=gendered(
            m="il él lui ele ell", f="elle ella lei ela ea", p="ils ellos nous loro eles on", i="je yo io eu"
        ),
        relatives=words("qui que quien cui che quem care"),
        joints=words(
            "que qu' qu’ quand lorsque si mais et car puisque parce comme où cuando pero y e porque aunque "
            "mientras che quando ma perché mentre se como mas enquanto embora că dar și perquè però i"
        ),
        ands=words("et y e și i"),
        skip=words(
            "a ha avait había aveva tinha est es è é ne n' n’ se s' s’ me m' m’ lui le la l' l’ lo también "
            "aussi anche "
            "também ensuite luego poi depois alors puis encore ya già déjà já hoy ayer hier ieri ontem no non não "
            "nous te t' t’ lhe les même he han hanno avrebbe aurait era été sido stato mai si ci al seu i-a au"
        ),
        titles=words(_TITLES),
        stops=words(
            "le la les un une des il elle ils mais et en dans pour el los las un una y pero en por se su il lo gli i "
            "un uno una e ma di in o os as um uma mas em selon según secondo segundo lundi mardi mercredi jeudi "
            "vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì "
            "mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta ce cette c' l' d' à"
        ),
        works=words(
            "roman film livre chanson album série pièce journal magazine single novela película libro canción disco "
            "serie obra diario periódico revista romanzo film libro canzone giornale rivista opera romance filme "
            "livro canção jornal revista álbum peça"
        ),
        named=words(
            "mot mots terme expression dit dite dits surnommé surnommée soi-disant palabra término llamado llamada "
            "llamados apodado apodada parola termine cosiddetto cosiddetta cosiddetti soprannominato palavra termo "
            "chamado chamada apelidado"
        ),
        dash="always",
    )
