import { groupsOf } from '../substances/index.ts';

/** A product of the gold set's formulary, as a hospital's catalogue has it. */
export interface GoldProduct {
  readonly ingredient: string;
  readonly groups: readonly string[];
  readonly strength: number;
  readonly strengthUnit: string;
  readonly highAlert: 'yes' | 'no' | 'not-maintained';
}

/** One line a product: code, ingredient, strength with UCUM unit; `!` before the code marks high-alert. */
const lines = `
AMX500 amoxicillin 500 mg
AMX875 amoxicillin 875 mg
AMXSUS amoxicillin 125 mg
AMP500 ampicillin 500 mg
PEN160 benzylpenicillin 480 mg
PIP450 piperacillin-tazobactam 4.5 g
LEX250 cefalexin 250 mg
DRX500 cefadroxil 500 mg
CEC250 cefaclor 250 mg
CPR250 cefprozil 250 mg
CZO1 cefazolin 1 g
CXM250 cefuroxime 250 mg
CRO1 ceftriaxone 1 g
CTX1 cefotaxime 1 g
CAZ1 ceftazidime 1 g
FEP1 cefepime 1 g
CFP1 cefoperazone 1 g
AZT1 aztreonam 1 g
MEM1 meropenem 1 g
IMI500 imipenem-cilastatin 500 mg
VAN500 vancomycin 500 mg
GEN80 gentamicin 80 mg
LVX500 levofloxacin 500 mg
LVX250 levofloxacin 250 mg
MXF400 moxifloxacin 400 mg
CIP250 ciprofloxacin 250 mg
AZM250 azithromycin 250 mg
CLR250 clarithromycin 250 mg
DOX100 doxycycline 100 mg
SMZ480 sulfamethoxazole-trimethoprim 480 mg
MTZ200 metronidazole 200 mg
LZD600 linezolid 600 mg
RIF150 rifampicin 150 mg
FLU150 fluconazole 150 mg
ITR100 itraconazole 100 mg
ACV250 acyclovir 250 mg
RIB100 ribavirin 100 mg
OSE75 oseltamivir 75 mg
PAR500 paracetamol 500 mg
IBU200 ibuprofen 200 mg
IBU300 ibuprofen 300 mg
DIC50 diclofenac 50 mg
LOX60 loxoprofen 60 mg
KET30 ketorolac 30 mg
CEL200 celecoxib 200 mg
ASP100 aspirin 100 mg
ASP500 aspirin 500 mg
CLO75 clopidogrel 75 mg
TIC90 ticagrelor 90 mg
!WAR3 warfarin 3 mg
!ENO40 enoxaparin 40 mg
!RIV15 rivaroxaban 15 mg
!DAB110 dabigatran 110 mg
MET25 metoprolol 25 mg
!METIV metoprolol 5 mg
!ESM100 esmolol 100 mg
BIS5 bisoprolol 5 mg
AML5 amlodipine 5 mg
NIF30 nifedipine 30 mg
VER40 verapamil 40 mg
!VERIV verapamil 5 mg
!DILIV diltiazem 10 mg
PER4 perindopril 4 mg
ENA10 enalapril 10 mg
VAL80 valsartan 80 mg
LOS50 losartan 50 mg
SAC100 sacubitril-valsartan 100 mg
SPI20 spironolactone 20 mg
FUR20 furosemide 20 mg
HCT25 hydrochlorothiazide 25 mg
!AMI200 amiodarone 200 mg
!DIG025 digoxin 0.25 mg
ISM20 isosorbide-mononitrate 20 mg
!NTG5 nitroglycerin 5 mg
SIL50 sildenafil 50 mg
TAD10 tadalafil 10 mg
ATO20 atorvastatin 20 mg
SIM20 simvastatin 20 mg
ROS10 rosuvastatin 10 mg
MTF500 metformin 500 mg
GLI5 glipizide 5 mg
ACA50 acarbose 50 mg
!INS300 insulin 400 [iU]
LEV50 levothyroxine 50 ug
!KCL10 potassium-chloride 20 mmol
KCLSR potassium-chloride 500 mg
CAG10 calcium-gluconate 1 g
PAN40 pantoprazole 40 mg
OME20 omeprazole 20 mg
ESO40 esomeprazole 40 mg
AMB30 ambroxol 30 mg
MON10 montelukast 10 mg
THE100 theophylline 100 mg
PRE5 prednisone 5 mg
MPR40 methylprednisolone 40 mg
!MTX25 methotrexate 2.5 mg
AZA50 azathioprine 50 mg
MER50 mercaptopurine 50 mg
ALL100 allopurinol 100 mg
COL05 colchicine 0.5 mg
!MOR10 morphine 10 mg
!PET50 pethidine 50 mg
!OXY10 oxycodone 10 mg
TRA50 tramadol 50 mg
!FEN42 fentanyl 4.2 mg
DIA25 diazepam 2.5 mg
LOR05 lorazepam 0.5 mg
!MID5 midazolam 5 mg
EST1 estazolam 1 mg
SER50 sertraline 50 mg
ESC10 escitalopram 10 mg
VEN75 venlafaxine 75 mg
SEL5 selegiline 5 mg
MOC150 moclobemide 150 mg
HAL5 haloperidol 5 mg
QUE25 quetiapine 25 mg
LIT250 lithium 250 mg
VPA500 valproate 500 mg
CBZ200 carbamazepine 200 mg
PHT100 phenytoin 100 mg
LTG50 lamotrigine 50 mg
LVT500 levetiracetam 500 mg
ISO10 isotretinoin 10 mg
ALC10 ethanol-containing-solution 10 mL
ODN8 ondansetron 8 mg
MCP10 metoclopramide 10 mg
LAC15 lactulose 10 g
FOL5 folic-acid 5 mg
VITB mecobalamin 0.5 mg
FEF200 ferrous-succinate 100 mg
CAC600 calcium-carbonate 600 mg
ALB20 human-albumin 10 g
MAG25 magnesium-sulfate 2.5 g
`;

const parse = (line: string): readonly [string, GoldProduct] => {
  const [code = '', ingredient = '', strength = '', strengthUnit = ''] = line.trim().split(/\s+/);
  return [code.replace('!', ''), { ingredient, groups: groupsOf(ingredient), strength: Number(strength), strengthUnit, highAlert: code.startsWith('!') ? 'yes' : 'no' }];
};

/** The formulary by product code. Groups are those of the list of substances, which is no rule's. */
export const goldFormulary: ReadonlyMap<string, GoldProduct> = new Map(lines.trim().split('\n').map(parse));
