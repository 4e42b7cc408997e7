import { aggregateRecords, type UnitOfWork } from '../../../../records/index.ts'
import type { RecordRight, RoleModel } from '../../../../definitions/model/model.ts'
import type { ListedRole } from '../../../contract/types.ts'
import { activePeople } from '../people/list-people.ts'
import { given } from '../../../meta/given.ts'

/** The declared roles: what they let their holders do, how many hold them, and where they are declared. */
export function listRoles(unit: UnitOfWork): Promise<readonly ListedRole[]> {
  return Promise.all([...unit.model.roles.values()].map((role) => present(unit, role)))
}

async function present(unit: UnitOfWork, role: RoleModel): Promise<ListedRole> {
  const { name, label, description, features, objects } = role
  return given({
    name,
    label,
    description,
    features: [...features],
    objects: [...objects].map(([object, rights]) => ({
      object,
      label: unit.model.objects.get(object)?.plural,
      create: rights.create,
      read: shown(rights.read),
      update: shown(rights.update),
      delete: shown(rights.delete),
    })),
    holders: await holders(unit, name),
    files: [...(unit.model.sources[`role/${name}`] ?? [])],
    pointer: `roles/${name}`,
  }) as ListedRole
}

/** Active people who hold it, as far as the reader may see them. */
async function holders(unit: UnitOfWork, role: string): Promise<number> {
  const [group] = await aggregateRecords(unit, {
    object: 'user',
    filter: `${JSON.stringify(role)} in record.roles && ${activePeople}`,
    measures: { people: { function: 'count' } },
  })
  return Number(group?.values.people ?? 0)
}

function shown({ level, where }: RecordRight): ListedRole['objects'][number]['read'] {
  return given({ level, where: where?.text }) as ListedRole['objects'][number]['read']
}
