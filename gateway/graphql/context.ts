import type { ClinicalOrder, Decider } from '#activities';
import type { Database } from '#database';
import type { Json, Variables } from '#engine';
import type { Level } from '#rules';
import type { Logger } from 'pino';
import type { CommandService } from '../commands/index.ts';
import type { PeopleService } from '../people/index.ts';
import type { RuleSetFiles } from '../rule-set-files/index.ts';
import type { RuleSetLife } from '../rule-sets/index.ts';
import type { RecoveryCases } from '../identity/recovery/index.ts';
import type { SessionLife } from '../identity/sessions/index.ts';
import type { SignInGuard } from '../identity/sign-in-guard.ts';
import type { IdentityLinks } from '../identity/oidc/index.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { PatientAccess } from '../patient-access/index.ts';
import type { ModelChecker } from '../model-check/index.ts';
import type { Access } from '../identity/access.ts';
import type { ClientAdministration } from '../identity/clients/index.ts';
import type { Visibility } from '../identity/visibility.ts';
import type { DoorFact } from './door-fact.ts';
import type { ProcessBundles } from './process-bundles.ts';
import type { Language } from './language.ts';
import type { Loaders } from './loaders.ts';
import type { AccessRecord } from './access-record.ts';
import type { Outbox } from '../subscriptions/outbox.ts';

/** Values of an audit entry that are kept encrypted. */
export interface OpenedPayload {
  readonly before?: Variables;
  readonly after?: Variables;
  readonly detail?: Json;
}

/** An order as a doctor's desk asks about it, before it is signed: what the HIS allots is not there yet. */
export interface OrderQuestion extends Omit<ClinicalOrder, 'orderId' | 'encounterId' | 'ward' | 'ingredient' | 'groups' | 'stopAt' | 'firstDayDoses' | 'infusion'> {
  /** The current stay when absent. */
  readonly encounterId?: string;
  readonly infusion?: Json;
}

export interface Finding {
  readonly ruleSet: string;
  readonly ruleId: string;
  readonly version: string;
  readonly level: Level;
  readonly message: { readonly 'zh-CN': string; readonly en: string };
  readonly source?: string;
  readonly sourceGrade?: string;
  readonly facts: Json;
}

/** `unknown`: something that the question names does not exist. */
export type OrderAnswer =
  | { readonly kind: 'checked'; readonly level: string; readonly findings: readonly Finding[] }
  | { readonly kind: 'unknown'; readonly code: 'PATIENT_NOT_FOUND' | 'MEDICATION_NOT_FOUND' | 'ENCOUNTER_NOT_FOUND' | 'ORDER_INVALID'; readonly place: string };

/** What the gateway's doors need of the rest of the product. */
export interface GatewayServices {
  readonly database: Database;
  readonly commands: CommandService;
  readonly ruleSetLife: RuleSetLife;
  readonly patientAccess: PatientAccess;
  readonly peopleService: PeopleService;
  readonly decider: Decider;
  readonly checkOrder: (question: OrderQuestion) => Promise<OrderAnswer>;
  readonly modelChecker: ModelChecker;
  readonly ruleSetFiles: RuleSetFiles;
  readonly sessions: SessionLife;
  readonly signInGuard: SignInGuard;
  readonly recovery: RecoveryCases;
  readonly identityLinks: IdentityLinks;
  readonly recordFact: (fact: DoorFact) => Promise<void>;
  readonly clientAdministration: ClientAdministration;
  /** With which a person's drafts are encrypted on their device. */
  readonly draftKeyOf: (personId: string) => string;
  /** Opens the encrypted part of an audit entry; undefined when there is none or its key was destroyed. */
  readonly openPayload: (entry: { readonly factId: string; readonly payload: unknown }) => Promise<OpenedPayload | undefined>;
  readonly logger: Logger;
}

/** What every resolver has at hand. */
export interface RequestContext extends GatewayServices {
  readonly viewer: Viewer;
  /** Which rows the viewer sees. */
  readonly visibility: Visibility;
  /** Which rows the viewer sees by a role that also sees this field of them. */
  readonly visibilityBy: (field: string) => Visibility;
  /** What the viewer sees of a row at hand. */
  readonly access: Access;
  readonly language: Language;
  readonly bundles: ProcessBundles;
  readonly loaders: Loaders;
  readonly reads: AccessRecord;
  readonly outbox: Outbox;
  /**
   * For a subscription, before each event: forgets what was read for the last one, and finds out anew what the
   * viewer may see. False once the viewer is no longer signed in with the same rights.
   */
  readonly renew: (context: RequestContext) => Promise<boolean>;
}
