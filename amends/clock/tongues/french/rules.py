"""What takes a word back in French, and what is a rule of the house: "en général", "les retours sont …". Pure."""

from __future__ import annotations

from amends.clock.tongues.patterns import pattern, words

REFUSES = words(
    r"(?:ne|n')(?!\w)(?! ?(?:manquer|se reprodui|se renouvel|arrive|se produi|survien|surviendr"
    r"|recommenc))(?=.*\b(?:pas|plus|jamais|aucun"
    r"|rien|ni|guère)\b)",
    r"peut-être|éventuellement|probablement|sans doute|normalement|en principe|idéalement|si possible"
    r"|dans la mesure du possible|espérons-le",
    r"en règle générale|dans la plupart des cas|le plus souvent|la plupart du temps|ordinairement"
    r"|en (?:temps|période) normale?"
    r"|assur(?:e|ent|ons) (?:le|la|une) (?:service|permanence|garde|accueil)\b|généralement|en général"
    r"|habituellement|d'habitude|d'ordinaire|en moyenne",
    r"(?:ouverte?s?|(?<!réponse )fermée?s?|joignables?|disponibles?|absente?s?|en congés?|valables?"
    r"|en vacances|en stock|de (?:notre|mon) mieux"
    r"|à votre disposition)\b|(?:suis|serai|sommes|serons|est|sera) (?:de retour )?au bureau\b",
    r"prélèvement\b.*\b(?:aura lieu|sera effectué|interviendra)|prélevée?s? (?:le|sur)\b",
    r"(?:sera|serez|seront|est|sont) (?:prélevée?s?|débitée?s?)\b|fera (?:\w+ )?(?:beau|froid|chaud)\b",
    r"payables?\b|(?:sera|seront) (?:coupée?s?|barrée?s?)\b|dit-(?:il|elle|on)\b|(?<!qui )(?:s'est"
    r"|se sont) (?!engag)",
    r"(?:collègue|responsable|cheffe?|directeur|directrice|médecin|docteur) (?:revient|rentre)\b(?! vers)",
    r"(?:départ|arrivée) se fait\b",
    r"(?:vol|train|bus|navette|marché|foire|fête|messe|festival|car|ferry|grève|concert|match|spectacle"
    r"|vacances|séjour|cours|atelier"
    r"|séminaire|formation"
    r"|conférence|webinaire|représentation|visite guidée|séance|examen|film|bail|abonnement|contrat|couverture"
    r"|garantie|trimestre|semestre|école|saison|congé(?: \w+)?)(?: qui| (?:pour|vers|de) \w+)? (?:part"
    r"|arrive|commence"
    r"|débute|décolle)(?:nt)?\b",
    r"(?<!s')(?:est|sont) (?:bien |déjà )?(?:re|r)?(?:parti|pass\xe9|(?:inter|par|sur)?venu|arriv\xe9"
    r"|all\xe9|sorti|tomb\xe9|rest\xe9"
    r"|entr\xe9|tourn\xe9)e?s?\b",
    r"(?:lecture|concert|réunion|fête|soirée|cérémonie|assemblée|exposition|match|spectacle)\b.{0,30}\b(?:(?:aura"
    r"|auront) lieu|se tiend\w+)|(?:est|sont|sera|seront) (?:majorée?s?|facturée?s?)\b|déménag\w+",
    r"(?:cotisations?|prix|tarifs?|loyers?|taux)\b.{0,30}\baugment\w+",
    r"entr\w+ en vigueur|pren\w+ effet|billetterie (?:est|sera|reste|ouvr\w+|ferm\w+)\b|(?:abonnement"
    r"|contrat|adhésion|bail|assurance|licence)\b.{0,30}\b(?:reconduite?"
    r"|renouvelée?|prolongée?)\b|(?:ramassage|collecte) des (?:ordures|déchets|encombrants|poubelles)"
    r"|(?:seront?|sont|est|sera)"
    r" clos(?:es?)?\b|faute de\b",
    r"(?:majoration|pénalité|surtaxe)\b.*\bappliqu\w+|l'inventaire\b|sa retraite\b|en (?:congé|vacances"
    r"|retraite)\b|tirée?s? au sort|(?:audience|séance)\b.*\brenvoy\w+|prend la direction\b|(?:heures?"
    r"|minutes|jours?"
    r"|semaines?) avant (?:la|le|l'|votre|chaque)"
    r"|un \w+di sur (?:deux|trois)|tous les (?:premiers?"
    r"|deuxièmes?|derniers?|jours|lundis|mardis|mercredis|jeudis|vendredis|samedis|matins|soirs|mois"
    r"|ans)\b|toutes les semaines\b"
    r"|chaque jour\b|quotidiennement|mensuellement|(?:est|sont) (?:demand\xe9|exig\xe9|requis|dû|du)e?s?\b",
    r"toujours\b|(?:de )?chaque (?:mois|semaine|année|trimestre)\b",
    r"(?:contrat|abonnement|bail|garantie|offre|délai|préavis)\b.*\b(?:s'ach[eè]v\w+|pren\w+ fin|se termin\w+"
    r"|expir\w+)",
    r"(?:est|sont) gratuite?s?\b|(?:va|court|s'étend) du\b",
    r"(?:est|sont) à (?!être)\w+(?:er|ir|re)\b|(?:une|deux|trois) fois (?:l'an|par (?:an|mois|semaine|jour))"
    r"|pourvu qu",
    r"(?:(?<!voir )(?<!vérifier )(?<!savoir )(?<!dire )(?:si|s'il)|à condition|sous réserve"
    r"|à moins)(?!\w)(?! vite| rapidement)",
    r"(?:dès que|dès qu'|lorsque|quand|une fois que) (?:vous|le (?:colis|retour|produit)|la (?:marchandise|pièce)"
    r"|votre|il|elle|l'article|nous (?:aurons|avons) reçu|nous recev)",
    r"(?:(?:après|dès|à|suivant) (?:la )?(?:réception|validation|retour|le retour)|(?:après|dès) votre)\b|(?:après"
    r"|dès) (?:l'|le |la )?(?:arrivée|contrôle|expertise)",
    r"(?:demandons|prions|prie|invitons) (?:de|vous)\b|vous (?:demande|demandons|prie|prions|invite|invitons"
    r"|remercie|remercions)\b",
)
GENERAL = words(
    r"^(?:[^,]{1,40}, )?que (?:le|la|les|personne)\b|^(?:[^,]{1,40}, )?que l'",
    r"(?:je|nous) ne (?:peux|pouvons) (?:pas )?(?:vous )?(?:le|l'|rien) ?(?:promettre|garantir)"
    r"|en semaine\b|profitez|ne manquez pas|dépêchez-vous|découvrez|soldes\b|offre spéciale"
    r"|ventes? privées?|bons? plans?\b",
    r"(?:notre|nos) (?:règle|politique|principe|conditions|objectif)\b",
    r"\d+ ?% (?:de (?:remise|réduction|rabais)|sur)|commandez (?:dès|avant)|abonnez-vous",
)
OF_ALL = pattern(
    r"^(?:en cas d'urgence|pour les urgences)\b|^le (?:service client|service clients|support|médiateur"
    r"|guichet) \w+e\b|"
    r"(?:^|[;:–] |[,!] |\bque )(?:(?:tou(?:te?)?s?|chaque) (?:les |nos )?|les |nos )(?:remboursements"
    r"|retours|réclamations?"
    r"|commandes?|demandes?|livraisons|envois|expéditions|virements|échanges|courriels?|mails?|e-mails?|messages?"
    r"|dossiers|plaintes?|avoirs|dépôts|cautions|ordonnances|analyses|articles?|paiements|colis|appels?|courriers?"
    r"|réparations)\b(?![^,;]{0,60}\b\w+ront\b)"
    r"|(?:^|[;:–] |[,!] |\bque )les [\w-]+[sx] (?:[\w-]+ ){0,2}sont (?:\w+ )?\w+(?:\xe9|i|u)e?s\b"
    r"|\b(?:toute?|chaque) \w+ (?:\w+ )?(?:est|sera)\b|\bnous (?:remboursons|répondons|traitons|expédions"
    r"|livrons|accusons"
    r"|étudions|examinons|réparons) (?:à |réception de |réponse à )?(?:tou(?:te?)?s (?:les|nos)|les|chaque|toute?)\b"
    r"|\b(?:le dépôt de garantie|la caution) est (?:restituée?|rendue?)\b"
)
TO_YOU = pattern(r"(?<!\w)(?:vous|votre|vos|te|t'|ton|ta|tes|cet|cette|ces?)(?!\w)")
GIVES = pattern(
    r"\A(?!.*\b(?:ci-joint|pièce jointe|en annexe|sur demande|excuses|salutations|remerciements|toujours)).*"
    r"(?<!\w)(?:vous|te|t') ?(?:l'|le |la |les |ser(?:a|ont) (?:[\w-]+ ){0,3}?)?(?:r?envo|rappel|réexpéd"
    r"|expéd|rembours|livr"
    r"|appel|adress|offr|vers|restitu|crédit)"
)
HENCEFORTH = words(r"désormais\b|dorénavant\b|à l'avenir\b")
