/**
 * Which grocery leaf a name belongs to, read from how it begins: in French the head of a product name comes first
 * ("confiture de fraises", "sauce au chocolat"), so anchored rules rarely err. Patterns run on accent-free lower-case text; first match wins.
 * `most` limits a leaf so that the shelves stay balanced.
 */
export type GroceryRule = { readonly leaf: string; readonly head: RegExp; readonly unless?: RegExp };

const rule = (leaf: string, heads: string, unless?: string): GroceryRule => ({
  leaf,
  head: new RegExp(`^(?:${heads})(?![a-z])`),
  ...(unless ? { unless: new RegExp(`(?<![a-z])(?:${unless})(?![a-z])`) } : {}),
});

const readyMeal =
  'sauce|poulet|boeuf|saumon|jambon|bolognaise|carbonara|surimi|crevettes|cabillaud|surgele[es]*|surgelees|plat|salade|chips|biscuits?|galettes?|nouilles|yaourts?|glaces?|creme|creme glacee|lardons|risotto|dinde|thon|fourrees?|farcies?|pizza|kebab|poelee|box|wok';

export const groceryRules: readonly GroceryRule[] = [
  rule(
    'pates',
    'pates (?:d’alsace|aux oeufs|completes|fraiches|de ble|au ble|de lentilles|italiennes|bio|a potage|artisanales)|spaghettis?|penne|fusilli|coquillettes|tagliatelles?|macaronis?|linguine|farfalle|torsades|crozets|rigatoni|conchiglie|papillons|vermicelles?|nids|cannellonis?|orecchiette|trofie|pappardelle|serpentini|coudes|mafalda',
    `${readyMeal}|gratin|fromage|fromages|pesto|tomates?|legumes|cuisine[es]*|riz|soja`,
  ),
  rule(
    'riz-cereales-legumes-secs',
    'riz (?:basmati|thai|long|rond|complet|blanc|rouge|noir|de camargue|semi|arborio|carnaroli|sauvage|jasmin|parfume|demi|etuve|incollable|a sushi|pour|dessert|bio)|quinoa|boulgour|couscous (?:moyen|fin|gros|complet|bio|de)|semoule (?:de ble|fine|moyenne|complete|extra|de mais)|polenta|lentilles (?:vertes|corail|blondes|noires|beluga|roses|du|bio)|pois (?:chiches|casses)|haricots (?:blancs|rouges|noirs|lingots|coco|tarbais)|flageolets|sarrasin|epeautre|petit epeautre|orge perle|millet|mais a pop|ble (?:tendre|precuit)',
    `${readyMeal}|lait|boisson|souffle|cuisine[es]*|pain|cremeux|bouteille|farine|legumes|tomates?|champignons?|curry|tajine|royal|cake|sucre|dessert|cacao|vinaigre`,
  ),
  rule(
    'huiles-vinaigres',
    'huile (?:d’olives?|de tournesol|de colza|de noix|de noisettes?|de sesame|de pepins|d’arachide|de coco|d’argan|vierge|de lin|de cameline|de courge|de pistache|de chanvre|pour|bio)|vinaigre',
    'sardines|thon|anchois|chips|maquereaux|menage|essentielle',
  ),
  rule(
    'sauces-condiments',
    'sauce|moutarde|ketchup|mayonnaise|cornichons|capres|pesto|vinaigrette|aioli|rouille|harissa|chutney|condiment|bearnaise|raifort|confit d’oignons?|confit de|piccalilli|pickles|tartare d’algues',
    'chips|caramel|chocolat|soja|soy|teriyaki|nems?|sushi|huitre|canard|porc|dinde|poulet|oie|vin|foie|nuoc',
  ),
  rule(
    'cuisine-du-monde',
    'nouilles|sauce (?:soja|soy|teriyaki|nems?|sushi|huitre|nuoc|aigre|sriracha)|lait de coco|creme de coco|tortillas?|galettes de (?:riz pour|ble)|wasabi|algues?|vermicelles de|pate de curry|tahin|tahini|miso|tofu|feuilles de (?:brick|riz)|papadums?|pain pita|guacamole|tacos|gingembre marine',
    'boisson|glace|chocolat',
  ),
  rule(
    'epices-sel',
    'epices?|sel|poivre|curry|herbes de provence|cumin|paprika|curcuma|cannelle|vanille|gousses? de vanille|noix de muscade|muscade|piment|basilic|origan|thym|romarin|laurier|safran|ras el hanout|quatre epices|clous? de girofle|cardamome|coriandre|baies|anis|estragon|persil|ciboulette|fleur de sel|bouquet garni|court-bouillon|ail (?:semoule|en poudre|deshydrate)|gingembre (?:moulu|en poudre)|melange (?:d’epices|d’herbes)|massale|colombo',
    'chips|chocolat|caramel|yaourt|sucre|glace|boisson|pesto|huile|soda|liqueur|sachets?|infusion|the|porc|poulet|riz|mangue|farcis?|biscuits?|pates',
  ),
  rule(
    'conserves-legumes',
    'haricots (?:verts|beurre)|petits pois|mais (?:doux|en grains|croquant)|tomates? (?:pelees|concassees|sechees|confites|entieres|cerises pelees)|coulis de tomates?|double concentre|concentre de tomates?|pulpe de tomates?|puree de tomates?|passata|champignons (?:de paris|a la grecque|en lamelles|pieds|noirs|emincies)|coeurs? (?:de palmiers?|d’artichauts?)|fonds? d’artichauts?|asperges|macedoine|jardiniere|epinards|carottes|betteraves|salsifis|poivrons|ratatouille|cepes|morilles|chanterelles|girolles|truffes? (?:noire|d’ete)|celeri|choucroute (?:au|cuite|nature)|piperade|caponata|puree (?:de carottes|de courge|de pommes de terre|de celeri)',
    'surgelees?|surgeles|jus|chips|rapees|fraiches?|salade|lardons|saumon|vapeur|poelee|gratin|frais|bebe|mois|jambon|boeuf',
  ),
  rule(
    'conserves-poisson',
    'thon|filets? de (?:maquereaux?|sardines?|anchois|thon|harengs?)|filets? d’anchois|sardines?|maquereaux?|anchois|harengs?|miettes de (?:thon|crabe|saumon)|foie de (?:morue|lotte)|rillettes de (?:thon|saumon|sardines?|maquereau|crabe|cabillaud|la mer|homard|truite|st jacques)|emiette de thon|tartinable (?:de|au|aux) (?:thon|saumon|sardines?|crabe|surimi|truite|maquereau)|beurre de sardine|toastinette',
    'salade|pizza|steak|pave|surgele|sandwich|frais|pates|wrap',
  ),
  rule(
    'soupes',
    'soupe|veloute|bouillon|potage|gaspacho|bisque|puree mousline|minestrone|creme de (?:potiron|champignons|legumes|petits pois|courgettes)',
    'yaourt|fruits rouges|fraises?|peches?|vanille|laitier|abricots?',
  ),
  rule(
    'plats-cuisines',
    'cassoulet|choucroute|raviolis?|blanquette|confits? de canard|cuisses? de canard|quenelles|tripes|pot-au-feu|boeuf (?:bourguignon|carottes)|petit sale|saucisses? (?:aux lentilles|de toulouse)|navarin|coq au vin|poule au pot|poulet (?:basquaise|au curry|roti|a la)|axoa|garbure|paella|chili|couscous|tajine|parmentier|hachis|brandade|lasagnes|daube|gesiers|magret|civet|tartiflette|gratin|rougail|moussaka',
    'surgelee?s?|chips|sandwich|cremes?|soupe|pates?|frais|barquette',
  ),
  rule(
    'terrines-foies-gras',
    'terrine|rillettes|pates? (?:de campagne|de foie|de lapin|de canard|de sanglier|de chevreuil|de tete|de faisan|de lievre|de volaille|en croute|basque|landais|au piment|croute|breton|creole)|foie gras|bloc de foie|mousse de (?:canard|foie)|fritons|grattons|delice de (?:canard|foie|porc|volaille|saumon|lapin)|medaillon|galantine|boudin (?:noir|blanc)',
    'dessert|surgele|chocolat|vanille',
  ),
  rule(
    'aperitif',
    'chips|cacahuetes?|pistaches|olives|tapenade|crackers?|gressins?|houmous|noix de cajou (?:grillees|salees|au)|biscuits? (?:aperitifs?|sales?)|mini (?:bretzels|crackers)|bretzels?|feuilletes? (?:au|aux) (?:fromage|comte)|caviar d’aubergines?|tarama|tartinade|artichonade|poivronade|anchoiade|melange aperitif|allumettes|flutes|popcorn|sables? (?:au|aux) (?:parmesan|comte|roquefort|fromage|chevre)|croquants? (?:au|aux) (?:fromage|comte|olives)|toasts|blinis',
    'pizza|huile|pesto|chocolat|pain|cake|glace|pralinees?|farcis',
  ),
  rule(
    'pates-a-tartiner',
    'pate a tartiner|pate a tart|puree (?:d’amandes?|de noisettes|de cacahuetes?|de sesame|de cajou|d’oleagineux)|beurre de (?:cacahuetes?|cacahouetes?)|caramel (?:au beurre|beurre|a tartiner|tendre)|creme de (?:caramel|speculoos|salidou|noisettes)|praline',
    'bonbons?|yaourt|glace|biscuit|macaron|liqueur|soja cuisine',
  ),
  rule(
    'biscuits-gateaux',
    'biscuits?|sables?|palets?|madeleines?|cookies?|galettes? (?:bretonnes|pur beurre|au beurre|fines|de bretagne|de pont|suisses|st michel|croustillantes|liegeoises)|gaufrettes?|gaufres?|speculoos|boudoirs?|meringues?|macarons?|cakes? (?:aux|au|pur|a l)|pain d’epices?|financiers?|petits? (?:beurre|sables?|ecolier|gouter)|langues? de chat|congolais|rochers? coco|crepes dentelles|cigarettes|tuiles|navettes|croquants?|canistrelli|quatre[- ]quarts|kouglof|gateau breton|brownies?|muffins?|cannel[ée]s|barquettes|florentins|biscotti|amaretti|cantuccini|broyes?|fondants?|moelleux|gouters?|shortbreads?|nonnettes',
    'glaces?|sales?|aperitifs?|parmesan|comte|fromage|surgeles?|caramel liquide|poisson|jambon|volaille|chien|seitan|piment|preparation|cereales|olives|chevre|roquefort|dessert',
  ),
  rule(
    'chocolat',
    'chocolat (?:noir|au lait|blanc|lait|patissier|dessert|de couverture|bio|caramel|aux|praline)|tablette|truffes (?:fantaisie|au|cacao)|oeufs? (?:en chocolat|au chocolat)|carres? (?:de|noir)|rochers? (?:praline|lait|noir|suisse)|ballotin|orangettes|mendiants?|napolitains?|bouchees? (?:au|chocolat|praline)|ganache|gianduja|amandes (?:au chocolat|chocolat|cacaotees|enrobees)',
    'poudre|boisson|liqueur|creme|yaourt|biscuits?|glaces?|mousse|liegeois|viennois|cereales|lait chocolate|barre de cereales|soja|fondant|chaud|petit dejeuner',
  ),
  rule(
    'confiseries',
    'bonbons?|caramels?|nougats?|reglisse|guimauves?|sucettes?|pates? de fruits?|dragees|calissons?|berlingots?|marshmallows?|chewing|pastilles|sucres? d’orge|roudoudous?|violettes|coquelicots|betises|froufrous|marrons glaces|angelique|fraises? tagada|oursons|halva|loukoums?|papillotes|gommes?|touron|fruits confits',
    'liquide|glace|yaourt|sirop|creme|dessert|biscuit|sauce|beurre de|cafe|the|infusion',
  ),
  rule(
    'confitures-miels',
    'confitures?|miel|gelee (?:de|d’|royale|extra)|marmelade|creme de (?:marrons?|chataignes?)|preparation de fruits|delice de fruits|fruits a tartiner|pur fruits?|confiture',
    'yaourt|biscuit|glace|vinaigre|moutarde|nougat|bonbon|fromage|tartelettes?|cereales|gateau|chips|pain|vinaigrette|boeuf|porc',
  ),
  rule(
    'cereales-muesli',
    'muesli|granola|flocons|cereales|corn ?flakes|krounchy|crunchy|petales|ble souffle|riz souffle|son d’avoine|barres? (?:de cereales|cereales|aux|figue|crue|energetique|amandes?)|porridge|avoine',
    'glacees?|yaourt|boisson|lait d’avoine|cuisine|saucisse|veau|pain|truite|saumon|chorizo',
  ),
  rule(
    'compotes-desserts',
    'compotes?|puree de (?:pommes?|poires?|fruits)|compotee|fruits au sirop|ananas (?:en|au|tranches|morceaux)|poires? au sirop|peches? au sirop|abricots? au sirop|litchis? au sirop|mirabelles au sirop|cocktail de fruits|specialite de fruits|pomme(?:s)? (?:poire|banane|fraise|abricot|peche|mangue|chataigne|framboise|cassis|coing|nature)|dessert de fruits|coulis de (?:fruits|framboises?|mangue)',
    'yaourt|jus|nectar|boisson|terre|pain|sirop de|biscuit|canard|surgeles?|cidre|smoothie',
  ),
  rule(
    'farines-sucres-patisserie',
    'farine|sucre|levure|fecule|maizena|preparation pour|sucre vanille|cassonade|cacao (?:en poudre|maigre|amer|bio)|arome|extrait de vanille|pepites de chocolat|pralin|agar|gelatine|poudre d’amandes?|amandes (?:en poudre|effilees)|bicarbonate|sirop d’(?:agave|erable)|noix de coco rapee|levain|vermicelles (?:multicolores|chocolat)|decors?|fond de|sucre perle|fleur d’oranger|eau de fleur',
    'yaourt|glaces?|bonbons?|boisson|chips|biscuit|lait infantile|cafe|fruits',
  ),
  rule(
    'fruits-secs-graines',
    'amandes|cerneaux|noix (?:de cajou|de pecan|du bresil|de grenoble|de macadamia|decortiquees|bio|du perigord)|noisettes|raisins? (?:secs?|sultanines?|golden|blonds?|de corinthe)|pruneaux|abricots? (?:secs?|moelleux|denoyautes)|dattes?|figues? (?:seches?|moelleuses?)|graines? de|baies de goji|cranberries|cramberries|airelles sechees|melange (?:de fruits|fruits|de graines|randonnee|du)|pignons|bananes? (?:sechees?|chips)|mangues? sechees?|pommes? sechees?|chataignes|marrons (?:entiers|cuits|au naturel)|pistaches (?:crues|decortiquees)',
    'chocolat|yaourt|creme|surgeles?|moutarde|barre|lait|boisson|coco|cafe',
  ),
  rule(
    'cafes-moules',
    'cafe moulu|cafe (?:pur arabica|arabica|decaf[a-z]*|de colombie|du bresil|d’ethiopie|du perou|du guatemala|du honduras|du mexique|bio|italien|espresso|expresso|equitable|corse|doux|corse)|cafe soluble|capsules (?:de cafe|cafe|lungo|espresso)',
    'glace|yaourt|dessert|bonbon|liqueur|lait|creme|eclairs?|gateau|grains?|macaron',
  ),
  rule('cafes-grains', 'cafe (?:en )?grains?|grains de cafe', 'chocolat'),
  rule('thes', 'the|thes|rooibos|mate|matcha', 'boisson|glacee?|peche petillant|yaourt|gateau|biscuit|bouteille|canette|au lait'),
  rule('infusions', 'infusions?|tisanes?|verveine|camomille|tilleul|menthe poivree', 'boisson|sirop|liqueur'),
  rule(
    'chocolats-chauds-chicorees',
    'chocolat (?:en poudre|chaud|instantane|petit dejeuner)|poudre (?:de cacao|chocolatee|cacaotee)|cacao|chicoree|boisson (?:instantanee|cacaotee)|cappuccino',
    'glace|yaourt|dessert|beurre|feve|salade',
  ),
  rule(
    'eaux',
    'eau (?:minerale|de source|gazeuse|petillante|naturelle)',
    'arome|saveur|sirop|vie|citron|fraise|peche|coco|menthe|fleurs?|roses?|sans',
  ),
  rule(
    'jus-nectars',
    'jus|pur jus|nectar|smoothie',
    'biscuit|veau|viande|cuisson|thon|saveur|canard|moules|ananas au|bebe|nature$|volaille|poulet|vinaigre',
  ),
  rule(
    'sodas-limonades',
    'limonade|cola|tonic|soda|the glace|boisson (?:gazeuse|petillante|au gingembre|au the|rafraichissante)|bissap|kombucha|orangeade|citronnade|diabolo|ginger|eau (?:de coco|petillante|gazeuse|minerale)|maitre limonade',
    'glace vanille|sorbet|yaourt',
  ),
  rule('sirops', 'sirop', 'ananas|erable|agave|glucose|toux|peches'),
  rule(
    'boissons-vegetales',
    'boisson (?:vegetale|au soja|soja|a l’avoine|avoine|au riz|riz|amande|aux amandes|a l’amande|coco|noisette|epeautre|d’avoine|de riz|vegetale|sojaoja)|lait d’(?:amande|avoine)|lait de (?:riz|soja|noisettes)|creme (?:d’avoine|de soja|de riz|d’amande)|cuisine soja|soja cuisine|avoine cuisine',
    'corps|dessert',
  ),
  rule('bieres', 'biere', 'sauce|chips|saucisse|sans alcool|0|pate|levure|moutarde|terrine|pain|gingembre sans|confit|rillettes|porc'),
  rule('cidres', 'cidre', 'vinaigre|confit|gelee|moutarde|sauce|chips'),
  rule(
    'yaourts-desserts-laitiers',
    'yaourts?|creme dessert|cremes? dessert|flans?|riz au lait|fromage blanc|petits? suisses?|faisselle|mousse (?:au chocolat|chocolat|citron|cafe)|ile flottante|creme (?:brulee|caramel|aux oeufs|catalane)|panna cotta|semoule au lait|skyr|liegeois|lait fermente|kefir|brasse|caille|laitage|dessert (?:lacte|au soja|soja|vegetal)|specialite laitiere|cafe liegeois|tiramisu|profiteroles',
    'glaces?|boisson au|preparation|maquillage|poisson|legumes|coulis|patissier|entremets|biscuit|cereales|muesli|courgettes',
  ),
  rule(
    'laits',
    'lait',
    'coco|corps|poudre|riz|soja|amandes?|avoine|noisettes|infantile|suite|croissance|bebe|concentre|ribot|chocolat|fermente|mois|vanille|fraise|cafe|biscuit|foie|epeautre|gateau|mousse|glace|caramel|chocolate|tablette|lait praline|noir|noix|dessert|truffe|nougat|corail|fourree?|extra|caille|ribot|aromatise|gourmand',
  ),
  rule(
    'beurres-cremes',
    'beurre|creme (?:fraiche|entiere|legere|epaisse|liquide|fluide|anglaise|fouettee|semi|chantilly|d’isigny|crue)|mascarpone|margarine',
    'cacahuetes?|cacahouetes?|biscuits?|cacao|karite|galettes?|escargots?|amande|vegetale|sardine|soja|glace|avocat|curry|marron',
  ),
  rule(
    'oeufs',
    'oeufs|\\d+ oeufs',
    'chocolat|mousse|kinder|caille|lompe|lump|saumon|neige|truite|durs|praline|lait|paques|petillants?|noirs?|blancs?|liquides?|cabillaud|esturgeon|sales|sucre|surprise|mayonnaise|coque|brouilles',
  ),
  rule(
    'fromages-chevre-brebis',
    'fromage (?:de chevre|de brebis|chevre)|chevre|buche (?:de chevre|chevre)|buchette|crottin|feta|rocamadour|selles-sur-cher|valencay|saint[e]?-maure|sainte maure|picodon|pelardon|ossau[- ]iraty|pecorino|halloumi|manchego|brebis|chabichou|etorki|brousse|brocciu|tomme de (?:chevre|brebis)|pouligny',
    'chocolat|salade|pizza|tarte|quiche|pain|lait|yaourts?|samoussa|feuilletes?|cake|tomate',
  ),
  rule(
    'fromages-bleus',
    'roquefort|bleu (?:d’auvergne|de bresse|des causses|du vercors|de gex|de)|fourme|gorgonzola|stilton|saint agur|bleu',
    'sauce|salade|pizza|noix|tortilla|chips|steak|gnocchi|myrtille',
  ),
  rule(
    'fromages-pate-molle',
    'camembert|brie|coulommiers|munster|maroilles|livarot|pont[- ]l.eveque|epoisses|langres|saint[- ]marcellin|saint[- ]felicien|chaource|brillat|vacherin|mont d’or|neufchatel|carre de l’est|mozzarella|ricotta|fromage (?:frais|a tartiner)|burrata|gaperon|reblochon',
    'glace|pizza|salade|tarte|panee|sauce|croquettes|gnocchi|framboise|meringue|vanille|cassis|salades|chocolat|quiche|raviolis?',
  ),
  rule(
    'fromages-pate-pressee',
    'comte|emmental|gruyere|beaufort|abondance|cantal|salers|laguiole|saint[- ]nectaire|tomme|morbier|raclette|mimolette|gouda|edam|cheddar|parmesan|parmigiano|grana|appenzell|tete de moine|raclette|fromage (?:a raclette|rape|a fondue)|provolone|maasdam|tete|mimolette|leerdammer|etivaz',
    'sauce|chips|croque|raviolis?|pizza|sables|creme|biscuit|fondue savoyarde prete|chocolat|roulee|veau|persillee|pressee',
  ),
  rule(
    'charcuterie',
    'jambon|saucissons?|saucisse seche|chorizo|coppa|lardons|rosette|bresaola|pancetta|mortadelle|poitrine (?:fumee|de porc)|lomo|viande (?:des grisons|de grison|sechee)|speck|bacon|allumettes (?:fumees|de)|andouille|andouillette|cervelas|saucisses? (?:de morteau|de montbeliard|de francfort|fumees?|de strasbourg|knack)|knacks?|diots|fuet|salami|noix de jambon|magret (?:fume|de canard fume|seche)|blanc de (?:poulet|dinde)|roti de (?:porc|dinde|poulet) cuit|figatelli|lonzo|fromage de tete|rosette|jesus|grelots',
    'pizza|sandwich|salade|chips|croque|quiche|pates|gratin|pommes|raviolis?|coquillettes|tofu|cake|feuillete|puree|creme|chocolat|crevettes|pane|moutarde',
  ),
  rule(
    'poissons-fumes',
    'saumon (?:fume|atlantique fume|sauvage fume)|truite (?:fumee|des)|filets? de (?:truite fumee|hareng fume)|oeufs de (?:truite|saumon|lompe)|carpaccio de saumon|gravlax|haddock|hareng fume',
    'pizza|salade|pates|sandwich',
  ),
  rule(
    'traiteur',
    'taboule|salade (?:de|piemontaise|nicoise|cesar|de pates)|quiches?|raviolis? frais|gnocchi|pizza|houmous|tortellini|ravioles|tarte (?:a l’oignon|aux poireaux|au maroilles|flambee)|cake sale|tortilla|crepes?|galettes? (?:de sarrasin|de ble noir|vegetales?)|croques?|bouchees? a la reine|tourte|flammekueche|carottes rapees|celeri remoulade|macedoine|salade',
    'surgelee?s?|chips|glace|dentelles?|fruits|confiserie|preparation|melange de graines|suzette|sucre|chocolat|lardons surgeles',
  ),
  rule(
    'pains-brioches-emballes',
    'pain (?:de mie|complet|aux|au|d’epeautre|azyme|grille|de seigle|suedois|de campagne|bio|noir|nordique|croustillant|brioche)|pains? (?:a hamburger|burger|au lait|au chocolat)|brioches?|biscottes?|tartines?|cracottes|croutons|toasts? (?:briochees?|ronds?)|galettes? de (?:riz|mais)|panettone|gache|chapelure|bagels?|wraps?|croissants?',
    'glacee?|surgele|poisson|vegetal|perdu|burger au|sandwich|poulet|farine|preparation',
  ),
];

/** Names with one of these words are no shelf label of an independent French grocer: foreign words, chains' own names, baby food, slimming. */
export const rejectedWords = new Set(
  `the and with of milk cheese chicken cream organic free sugar sweet chocolate butter coconut strawberry vanilla flavour flavor bread rice red green black white gold fresh
 mit und ohne milch sahne kase schokolade von der die das con queso leche y sin pollo chocolate aceite de_la para di al alla latte formaggio van het een met kaas
 carrefour auchan leclerc casino monoprix franprix lidl aldi picard intermarche cora simply netto dia repere eco discount u delhaize colruyt migros coop spar boni
 bebe bebes mois infantile croissance whey protein proteine proteines regime minceur light cbd chien chat test essai inconnu produit divers epicerie article aucun nan xxx
 promo offert offerte gratuit gratuite lot promotion prix degustation nouveau nouvelle recette format familial eco pack lidl special kg g gr cl ml l bts bte pce pcs pot pots sachet sachets boite boites bocal barquette tranche
 halal casher kosher surgele surgelee surgeles surgelees congele congelee hippopotamus mcdo ventre graisse brule draineur minceur vu mg vpf tr malin ecosse kilo amour sport pocket cat laboratoire gelules tefal maquillage`
    .split(/\s+/)
    .filter(Boolean),
);

/** Places and feasts, always with a capital, however they were typed. */
export const properNames = new Set(
  `provence espelette corse savoie grisons colombie ceylan alsace vosges guérande isigny ambert auvergne limousin vendée chine inde italie landes camargue lorraine noël agen
 dijon bresse bayonne toulouse strasbourg morteau montbéliard lyon paris nîmes nice marseille sichuan madagascar tahiti espagne portugal hollande irlande ecosse écosse norvège
 lozère ardèche quercy périgord gascogne béarn aquitaine armorique jura vercors dauphiné isère grenoble alpes pyrénées bretagne normandie france éthiopie brésil pérou mexique
 honduras guatemala kenya afrique japon thaïlande vietnam maroc tunisie grèce sicile toscane modène naples parme nyons tarbes puy berry sologne brie anjou touraine charolais
 charentes poitou picardie ardennes flandres bourgogne beaujolais roussillon languedoc cévennes ventoux luberon drôme valence montélimar vaucluse cavaillon menton maurienne
 tarentaise aubrac salers rocamadour figeac cahors carpentras orléans reims champagne europe asie pâques bergame paimpol cancale plougastel oléron ré camargue baux halkidiki
 kalamata tours nantes limagne guyane antilles guadeloupe martinique réunion bourbon java sumatra darjeeling assam népal rwanda équateur bolivie cuba argentine`
    .split(/\s+/)
    .filter((word) => !['brie', 'salers', 'rocamadour', 'champagne', 'tours', 'bourbon', 'charolais', 'puy', 'beaujolais'].includes(word)),
);

/** GS1 company prefixes of supermarket chains' own labels: an independent shop does not sell them. */
export const chainPrefixes: readonly string[] =
  `3596710 3596711 3560070 3560071 3564700 3564701 3564702 3564703 3564704 3564705 3564706 3564707 3564708 3564709 3250390 3250391 3250392 3250393 3270160 3263859 3263858
 3263857 3263856 3263855 3263854 3263853 3263852 3263851 3263850 3266191 3222470 3222471 3222472 3222473 3222474 3222475 3222476 3222477 3350030 3350031 3350032 3350033 3257980
 3257981 3257982 3257983 3257984 3257985 3257986 3257987 3256220 3256221 3256222 3256223 3256224 3256225 3256226 3256227 3256228 3256229 3258561 3258562 3245390 3245391 3245411
 3245412 3245413 3245414 3245415 3270190 3292590 3608580 3380380 3439495 5400101 5400112 5400113 5400141 8480000 8480017 8480013 8480010 7613269 5412158 3368950 3368951 3254560
 3261570 3661112 4056489 4061458 4061459 4061461 4061462 4088600 7610200 8717 8718 5411188 3254`
    .split(/\s+/)
    .filter((prefix) => prefix.length >= 6);
