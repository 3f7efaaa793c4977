import * as z from 'zod'
import type { Registry } from '../action/action.ts'
import type { Words } from '../i18n/words.ts'

/** The API description, OpenAPI 3.1, from the descriptors alone. */
export function openapiOf(registry: Registry, words: Words, version: string): unknown {
  const paths: Record<string, unknown> = {}
  for (const descriptor of registry.descriptors) {
    const wording = words.verbs.get(descriptor.name)
    const codes = [
      ...descriptor.refusals,
      'request/invalid',
      ...(descriptor.open ? [] : ['session/required']),
      'record/not-found',
    ]
    const operation: Record<string, unknown> = {
      operationId: descriptor.name,
      tags: [descriptor.name.split('.')[0]],
      summary: wording ? `${wording.zh} · ${wording.en}` : descriptor.name,
      security: descriptor.open ? [] : [{ session: [] }, { bearer: [] }],
      responses: {
        '200':
          descriptor.kind === 'file'
            ? { description: 'a file', content: { 'application/octet-stream': {} } }
            : {
                description: 'done',
                content: { 'application/json': { schema: schemaOf(descriptor.output, 'output') } },
              },
        default: {
          description: `refused: ${codes.join(', ')}`,
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    }
    if (descriptor.kind === 'verb') {
      operation['parameters'] = [
        { $ref: '#/components/parameters/IdempotencyKey' },
        { $ref: '#/components/parameters/OnBehalfOf' },
      ]
      operation['requestBody'] = {
        required: true,
        content: { 'application/json': { schema: schemaOf(descriptor.input, 'input') } },
      }
    } else operation['parameters'] = parametersOf(descriptor.input)
    paths[`/api/v1/${descriptor.name}`] = { [descriptor.kind === 'verb' ? 'post' : 'get']: operation }
    if (descriptor.address !== null) paths[descriptor.address] = { get: addressed(operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Luze 履责', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components,
  }
}

/** The same operation by a secret address: the secret is all that it takes. */
function addressed(operation: Record<string, unknown>): unknown {
  const secret = { name: 'secret', in: 'path', required: true, schema: { type: 'string' } }
  return { ...operation, operationId: `${operation['operationId']}.address`, security: [], parameters: [secret] }
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
  return rest
}

function parametersOf(input: z.ZodType): unknown[] {
  const schema = schemaOf(input, 'input') as { properties?: Record<string, unknown>; required?: string[] }
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    required: schema.required?.includes(name) ?? false,
    schema: property,
  }))
}

const components = {
  securitySchemes: {
    session: { type: 'apiKey', in: 'cookie', name: 'luze' },
    bearer: { type: 'http', scheme: 'bearer' },
  },
  parameters: {
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      schema: { type: 'string', format: 'uuid' },
    },
    OnBehalfOf: {
      name: 'Luze-On-Behalf-Of',
      in: 'header',
      required: false,
      schema: { type: 'string', format: 'uuid' },
    },
  },
  schemas: {
    Problem: {
      type: 'object',
      required: ['type', 'status', 'code', 'title', 'details'],
      properties: {
        type: { type: 'string' },
        status: { type: 'integer' },
        code: { type: 'string' },
        title: { type: 'string' },
        details: { type: 'object' },
      },
    },
  },
}
