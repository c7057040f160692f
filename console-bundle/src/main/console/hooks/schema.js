/** What a hook is made of, as a schema for the form; which fields there are depends on the scheme, and the inputs on the module. */

import { at } from '../form/document.js';

/** @typedef {import('../form/document.js').Node} Node */

const SCHEMES = ['github', 'gitlab', 'standard', 'pawl', 'hmac', 'token', 'none', 'callbacks'];
const PLACE = 'A JSON pointer into the body such as /repository/name, header:NAME, or query:NAME.';

/** What callers send, by scheme. @type {Record<string, string>} */
const PROOFS = {
  github: 'X-Hub-Signature-256, the signature of the body: GitHub, Gitea, Forgejo.',
  gitlab: 'X-Gitlab-Token, the secret itself, or a signing token: GitLab.',
  standard: 'webhook-id, webhook-timestamp and webhook-signature: Standard Webhooks.',
  pawl: 'X-Pawl-Timestamp and X-Pawl-Signature: callbacks of another Pawl.',
  hmac: 'The signature of the body, in the header below.',
  token: 'The secret itself, in the header below, or as Authorization: Bearer.',
  none: 'Nothing: everybody who reaches the server starts jobs.',
  callbacks: 'No calls are taken; callbacks of the source below start the jobs.',
};

const FILTER = {
  type: 'object',
  required: ['value'],
  properties: {
    value: { type: 'string', title: 'Place', description: PLACE },
    equals: { title: 'It is', format: 'any', description: 'A number, true or false is taken as one; in double quotes it is a text.' },
    any_of: { type: 'array', items: { type: 'string' }, title: 'It is one of' },
    starts_with: { type: 'string', title: 'It begins with' },
    not: { type: 'boolean', title: 'The opposite must hold', default: false },
  },
};

/** @param {Node} hook the hook in the form @param {any[]} modules what is installed @param {any} inputs the schema of the inputs of its module; undefined while it is read, null when it is not known */
export function hookSchema(hook, modules, inputs) {
  const scheme = String(at(hook, ['scheme']) ?? '');
  const id = at(hook, ['job', 'module_id']);
  const isSeveral = at(hook, ['job', 'tasks']) !== undefined;
  const ids = modules.map(each => each.id);
  const chosen = typeof id === 'string' && id !== '' && !ids.includes(id) ? [id] : [];
  return {
    type: 'object',
    required: ['scheme', 'job'],
    properties: {
      scheme: { type: 'string', title: 'Scheme', enum: SCHEMES, description: PROOFS[scheme] ?? 'The way in which callers prove that they know the secret.' },
      ...(['none', 'callbacks'].includes(scheme) ? {} : {
        secret: { type: 'string', title: 'Secret', writeOnly: true, description: 'Or a reference such as ${secret:name}. One that stays masked keeps its value.' },
        former_secret: { type: 'string', title: 'Former secret', writeOnly: true, description: 'It is accepted too, while senders change.' },
      }),
      ...(['hmac', 'token'].includes(scheme) ? { header: { type: 'string', title: 'Header', description: 'Such as X-Signature.' } } : {}),
      job: isSeveral ? { title: 'Job', description: 'It has several tasks, and is changed as JSON.' } : {
        type: 'object',
        title: 'Job',
        required: ['module_id'],
        properties: {
          module_id: { type: 'string', title: 'Module', enum: [...ids, ...chosen] },
          job_title: { type: 'string', title: 'Title' },
          priority: { type: 'integer', title: 'Priority' },
          ...(inputs === undefined ? {} : { inputs: inputs ? { ...inputs, required: [], title: 'Inputs that no call brings', description: '' } : { type: 'object', title: 'Inputs that no call brings', additionalProperties: {} } }),
        },
      },
      ...(isSeveral ? { mappings: { title: 'Inputs that a call brings', description: 'An object for each task: the name of an input, and its place in the call.' } } : {
        mapping: { type: 'object', title: 'Inputs that a call brings', additionalProperties: { type: 'string' }, description: 'The name of an input, and its place. ' + PLACE },
      }),
      missing: { type: 'string', title: 'When a place is empty', enum: ['refuse', 'omit'], default: 'refuse', description: 'Refuse the call, or omit the input.' },
      filters: { type: 'array', items: FILTER, title: 'Conditions', description: 'All must hold for a call to start a job.' },
      delivery_id: { type: 'string', title: 'Place of the id of a delivery', description: 'Only when it is not where the scheme has it. A delivery that is repeated starts no second job.' },
      unique_for: { type: 'string', title: 'An id is remembered for', default: '7d', description: '1m to 90d.' },
      callback_source: { type: 'string', title: 'Source of callbacks', description: 'Callbacks of this source, received by POST /callbacks, start its jobs too.' },
      role: { type: 'string', title: 'Its jobs start as', enum: ['operator', 'admin'], default: 'operator' },
      paused: { type: 'boolean', title: 'Paused', default: false },
    },
  };
}
