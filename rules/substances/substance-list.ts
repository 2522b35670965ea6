/**
 * One line a substance: ingredient | ATC codes, several where it is given by several routes | groups | other generic names.
 * Ingredients are named as in the rule sets, mostly by their international nonproprietary names. Groups follow the WHO's ATC classification and the approved labels.
 * Demo default; the pharmacy owns the list.
 */
export const substanceList = `
acarbose | A10BF01 | alpha-glucosidase-inhibitor antidiabetic | 阿卡波糖
acyclovir | J05AB01 D06BB03 | antiviral | aciclovir, 阿昔洛韦
adrenaline | C01CA24 | catecholamine | epinephrine, 肾上腺素
allopurinol | M04AA01 | xanthine-oxidase-inhibitor | 别嘌醇
ambroxol | R05CB06 | mucolytic | 氨溴索
amikacin | J01GB06 | aminoglycoside antibiotic | 阿米卡星
amiodarone | C01BD01 | antiarrhythmic qt-prolonging | 胺碘酮
amlodipine | C08CA01 | calcium-channel-blocker antihypertensive | 氨氯地平
amoxicillin | J01CA04 | penicillin beta-lactam antibiotic | 阿莫西林
ampicillin | J01CA01 | penicillin beta-lactam antibiotic | 氨苄西林
aspirin | B01AC06 N02BA01 | nsaid antiplatelet | acetylsalicylic acid, 阿司匹林
atenolol | C07AB03 | beta-blocker antihypertensive | 阿替洛尔
atorvastatin | C10AA05 | statin | 阿托伐他汀
azathioprine | L04AX01 | thiopurine immunosuppressant | 硫唑嘌呤
azithromycin | J01FA10 | macrolide antibiotic qt-prolonging | 阿奇霉素
aztreonam | J01DF01 | monobactam beta-lactam antibiotic | 氨曲南
benzylpenicillin | J01CE01 | penicillin beta-lactam antibiotic | penicillin g, 青霉素
bisoprolol | C07AB07 | beta-blocker antihypertensive | 比索洛尔
calcium-carbonate | A12AA04 | calcium | 碳酸钙
calcium-chloride | A12AA07 | calcium electrolyte | 氯化钙
calcium-gluconate | A12AA03 | calcium electrolyte | 葡萄糖酸钙
captopril | C09AA01 | ace-inhibitor antihypertensive | 卡托普利
carbamazepine | N03AF01 | antiepileptic aromatic-anticonvulsant | 卡马西平
cefaclor | J01DC04 | cephalosporin beta-lactam antibiotic | 头孢克洛
cefadroxil | J01DB05 | cephalosporin beta-lactam antibiotic | 头孢羟氨苄
cefalexin | J01DB01 | cephalosporin beta-lactam antibiotic | cephalexin, 头孢氨苄
cefazolin | J01DB04 | cephalosporin beta-lactam antibiotic | 头孢唑林
cefepime | J01DE01 | cephalosporin beta-lactam antibiotic | 头孢吡肟
cefoperazone | J01DD12 | cephalosporin beta-lactam antibiotic | 头孢哌酮
cefotaxime | J01DD01 | cephalosporin beta-lactam antibiotic | 头孢噻肟
cefprozil | J01DC10 | cephalosporin beta-lactam antibiotic | 头孢丙烯
ceftazidime | J01DD02 | cephalosporin beta-lactam antibiotic | 头孢他啶
ceftriaxone | J01DD04 | cephalosporin beta-lactam antibiotic | 头孢曲松
cefuroxime | J01DC02 | cephalosporin beta-lactam antibiotic | 头孢呋辛
celecoxib | M01AH01 | nsaid sulfonamide-non-antibiotic | 塞来昔布
ciclosporin | L04AD01 | immunosuppressant | cyclosporine, cyclosporin, 环孢素
ciprofloxacin | J01MA02 | fluoroquinolone antibiotic qt-prolonging | 环丙沙星
citalopram | N06AB04 | ssri qt-prolonging | 西酞普兰
clarithromycin | J01FA09 | macrolide antibiotic qt-prolonging | 克拉霉素
clopidogrel | B01AC04 | antiplatelet | 氯吡格雷
codeine | R05DA04 | opioid | 可待因
colchicine | M04AC01 | antigout | 秋水仙碱
dabigatran | B01AE07 | anticoagulant direct-oral-anticoagulant | 达比加群
diazepam | N05BA01 | benzodiazepine | 地西泮
diclofenac | M01AB05 | nsaid | 双氯芬酸
digoxin | C01AA05 | cardiac-glycoside | 地高辛
diltiazem | C08DB01 | calcium-channel-blocker antiarrhythmic | 地尔硫䓬, 地尔硫卓
doxycycline | J01AA02 | tetracycline antibiotic | 多西环素
enalapril | C09AA02 | ace-inhibitor antihypertensive | 依那普利
enoxaparin | B01AB05 | anticoagulant low-molecular-weight-heparin | 依诺肝素
erythromycin | J01FA01 | macrolide antibiotic qt-prolonging | 红霉素
escitalopram | N06AB10 | ssri qt-prolonging | 艾司西酞普兰
esmolol | C07AB09 | beta-blocker | 艾司洛尔
esomeprazole | A02BC05 | proton-pump-inhibitor | 艾司奥美拉唑, 埃索美拉唑
estazolam | N05CD04 | benzodiazepine | 艾司唑仑
ethanol-containing-solution | | contains-alcohol | 含乙醇
febuxostat | M04AA03 | xanthine-oxidase-inhibitor | 非布司他
fentanyl | N02AB03 N01AH01 | opioid | 芬太尼
ferrous-succinate | B03AA06 | iron | 琥珀酸亚铁
fluconazole | J02AC01 | azole-antifungal | 氟康唑
fluoxetine | N06AB03 | ssri | 氟西汀
folic-acid | B03BB01 | vitamin | 叶酸
furosemide | C03CA01 | loop-diuretic sulfonamide-non-antibiotic | 呋塞米
gemfibrozil | C10AB04 | fibrate | 吉非罗齐
gentamicin | J01GB03 | aminoglycoside antibiotic | 庆大霉素
glipizide | A10BB07 | sulfonylurea antidiabetic | 格列吡嗪
haloperidol | N05AD01 | antipsychotic qt-prolonging | 氟哌啶醇
heparin | B01AB01 | anticoagulant | 肝素
human-albumin | B05AA01 | blood-product | 白蛋白
human-immunoglobulin | J06BA02 | blood-product | 人免疫球蛋白
hydrochlorothiazide | C03AA03 | thiazide sulfonamide-non-antibiotic antihypertensive | 氢氯噻嗪
ibuprofen | M01AE01 | nsaid | 布洛芬
imipenem-cilastatin | J01DH51 | carbapenem beta-lactam antibiotic | imipenem, 亚胺培南
indometacin | M01AB01 | nsaid | indomethacin, 吲哚美辛
insulin | A10AB01 | insulin antidiabetic | 胰岛素
isosorbide-dinitrate | C01DA08 | nitrate | 硝酸异山梨酯
isosorbide-mononitrate | C01DA14 | nitrate | 单硝酸异山梨酯
isotretinoin | D10BA01 | retinoid | 异维a酸
itraconazole | J02AC02 | azole-antifungal | 伊曲康唑
ketoconazole | J02AB02 | azole-antifungal | 酮康唑
ketorolac | M01AB15 | nsaid | 酮咯酸
lactulose | A06AD11 | laxative | 乳果糖
lamotrigine | N03AX09 | antiepileptic | 拉莫三嗪
leflunomide | L04AK01 L04AA13 | immunosuppressant | 来氟米特
lenalidomide | L04AX04 | | 来那度胺
levetiracetam | N03AX14 | antiepileptic | 左乙拉西坦
levofloxacin | J01MA12 | fluoroquinolone antibiotic qt-prolonging | 左氧氟沙星
levothyroxine | H03AA01 | thyroid-hormone | 左甲状腺素
linezolid | J01XX08 | oxazolidinone antibiotic | 利奈唑胺
lisinopril | C09AA03 | ace-inhibitor antihypertensive | 赖诺普利
lithium | N05AN01 | mood-stabiliser | lithium carbonate, 碳酸锂
lorazepam | N05BA06 | benzodiazepine | 劳拉西泮
losartan | C09CA01 | angiotensin-receptor-blocker antihypertensive | 氯沙坦
loxoprofen | | nsaid | 洛索洛芬
magnesium-sulfate | A12CC02 B05XA05 | electrolyte | 硫酸镁
mecobalamin | B03BA05 | vitamin | 甲钴胺
meloxicam | M01AC06 | nsaid | 美洛昔康
mercaptopurine | L01BB02 | thiopurine chemotherapy | 巯嘌呤
meropenem | J01DH02 | carbapenem beta-lactam antibiotic | 美罗培南
metformin | A10BA02 | biguanide antidiabetic | 二甲双胍
methotrexate | L01BA01 L04AX03 | antimetabolite immunosuppressant | 甲氨蝶呤
methylprednisolone | H02AB04 | glucocorticoid | 甲泼尼龙
metoclopramide | A03FA01 | antiemetic | 甲氧氯普胺
metoprolol | C07AB02 | beta-blocker antihypertensive | 美托洛尔
metronidazole | J01XD01 P01AB01 | nitroimidazole antibiotic | 甲硝唑
midazolam | N05CD08 | benzodiazepine | 咪达唑仑
moclobemide | N06AG02 | mao-inhibitor | 吗氯贝胺
montelukast | R03DC03 | leukotriene-antagonist | 孟鲁司特
montelukast-granules | | leukotriene-antagonist | 孟鲁司特钠颗粒
morphine | N02AA01 | opioid | 吗啡
moxifloxacin | J01MA14 | fluoroquinolone antibiotic qt-prolonging | 莫西沙星
mycophenolate | L04AA06 | immunosuppressant | mycophenolic acid, 麦考酚
naproxen | M01AE02 | nsaid | 萘普生
nifedipine | C08CA05 | calcium-channel-blocker antihypertensive | 硝苯地平
nitroglycerin | C01DA02 | nitrate | glyceryl trinitrate, 硝酸甘油
omeprazole | A02BC01 | proton-pump-inhibitor | 奥美拉唑
ondansetron | A04AA01 | antiemetic qt-prolonging | 昂丹司琼
oseltamivir | J05AH02 | antiviral | 奥司他韦
oxcarbazepine | N03AF02 | antiepileptic aromatic-anticonvulsant | 奥卡西平
oxycodone | N02AA05 | opioid | 羟考酮
pantoprazole | A02BC02 | proton-pump-inhibitor | 泮托拉唑
paracetamol | N02BE01 | analgesic antipyretic | acetaminophen, 对乙酰氨基酚
perindopril | C09AA04 | ace-inhibitor antihypertensive | 培哚普利
pethidine | N02AB02 | opioid | meperidine, 哌替啶
phenobarbital | N03AA02 | antiepileptic aromatic-anticonvulsant | 苯巴比妥
phenytoin | N03AB02 | antiepileptic aromatic-anticonvulsant | 苯妥英
piperacillin | J01CA12 | penicillin beta-lactam antibiotic | 哌拉西林
piperacillin-tazobactam | J01CR05 | penicillin beta-lactam antibiotic | 哌拉西林他唑巴坦
piroxicam | M01AC01 | nsaid | 吡罗昔康
pomalidomide | L04AX06 | | 泊马度胺
potassium-chloride | A12BA01 | potassium-supplement electrolyte | 氯化钾
prednisone | H02AB07 | glucocorticoid | 泼尼松
quetiapine | N05AH04 | antipsychotic | 喹硫平
ramipril | C09AA05 | ace-inhibitor antihypertensive | 雷米普利
ribavirin | J05AP01 | antiviral | 利巴韦林
rifampicin | J04AB02 | rifamycin antibiotic | rifampin, 利福平
rivaroxaban | B01AF01 | anticoagulant direct-oral-anticoagulant | 利伐沙班
rosuvastatin | C10AA07 | statin | 瑞舒伐他汀
sacubitril-valsartan | C09DX04 | neprilysin-inhibitor angiotensin-receptor-blocker | sacubitril, 沙库巴曲
selegiline | N04BD01 | mao-inhibitor | 司来吉兰
sertraline | N06AB06 | ssri | 舍曲林
sildenafil | G04BE03 | pde5-inhibitor | 西地那非
simvastatin | C10AA01 | statin | 辛伐他汀
spironolactone | C03DA01 | potassium-sparing-diuretic | 螺内酯
sulfamethoxazole-trimethoprim | J01EE01 | sulfonamide-antibiotic antibiotic | sulfamethoxazole, co-trimoxazole, 磺胺甲噁唑
tacrolimus | L04AD02 | immunosuppressant | 他克莫司
tadalafil | G04BE08 | pde5-inhibitor | 他达拉非
teriflunomide | L04AK02 | immunosuppressant | 特立氟胺
teriparatide | H05AA02 | | 特立帕肽
thalidomide | L04AX02 | | 沙利度胺
theophylline | R03DA04 | xanthine | 茶碱
ticagrelor | B01AC24 | antiplatelet | 替格瑞洛
tramadol | N02AX02 | opioid serotonergic | 曲马多
ulinastatin | | | 乌司他丁
valproate | N03AG01 | antiepileptic | valproic acid, divalproex, 丙戊酸
valsartan | C09CA03 | angiotensin-receptor-blocker antihypertensive | 缬沙坦
vancomycin | J01XA01 | glycopeptide antibiotic | 万古霉素
venlafaxine | N06AX16 | snri | 文拉法辛
verapamil | C08DA01 | calcium-channel-blocker antiarrhythmic | 维拉帕米
voriconazole | J02AC03 | azole-antifungal qt-prolonging | 伏立康唑
warfarin | B01AA03 | anticoagulant vitamin-k-antagonist | 华法林
`;
