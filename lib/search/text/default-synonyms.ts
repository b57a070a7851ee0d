/**
 * Words that mean the same in French shops, one entry a line. `a = b`: each finds the other. `a > b, c`: whoever asks for `a` is also
 * shown `b` and `c`, after what is called `a`, but not the other way round. A city adds entries of its own and may silence these.
 */
const entries = `
# fruit and vegetables
patate = pomme de terre
patate douce = sweet potato
endive = chicon
mâche = doucette
courge > potiron, potimarron, butternut
potiron = citrouille
haricot blanc = lingot = coco
petit pois = pois
maïs = corn
myrtille = bleuet = blueberry
canneberge = cranberry
fraise = strawberry
framboise = raspberry
pêche = peach
pomme = apple
citron = lemon
pamplemousse = pomelo = grapefruit
ananas = pineapple
noix de coco = coco = coconut
cacahuète = cacahouète = arachide = peanut
noix de cajou = cajou = cashew
amande = almond
noisette = hazelnut
fruit sec > raisin sec, abricot sec, pruneau, figue sèche, datte, amande, noix, noisette
crudités > carotte râpée, céleri rémoulade, betterave, macédoine, coleslaw, taboulé, concombre
salade > laitue, mâche, roquette, frisée, batavia, scarole, mesclun
champignon = mushroom
champignon > cèpe, girolle, morille, pleurote
cornichon > pickles
légume = vegetable
# meat, fish, charcuterie
charcuterie > saucisson, jambon, rosette, chorizo, salami, coppa, mortadelle, pancetta, bresaola, terrine, pâté, rillettes, boudin, andouille
poulet = chicken
volaille > poulet, dinde, canard, pintade, chapon
dinde = turkey
bœuf = beef
porc = pork
canard = duck
agneau = lamb
viande hachée = steak haché
steak haché > burger, viande hachée
steak > burger
steak = bifteck = beefsteak
jambon cuit = jambon blanc = jambon de paris
jambon cru > jambon sec, jambon de bayonne, serrano, prosciutto
lardon > allumette fumée, poitrine fumée
saucisse > chipolata, merguez, knack, knacki, francfort, hot dog
saucisson = sauciflard
nugget > croquette de poulet, beignet de poulet
lieu noir = colin
lieu > colin, lieu jaune, lieu noir
cabillaud = morue fraîche
cabillaud > morue
thon = tuna
saumon = salmon
crevette = gambas = scampi = shrimp
fruits de mer > moule, crevette, calamar, coquille saint jacques, huître, bulot
saint jacques = noix de saint jacques = coquille saint jacques
calamar = encornet = calmar
poisson pané > bâtonnet de poisson, colin pané, cabillaud pané, fish
poisson > colin, cabillaud, saumon, thon, merlu, truite, sardine, maquereau, lieu
surimi > bâtonnet de crabe
# dairy
yaourt = yogourt = yoghourt = yoghurt = yogurt = yaourth
fromage = cheese
fromage > emmental, comté, camembert, brie, chèvre, roquefort, mozzarella, cheddar, raclette, reblochon
gruyère > emmental, comté, fromage râpé, beaufort
fromage râpé = emmental râpé = gruyère râpé
fromage blanc > faisselle, fromage frais
emmental = emmenthal
parmesan = parmigiano = parmigiano reggiano
chèvre = fromage de chèvre
lait = milk
beurre = butter
crème = cream
crème anglaise = custard
glace = crème glacée = ice cream
glace > sorbet, cône, bâtonnet glacé, esquimau
œuf = egg
lait végétal > boisson soja, boisson amande, boisson avoine, boisson riz
lait infantile = lait bébé = lait nourrisson
2eme âge = 2e âge = deuxième âge
1er âge = premier âge = 1 âge
3eme âge = 3e âge = troisième âge
# bread, biscuits, sweets
pain au chocolat = chocolatine
viennoiserie > croissant, pain au chocolat, brioche, chausson, pain aux raisins, pain au lait
pain de mie = toast = sandwich bread
pain = bread
pain > baguette, ficelle, boule, bun, miche
biscotte > pain grillé, craquante
biscuit apéritif = biscuit apéro = gâteau apéro = gâteau apéritif
biscuit apéritif > cracker, bretzel, feuilleté apéritif, tuile, gressin, crackers apéritif
apéro = apéritif
biscuit = gâteau sec
biscuit > sablé, cookie, galette, petit beurre, spéculoos, palet, gâteau
cookie > biscuit pépite chocolat
gâteau = cake
bonbon > confiserie, gélifié, pastille, sucette, haribo, dragée, réglisse, caramel, gomme, berlingot
bonbon acide > gélifié acide, langue acide, frite acide
confiserie = friandise
gélifié = gummy
acide = acidulé = sour
chewing gum = gomme à mâcher
sucette = lollipop
pâte à tartiner > nutella, pâte noisette
chocolat = chocolate = choco
cacao en poudre = poudre cacao
chocolat en poudre = poudre chocolatée = cacao en poudre = préparation cacao = chocolat poudre
menthe = mint
confiture = jam
confiture > gelée, marmelade
miel = honey
compote > purée de fruits, gourde
céréales = cereal
céréales petit déjeuner > corn flakes, pétales, muesli, céréales, flocons, granola
muesli = granola
muesli croustillant = granola = muesli crunchy = crunchy
croustillant = crunchy = crispy
flocon d'avoine = porridge = oat
crêpe > galette
popcorn = pop corn = maïs soufflé = maïs éclaté
tarte = tartelette
tarte aux pommes > tarte tatin
brownie > fondant chocolat
crumble > crumble aux fruits
# grocery
pâtes = pasta
pâtes > spaghetti, penne, coquillettes, fusilli, tagliatelles, macaroni, farfalle, torsades, linguine
nouille = noodle
nouille > ramen, vermicelle
riz = rice
semoule = couscous
légumes secs > lentilles, pois chiches, haricots secs, flageolets
pois chiche = chickpea
lentille = lentil
houmous = hummus = houmos
soupe > velouté, potage, mouliné, bouillon, moulinée, gaspacho
sauce tomate > coulis de tomate, passata, purée de tomate
ketchup = tomato ketchup
mayonnaise = mayo
moutarde = mustard
vinaigrette > sauce salade
sel = salt
poivre = pepper
sucre = sugar
huile = oil
huile d'olive = olive oil
farine = flour
levure boulangère = levure de boulanger = levure de boulangerie
sauce soja = soy sauce = shoyu
soja = soya = soy
épice > curry, paprika, cumin, curcuma, cannelle
chips = crisps
chips > tortilla, tuile
barbecue = bbq
frites = french fries
frites > pommes frites, allumettes
ravioli chinois = ravioli vapeur = dim sum = gyoza = ha kao
ravioli > raviole
nem > rouleau de printemps
plat cuisiné = plat préparé
# drinks
boisson énergisante = boisson énergétique = energy drink
jus = juice
jus > nectar, pur jus
multivitaminé = multifruits = multivitamines = multi fruits
soda > cola, limonade
eau gazeuse = eau pétillante = sparkling water
eau minérale > eau de source
eau = water
limonade = lemonade
thé = tea
thé glacé = ice tea = iced tea
tisane = infusion
café = coffee
café en grains = café grain
café moulu = café mouture
bière = beer = bierre
bière > ale, lager, stout, pils
vin rouge = red wine
champagne > crémant, mousseux
vin pétillant = vin mousseux
sirop > grenadine
lait chocolaté = boisson chocolatée = lait cacao
lait à boire = lait aromatisé
smoothie > jus mixé
milkshake = milk shake
# diets and labels
bio = biologique = organic
vegan = végan = végétalien
vegan > végétal, végétarien, veggie
végétal = végétarien = veggie
végétal > vegan, soja, tofu, végé
végétarien > vegan, soja, tofu
sans gluten = gluten free = glutenfree = sin gluten
sans sucre = sugar free = zéro sucre = 0% sucre = no sugar
sans sucre > light, zéro, 0%, non sucré
sans lactose = lactose free = délactosé
sans sel = non salé = no salt
sans sel > pauvre en sel, réduit en sel
sans alcool = alcohol free = non alcoolisé = désalcoolisé = 0.0%
allégé = light = léger = réduit
allégé > 0%, moins de matière grasse, basses calories, minceur
halal > hallal
casher = kasher = kosher
yaourt au soja = dessert au soja = spécialité soja
yaourt à boire > yop, lait fermenté à boire, drink
# the house, leisure, people
ordinateur portable = laptop
téléphone = smartphone = portable
télé = télévision = téléviseur = tv
frigo = réfrigérateur
aspirateur > aspirateur balai
perceuse > perceuse visseuse
vélo = bicyclette = bike
trottinette = patinette
bouquin = livre = book
bd = bande dessinée
polar = roman policier
roman policier > thriller
jouet > jeu, peluche, puzzle
doudou = peluche
puzzle = casse-tête
tee-shirt = t-shirt = tshirt
pull = chandail = pullover
jean = denim
chaussures > baskets, bottes, mocassins, sandales
baskets = tennis = sneakers
sac à dos = backpack
lunettes de soleil = solaires
cafetière italienne = moka
bouilloire = kettle
poêle > sauteuse
casserole = russe
vaisselle > assiette, bol, tasse, plat
tasse = mug
bougie = chandelle = candle
savon = savonnette
shampoing = shampooing
lessive = détergent
sopalin = essuie-tout
papier toilette = papier hygiénique
cadeau > coffret, bon cadeau
`;

/** The entries that hold for any French-speaking city. */
export const defaultSynonyms: readonly string[] = entries.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

/**
 * Words that titles often leave out, because the picture or the shelf says them: packing, shape, how it is kept. Finding one tells
 * little and missing one costs little. Folded stems are made of them.
 */
export const faintWords: readonly string[] = (
  'surgelé congelé frigorifié boîte conserve bocal bouteille sachet paquet pot barquette tablette tube brique canette lot pack carton étui ' +
  'tranche rondelle morceau portion pièce unité format familial frozen can box bottle pack slice'
).split(' ');
