import type { Ctx, Role } from '#platform/ctx.ts'
import { NotAllowed } from '#platform/errors.ts'

/** What one may do, in words, and the roles that may. Written once, in a domain's access.ts. */
export type Permission = { readonly name: string; readonly roles: readonly Role[] }
export const permission = (name: string, roles: readonly Role[]): Permission => ({ name, roles })

export const may = (ctx: Ctx, wanted: Permission): boolean =>
  ctx.actor.kind === 'staff' && ctx.actor.roles.some(role => wanted.roles.includes(role))

export function mustBeAbleTo(ctx: Ctx, wanted: Permission): void {
  if (!may(ctx, wanted)) throw new NotAllowed(wanted.name)
}
