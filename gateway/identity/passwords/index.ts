/** Passwords of people: what they must be, and the links by which they are set. */
export { openBreachedPasswords, type BreachedPasswords } from './breached-passwords.ts';
export { consumePasswordLink, createPasswordLink, firstPasswordLifeMs, readPasswordLink, removePasswordLinks, type PasswordLink, type PasswordLinkPurpose } from './password-link.ts';
export { createPasswordPolicy, longestPassword, passwordProblems, shortestPassword, type PasswordPolicy, type PasswordProblem } from './password-policy.ts';
