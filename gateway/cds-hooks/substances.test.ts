import { allergensInText, substanceByAtc, substancesInText } from './substances.ts';

const ingredients = (text: string) => substancesInText(text).map(({ ingredient }) => ingredient).sort();

describe('substances in a product’s description', () => {
  it.each([
    ['Ketorolac Tromethamine 10 MG Oral Tablet', ['ketorolac']],
    ['Warfarin Sodium 0.5 MG Oral Tablet', ['warfarin']],
    ['Cyclosporine 100 MG Oral Capsule', ['ciclosporin']],
    ['Sulfamethoxazole 800 MG / Trimethoprim 160 MG', ['sulfamethoxazole-trimethoprim']],
    ['艾司西酞普兰片 10 mg', ['escitalopram']],
    ['孟鲁司特钠颗粒 4 mg', ['montelukast-granules']],
    ['注射用头孢曲松钠 1 g', ['ceftriaxone']],
    ['AMOXICILLIN 500 MG / CLARITHROMYCIN 500 MG', ['amoxicillin', 'clarithromycin']],
    ['Potassium-Chloride 20 MEQ', ['potassium-chloride']],
    ['Sulfamethoxazole-Trimethoprim 800-160 mg', ['sulfamethoxazole-trimethoprim']],
    ['Isosorbide Dinitrate 5 MG', ['isosorbide-dinitrate']],
    ['metoprololol 5 mg', []],
    ['something new 5 mg', []],
  ])('%s', (text, expected) => {
    expect(ingredients(text)).toEqual(expected);
  });

  it('are found by ATC codes too', () => {
    expect(substanceByAtc(' b01aa03 ')?.groups).toContain('anticoagulant');
    expect(substanceByAtc('B01A')).toBeUndefined();
  });
});

describe('allergens', () => {
  it.each([
    ['Penicillin', ['penicillin']],
    ['青霉素过敏', ['benzylpenicillin', 'penicillin']],
    ['Cefaclor', ['cefaclor', 'cephalosporin']],
    ['Cefixime', ['cephalosporin']],
    ['NSAIDs', ['nsaid']],
    ['aspirin', ['aspirin']],
    ['latex', []],
  ])('of %s', (text, expected) => {
    expect(allergensInText(text).map(({ substance }) => substance).sort()).toEqual(expected);
  });

  it('of a substance bring its groups along', () => {
    expect(allergensInText('amoxicillin')[0]?.groups).toContain('penicillin');
  });
});
