'use strict';
// Speaks with Pawl for a module in JavaScript: require('pawl').run(async (task) => { ... }).
// One file without packages; it is found by NODE_PATH.
const fs = require('fs');

const waiting = new Map();
let numbers = 0;
let rest = Buffer.alloc(0);
let start = null;
let begun = null;
let cancelled = false;
let ended = false;
let stopped = () => {};

class Parked extends Error {}
class Stopped extends Error {}

function send(message) {
  let data = Buffer.from(JSON.stringify(message) + '\n');
  while (data.length > 0) {
    try {
      data = data.subarray(fs.writeSync(1, data));
    } catch (error) {
      if (error.code === 'EPIPE') process.kill(-process.pid, 'SIGKILL');
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); // the pipe is full
    }
  }
}

function ask(message) {
  const id = String(++numbers);
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    send({ ...message, id });
  });
}

function take(message) {
  if (message.type === 'start') {
    start = message;
    begun();
  } else if (message.type === 'ack' || message.type === 'data') {
    const resolve = waiting.get(message.id);
    waiting.delete(message.id);
    if (resolve) resolve(message);
  } else if (message.type === 'stop') {
    cancelled = true;
    stopped();
  }
}

process.stdin.on('data', (part) => {
  rest = Buffer.concat([rest, part]);
  for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
    const line = rest.subarray(0, end).toString('utf8');
    rest = rest.subarray(end + 1);
    take(JSON.parse(line));
  }
});
process.stdin.on('end', () => {
  if (!ended) process.kill(-process.pid, 'SIGKILL'); // the server is gone
});

// What is printed goes to the log.
for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace']) {
  console[name] = (...parts) => fs.writeSync(2, require('util').format(...parts) + '\n');
}

function taskOf(message) {
  const saved = { ...message.checkpoint };
  return {
    jobId: message.job,
    inputs: message.inputs,
    settings: message.settings,
    workDir: message.work_dir,
    freshWorkDir: message.fresh_work_dir,
    moduleDir: message.module_dir,
    deadlineS: message.deadline_s,
    get isCancelled() { return cancelled; },
    stopped: new Promise((resolve) => { stopped = resolve; }),
    checked() { if (cancelled) throw new Stopped('The task was asked to end.'); },
    emit(data) { this.checked(); send({ type: 'result', data }); },
    log(text, level = 'INFO') { send({ type: 'log', level, message: String(text) }); },
    progress(percent, info = {}) { send({ type: 'progress', percent, info }); },
    saved(name, otherwise) { return name in saved ? saved[name] : otherwise; },
    async checkpoint(values) {
      Object.assign(saved, values);
      const answer = await ask({ type: 'checkpoint', values });
      if (answer.park) throw new Parked('Another run goes on from here.');
    },
    async get(name) { return (await ask({ type: 'data', op: 'get', name })).value; },
    async put(name, value) {
      const answer = await ask({ type: 'data', op: 'put', name, value });
      if (answer.error) throw new Error(answer.error);
    },
  };
}

exports.run = async function run(work) {
  await new Promise((resolve) => {
    begun = resolve;
    if (start) resolve();
  });
  send({ type: 'ready', protocol: 1, shim: 'javascript 1' });
  try {
    await work(taskOf(start));
    send({ type: 'done' });
  } catch (error) {
    if (!(error instanceof Parked)) {
      send({ type: 'failed', phase: 'run', message: `${error.name}: ${error.message}`, stack: String(error.stack) });
    }
  }
  ended = true;
  process.exit(0);
};
