/** The scopes of `domain/scope.ts`, by the name the routes know them by. */
export { allows, SCOPES, type Scope } from '../domain/scope.ts';
