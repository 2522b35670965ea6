/** A product of the gold set's formulary, as a hospital's catalogue has it. */
export interface GoldProduct {
  readonly ingredient: string;
  readonly groups: readonly string[];
  readonly strength: number;
  readonly strengthUnit: string;
  readonly highAlert: 'yes' | 'no' | 'not-maintained';
}

/** One line a product: code, ingredient, strength with UCUM unit, groups; `!` before the code marks high-alert. */
const lines = `
AMX500 amoxicillin 500 mg penicillin beta-lactam antibiotic
AMX875 amoxicillin 875 mg penicillin beta-lactam antibiotic
AMXSUS amoxicillin 125 mg penicillin beta-lactam antibiotic
AMP500 ampicillin 500 mg penicillin beta-lactam antibiotic
PEN160 benzylpenicillin 480 mg penicillin beta-lactam antibiotic
PIP450 piperacillin-tazobactam 4.5 g penicillin beta-lactam antibiotic
LEX250 cefalexin 250 mg cephalosporin beta-lactam antibiotic
DRX500 cefadroxil 500 mg cephalosporin beta-lactam antibiotic
CEC250 cefaclor 250 mg cephalosporin beta-lactam antibiotic
CPR250 cefprozil 250 mg cephalosporin beta-lactam antibiotic
CZO1 cefazolin 1 g cephalosporin beta-lactam antibiotic
CXM250 cefuroxime 250 mg cephalosporin beta-lactam antibiotic
CRO1 ceftriaxone 1 g cephalosporin beta-lactam antibiotic
CTX1 cefotaxime 1 g cephalosporin beta-lactam antibiotic
CAZ1 ceftazidime 1 g cephalosporin beta-lactam antibiotic
FEP1 cefepime 1 g cephalosporin beta-lactam antibiotic
CFP1 cefoperazone 1 g cephalosporin beta-lactam antibiotic
AZT1 aztreonam 1 g monobactam beta-lactam antibiotic
MEM1 meropenem 1 g carbapenem beta-lactam antibiotic
IMI500 imipenem-cilastatin 500 mg carbapenem beta-lactam antibiotic
VAN500 vancomycin 500 mg glycopeptide antibiotic
GEN80 gentamicin 80 mg aminoglycoside antibiotic
LVX500 levofloxacin 500 mg fluoroquinolone antibiotic qt-prolonging
LVX250 levofloxacin 250 mg fluoroquinolone antibiotic qt-prolonging
MXF400 moxifloxacin 400 mg fluoroquinolone antibiotic qt-prolonging
CIP250 ciprofloxacin 250 mg fluoroquinolone antibiotic qt-prolonging
AZM250 azithromycin 250 mg macrolide antibiotic qt-prolonging
CLR250 clarithromycin 250 mg macrolide antibiotic qt-prolonging
DOX100 doxycycline 100 mg tetracycline antibiotic
SMZ480 sulfamethoxazole-trimethoprim 480 mg sulfonamide-antibiotic antibiotic
MTZ200 metronidazole 200 mg nitroimidazole antibiotic
LZD600 linezolid 600 mg oxazolidinone antibiotic
RIF150 rifampicin 150 mg rifamycin antibiotic
FLU150 fluconazole 150 mg azole-antifungal
ITR100 itraconazole 100 mg azole-antifungal
ACV250 acyclovir 250 mg antiviral
RIB100 ribavirin 100 mg antiviral
OSE75 oseltamivir 75 mg antiviral
PAR500 paracetamol 500 mg analgesic antipyretic
IBU200 ibuprofen 200 mg nsaid
IBU300 ibuprofen 300 mg nsaid
DIC50 diclofenac 50 mg nsaid
LOX60 loxoprofen 60 mg nsaid
KET30 ketorolac 30 mg nsaid
CEL200 celecoxib 200 mg nsaid sulfonamide-non-antibiotic
ASP100 aspirin 100 mg nsaid antiplatelet
ASP500 aspirin 500 mg nsaid antiplatelet
CLO75 clopidogrel 75 mg antiplatelet
TIC90 ticagrelor 90 mg antiplatelet
!WAR3 warfarin 3 mg anticoagulant vitamin-k-antagonist
!ENO40 enoxaparin 40 mg anticoagulant low-molecular-weight-heparin
!RIV15 rivaroxaban 15 mg anticoagulant direct-oral-anticoagulant
!DAB110 dabigatran 110 mg anticoagulant direct-oral-anticoagulant
MET25 metoprolol 25 mg beta-blocker antihypertensive
!METIV metoprolol 5 mg beta-blocker antihypertensive
!ESM100 esmolol 100 mg beta-blocker
BIS5 bisoprolol 5 mg beta-blocker antihypertensive
AML5 amlodipine 5 mg calcium-channel-blocker antihypertensive
NIF30 nifedipine 30 mg calcium-channel-blocker antihypertensive
VER40 verapamil 40 mg calcium-channel-blocker antiarrhythmic
!VERIV verapamil 5 mg calcium-channel-blocker antiarrhythmic
!DILIV diltiazem 10 mg calcium-channel-blocker antiarrhythmic
PER4 perindopril 4 mg ace-inhibitor antihypertensive
ENA10 enalapril 10 mg ace-inhibitor antihypertensive
VAL80 valsartan 80 mg angiotensin-receptor-blocker antihypertensive
LOS50 losartan 50 mg angiotensin-receptor-blocker antihypertensive
SAC100 sacubitril-valsartan 100 mg neprilysin-inhibitor angiotensin-receptor-blocker
SPI20 spironolactone 20 mg potassium-sparing-diuretic
FUR20 furosemide 20 mg loop-diuretic sulfonamide-non-antibiotic
HCT25 hydrochlorothiazide 25 mg thiazide sulfonamide-non-antibiotic
!AMI200 amiodarone 200 mg antiarrhythmic qt-prolonging
!DIG025 digoxin 0.25 mg cardiac-glycoside
ISM20 isosorbide-mononitrate 20 mg nitrate
!NTG5 nitroglycerin 5 mg nitrate
SIL50 sildenafil 50 mg pde5-inhibitor
TAD10 tadalafil 10 mg pde5-inhibitor
ATO20 atorvastatin 20 mg statin
SIM20 simvastatin 20 mg statin
ROS10 rosuvastatin 10 mg statin
MTF500 metformin 500 mg biguanide antidiabetic
GLI5 glipizide 5 mg sulfonylurea antidiabetic
ACA50 acarbose 50 mg alpha-glucosidase-inhibitor antidiabetic
!INS300 insulin 400 [iU] insulin antidiabetic
LEV50 levothyroxine 50 ug thyroid-hormone
!KCL10 potassium-chloride 20 mmol potassium-supplement electrolyte
KCLSR potassium-chloride 500 mg potassium-supplement electrolyte
CAG10 calcium-gluconate 1 g calcium electrolyte
PAN40 pantoprazole 40 mg proton-pump-inhibitor
OME20 omeprazole 20 mg proton-pump-inhibitor
ESO40 esomeprazole 40 mg proton-pump-inhibitor
AMB30 ambroxol 30 mg mucolytic
MON10 montelukast 10 mg leukotriene-antagonist
THE100 theophylline 100 mg xanthine
PRE5 prednisone 5 mg glucocorticoid
MPR40 methylprednisolone 40 mg glucocorticoid
!MTX25 methotrexate 2.5 mg antimetabolite immunosuppressant
AZA50 azathioprine 50 mg thiopurine immunosuppressant
MER50 mercaptopurine 50 mg thiopurine chemotherapy
ALL100 allopurinol 100 mg xanthine-oxidase-inhibitor
COL05 colchicine 0.5 mg antigout
!MOR10 morphine 10 mg opioid
!PET50 pethidine 50 mg opioid
!OXY10 oxycodone 10 mg opioid
TRA50 tramadol 50 mg opioid serotonergic
!FEN42 fentanyl 4.2 mg opioid
DIA25 diazepam 2.5 mg benzodiazepine
LOR05 lorazepam 0.5 mg benzodiazepine
!MID5 midazolam 5 mg benzodiazepine
EST1 estazolam 1 mg benzodiazepine
SER50 sertraline 50 mg ssri
ESC10 escitalopram 10 mg ssri qt-prolonging
VEN75 venlafaxine 75 mg snri
SEL5 selegiline 5 mg mao-inhibitor
MOC150 moclobemide 150 mg mao-inhibitor
HAL5 haloperidol 5 mg antipsychotic qt-prolonging
QUE25 quetiapine 25 mg antipsychotic
LIT250 lithium 250 mg mood-stabiliser
VPA500 valproate 500 mg antiepileptic
CBZ200 carbamazepine 200 mg antiepileptic aromatic-anticonvulsant
PHT100 phenytoin 100 mg antiepileptic aromatic-anticonvulsant
LTG50 lamotrigine 50 mg antiepileptic
LVT500 levetiracetam 500 mg antiepileptic
ISO10 isotretinoin 10 mg retinoid
ALC10 ethanol-containing-solution 10 mL contains-alcohol
ODN8 ondansetron 8 mg antiemetic qt-prolonging
MCP10 metoclopramide 10 mg antiemetic
LAC15 lactulose 10 g laxative
FOL5 folic-acid 5 mg vitamin
VITB mecobalamin 0.5 mg vitamin
FEF200 ferrous-succinate 100 mg iron
CAC600 calcium-carbonate 600 mg calcium
ALB20 human-albumin 10 g blood-product
MAG25 magnesium-sulfate 2.5 g electrolyte
`;

const parse = (line: string): readonly [string, GoldProduct] => {
  const [code = '', ingredient = '', strength = '', strengthUnit = '', ...groups] = line.trim().split(/\s+/);
  return [code.replace('!', ''), { ingredient, groups, strength: Number(strength), strengthUnit, highAlert: code.startsWith('!') ? 'yes' : 'no' }];
};

/** The formulary by product code. Groups are the catalogue's own, set by pharmacology. */
export const goldFormulary: ReadonlyMap<string, GoldProduct> = new Map(lines.trim().split('\n').map(parse));
